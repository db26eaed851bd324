/** What a text states about one question, before its words are understood. */
import type { FieldId, Place } from '../model.ts';

export interface Statement {
  readonly field: FieldId;
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
  readonly example?: string;
  readonly table?: number;
  /** Every box of a group is struck out: `[~]`. */
  readonly notApplicable?: boolean;
}

/** A line that looks like an answer whose question nobody knows. */
export interface Unplaced {
  readonly line: number;
  readonly text: string;
}
