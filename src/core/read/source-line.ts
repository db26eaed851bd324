/** What a body's line is to the reader. */

/** One readable line. */
export interface SourceLine {
  /** 1-based line in the body. */
  readonly n: number;
  readonly kind: 'text' | 'blank' | 'quote' | 'summary' | 'end' | 'table';
  readonly text: string;
  /** What hidden comments on this line said: an answer equal to a hint is none. */
  readonly hints: readonly string[];
  /** Of kind `table`: the rows of an HTML table. */
  readonly rows?: readonly { readonly n: number; readonly cells: readonly string[] }[];
}
