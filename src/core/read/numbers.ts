/** The figures in a text, as people write them (`domain.md` §8.4, numbers). */
import type { Policy } from '../policy.ts';
import { multiplier } from './phrases.ts';

export interface Figure {
  readonly value: number;
  /** Where it stands in the text, its multiplying word included. */
  readonly start: number;
  readonly end: number;
  /** A sign or word before or after it says "more" or "less". */
  readonly bound: 'least' | 'most' | null;
}

const digits = /\d+(?:[.,'’]\d+)*(?: \d{3}(?![\d.,]))*/gu;
/** "約500": no space stands before a figure there. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;
const isoDate = /\b\d{4}-\d{2}-\d{2}\b/gu;
/** Nobody puts more figures than this into one answer. */
const mostFigures = 60;

/** In order of appearance. */
export function readFigures(text: string, policy: Policy): Figure[] {
  const plain = text.slice(0, 4000).replace(isoDate, (date) => '#'.repeat(date.length));
  const figures: Figure[] = [];
  for (const match of plain.matchAll(digits)) {
    if (figures.length === mostFigures) break;
    const start = match.index;
    const previous = figures.at(-1);
    const ranged = previous && /^\s?[-–—]\s?$/u.test(plain.slice(previous.end, start));
    if (!ranged && isPartOfName(plain, start)) continue;
    const value = readNumber(match[0]);
    let end = start + match[0].length;
    let by = 1;
    const word = /^\s?(\p{L}+)(?![\p{L}\p{N}])/u.exec(plain.slice(end, end + 24));
    if (word?.[1]) {
      const factor = multiplier(word[1], policy);
      if (factor !== null) {
        by = factor;
        end += word[0].length;
      }
    }
    figures.push({ value: value * by, start, end, bound: boundOf(plain, start, end) });
  }
  return figures;
}

/** "v2", "eu-west-1", "Q3", "P4": the digit belongs to a name. */
function isPartOfName(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 3), start);
  return /(?:\p{L}|\p{L}[-_]|[#!&])$/u.test(before) && !unspaced.test(before);
}

/** What the lower end of "50-60k" is to be multiplied by: its unit stands at the upper end. */
export function rangeScale(text: string, [low, high]: readonly Figure[]): number {
  if (!low || !high || !/^\s*[-–—]\s*$/u.test(text.slice(low.end, high.start))) return 1;
  return low.value < 1000 && high.value >= 1000 && high.value / low.value >= 1000 ? 1000 : 1;
}

function boundOf(text: string, start: number, end: number): Figure['bound'] {
  const before = text.slice(Math.max(0, start - 4), start);
  if (/^\s?\+/u.test(text.slice(end, end + 2)) && !/^\s?\+\s*\d/u.test(text.slice(end, end + 6))) {
    return 'least';
  }
  if (/[>≥]=?\s*$/u.test(before)) return 'least';
  return /[<≤]=?\s*$/u.test(before) ? 'most' : null;
}

/** "1,234", "1.234", "1'234", "1 234" are thousands; "1,5" and "1.5" are not. */
export function readNumber(written: string): number {
  const text = written.replace(/[\s'’]/gu, '');
  const marks = text.match(/[.,]/gu) ?? [];
  if (marks.length === 0) return Number(text);
  const last = marks.at(-1) ?? '';
  const [head = '', tail = ''] = splitAtLast(text, last);
  const mixed = new Set(marks).size > 1;
  const thousands = !mixed && tail.length === 3 && !/^0/u.test(head);
  if (mixed || !(thousands || marks.length > 1)) {
    return Number(`${head.replace(/[.,]/gu, '')}.${tail}`);
  }
  return Number(text.replace(/[.,]/gu, ''));
}

function splitAtLast(text: string, mark: string): [string, string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, at), text.slice(at + 1)];
}
