/** What a text states about one question, before its words are understood. */
import type { FieldId, Place } from '../model.ts';
import type { LabelMatch } from './match.ts';

/** A stretch of the text under the same headings and section rows; what stands in it are neighbours. */
export interface Section {
  /** Section row, column, headings and summaries above, nearest first. */
  readonly titles: readonly string[];
}

export interface Statement {
  readonly field: FieldId;
  /** Every question that the words may mean, when there are several; `homes.ts` leaves one. */
  readonly fields?: readonly FieldId[] | undefined;
  /** The words are only similar to those questions: without a neighbour's help they mean none. */
  readonly loose?: boolean | undefined;
  readonly section?: Section;
  /** The question's words as they stand in the text. */
  readonly label: string;
  /** The answer's words, '' when nothing stands there. */
  readonly text: string;
  readonly kind: Extract<Place['kind'], 'table' | 'bullet' | 'heading' | 'checkbox' | 'line'>;
  /** 1-based line in the description. */
  readonly line: number;
  /** What hidden comments beside the answer said. */
  readonly hints: readonly string[];
  /** Tables: the example cell of the same row, and which table it is. */
  readonly example?: string | undefined;
  readonly table?: number;
  /** Tables with an answer column for each source system: those systems. */
  readonly systems?: readonly string[];
  /** Every box of a group is struck out: `[~]`. */
  readonly notApplicable?: boolean;
  /** The words ask the other way round: yes is a no. */
  readonly opposite?: boolean | undefined;
}

/** A line that looks like an answer whose question nobody knows. */
export interface Unplaced {
  readonly line: number;
  readonly text: string;
  /** Its label and answer, when there are: the neighbours may tell what is asked (`homes.ts`). */
  readonly stray?: Stray;
}

/** A statement on an unknown question. */
export type Stray = Omit<Statement, 'field' | 'fields' | 'loose'>;

/** A statement before its answer is known; its question may still have rivals. */
export type Asked = Pick<
  Statement,
  'field' | 'fields' | 'loose' | 'opposite' | 'label' | 'kind' | 'line'
>;

/** What words ask at a place in the text. Written out, because spreading objects would be most of the work on long texts. */
export function askedBy(
  { field, fields, exact, opposite }: LabelMatch,
  label: string,
  kind: Statement['kind'],
  line: number,
): Asked {
  const rivals = fields.length > 1 ? fields : undefined;
  const loose = rivals && !exact ? true : undefined;
  return { field, fields: rivals, loose, opposite, label, kind, line };
}
