/** A list item whose question nobody knows, with what is nested below it: shown as one line when it is short. */
import type { Policy } from '../policy.ts';
import { isTitle } from './groups.ts';
import type { Unplaced } from './statement.ts';
import { looksLikeAnswer } from './unplaced.ts';

export interface Strange {
  readonly label: string;
  readonly line: number;
  readonly indent: number;
  readonly said: Unplaced[];
  /** A known question stands below it: it is no question itself. */
  parent: boolean;
}

const mostLines = 3;
const mostWordsOfLabel = 8;
const mostWords = 12;
const longestLabel = 80;

/** Whether an item with something nested below it may be a question. */
export function mayAsk(label: string): boolean {
  return label.length <= longestLabel && /^\p{L}/u.test(label) && count(label) <= mostWordsOfLabel;
}

/** What of it could not be placed. */
export function lostBelow(strange: Strange, policy: Policy): readonly Unplaced[] {
  const { label, line, said, parent } = strange;
  if (said.length === 0) return [];
  const text = `${label.replace(/\?$/u, '')}: ${said.map((each) => each.text).join(', ')}`;
  const short = said.length <= mostLines && count(text) <= mostWordsOfLabel + mostWords;
  if (short && !parent && !isTitle(label, policy)) return [{ line, text }];
  return said.filter((each) => looksLikeAnswer(each.text, true, policy));
}

function count(text: string): number {
  return text.trim().split(/\s+/u).length;
}
