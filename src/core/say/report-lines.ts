/** The building blocks of the report: wrapped and painted lines, quotations of people's words, places. */
import { maskExposed } from '../exposed.ts';
import type { Answer, Place } from '../model.ts';
import type { Policy } from '../policy.ts';
import { plainInline } from './inert.ts';
import { asSentence } from './markdown.ts';
import { writePlace } from './place.ts';
import type { Paint } from './view.ts';
import { asPlain, sentenceAsPlain } from './words.ts';
import { wrap } from './wrap.ts';

/** How the report is to look. */
export interface Look {
  readonly paint: Paint;
  /** Lines are at most this wide, colours not counted. */
  readonly columns: number;
  /** Every question and every answer in full instead of the most pressing ones. */
  readonly all: boolean;
}

const QUOTE_LENGTH = 60;
const plain = (text: string): string => text;

/** One paragraph behind its mark, later lines indented to the same column, painted after it is wrapped. Secrets in it are named, not shown. */
export function item(
  text: string,
  mark: string,
  { columns }: Look,
  paint: (text: string) => string = plain,
): string[] {
  const indent = ' '.repeat(mark.length);
  const width = Math.max(1, columns - mark.length);
  const words = plainInline(maskExposed(text), Number.MAX_SAFE_INTEGER);
  return wrap(words, width).map((line, at) => paint(`${at === 0 ? mark : indent}${line}`));
}

export function heading(text: string, look: Look): string[] {
  return item(text, '', look, look.paint.bold);
}

/** A sentence of the judgement for a terminal. */
export function say(sentence: string): string {
  return asSentence(sentenceAsPlain(sentence));
}

/** People's words in quotes, on one line, without secrets; '' when there are none. */
export function quote(raw: string, length = QUOTE_LENGTH): string {
  const words = plainInline(maskExposed(raw), length);
  return words === '' ? '' : `“${words}”`;
}

/** "table, line 14"; '' when it stands nowhere. */
export function placeWords(where: Place | null, policy: Policy): string {
  return asPlain(writePlace(where, policy, false));
}

/** “GCP” (list, line 12). */
export function quoteWithPlace(raw: string, where: Place | null, policy: Policy): string {
  const place = placeWords(where, policy);
  const words = quote(raw) || 'nothing';
  return place === '' ? words : `${words} (${place})`;
}

/** What the answer's question is called: in the words that stand in the text, else in the policy's. */
export function nameOf({ field, where }: Answer, policy: Policy): string {
  const written = where?.line === undefined ? '' : plainInline(where.label ?? '', QUOTE_LENGTH);
  return written || shortName(policy.questionById.get(field)?.ask ?? field);
}

/** A question without what it adds in brackets, to stand in a list. */
export function shortName(question: string): string {
  return question.replace(/[.?]$/, '').replace(/ \([^()]*\)$/, '');
}

/** Something was said, whether it can be used or not. */
export function isSaid(answer: Answer | undefined): answer is Answer {
  return answer !== undefined && answer.state !== 'unanswered' && answer.raw.trim() !== '';
}

/** "1 question", "3 questions". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
