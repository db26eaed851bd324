/** The figures in a text, as people write them (`domain.md` §8.4, numbers). */
import type { Policy } from '../policy.ts';
import { words } from './fold.ts';
import { multiplier } from './phrases.ts';
import { valueNamed } from './vocabulary.ts';

export interface Figure {
  readonly value: number;
  /** Where it stands in the text, its multiplying word included. */
  readonly start: number;
  readonly end: number;
  /** A sign or word before or after it says "more" or "less". */
  readonly bound: 'least' | 'most' | null;
  /** The lower end, where it is the upper end of a range. */
  readonly low?: number;
}

/** First "75 000,00" and "75 000.", where the mark ends the figure or what is left of it. */
const digits =
  /(?<![\d.,'’])\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?(?![.,]?\d)|\d+(?:[.,'’]\d+)*(?: \d{3}(?![\d.,]))*/gu;
/** "約500": no space stands before a figure there. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;
const writtenDate =
  /\b\d{4}-\d{2}-\d{2}\b|(?<![\d.,/])\d{1,2}([./])\d{1,2}\1(?:20)?\d{2}(?![\d.,/])|(?<![\d/])\d{1,2}\/20\d{2}(?!\d)/gu;
/** Nobody puts more figures than this into one answer. */
const mostFigures = 60;

/** In order of appearance. */
export function readFigures(text: string, policy: Policy): Figure[] {
  const plain = text.slice(0, 4000).replace(writtenDate, (date) => '#'.repeat(date.length));
  const figures: Figure[] = [];
  for (const match of plain.matchAll(digits)) {
    if (figures.length === mostFigures) break;
    const start = match.index;
    const previous = figures.at(-1);
    const ranged = previous && /^\s?[-–—]\s?$/u.test(plain.slice(previous.end, start));
    if (!ranged && (isPartOfName(plain, start) || isNumbered(plain, start, policy))) continue;
    if (/^\s?[%％]/u.test(plain.slice(start + match[0].length, start + match[0].length + 2)))
      continue;
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

/** "Year 1", "phase 2": the figure counts nothing. */
function isNumbered(text: string, start: number, policy: Policy): boolean {
  const word = /(\p{L}+)\s$/u.exec(text.slice(Math.max(0, start - 20), start))?.[1];
  return word !== undefined && valueNamed(word, 'figure_words', policy) === 'numbered';
}

/** A figure in words: "five hundred", "two dozen", "a few hundred". */
export interface WordFigure {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly vague: boolean;
}

/** People say how many within their first words. */
const mostWordsBefore = 8;
/** What "a few" or "several" may stand for, as shares of the figure in the middle. */
const vagueShare = { least: 0.6, most: 1.7 } as const;

/** The first figure in words; null when there is none. */
export function readWordFigure(text: string, policy: Policy): WordFigure | null {
  const said = words(text.slice(0, 200)).map((word) => word.text);
  let value = 0;
  let vague = false;
  let part = 1;
  for (let at = 0; at < said.length; ) {
    const found = value === 0 && at > mostWordsBefore ? null : wordAt(said, at, policy);
    if (!found) {
      if (value > 0) break;
      if (at > mostWordsBefore) return null;
      at++;
      continue;
    }
    if (found.kind === 'half') part = 0.5;
    else if (found.kind === 'by' || (found.value >= 100 && value > 0)) {
      if (value === 0 && found.several) return hundredsOf(found.value);
      value = Math.max(value, 1) * found.value;
    } else {
      value += found.value;
      vague ||= found.kind === 'vague';
    }
    at += found.length;
  }
  if (value === 0) return null;
  const exact = value * part;
  const share = vague ? vagueShare : { least: 1, most: 1 };
  const rounded = (factor: number): number => {
    const unit = vague ? 10 ** Math.floor(Math.log10(exact)) : 1;
    return Math.round((exact * factor) / unit) * unit;
  };
  return { value: exact, min: rounded(share.least), max: rounded(share.most), vague };
}

/** "Hundreds": more than one of them, less than ten. */
function hundredsOf(by: number): WordFigure {
  return { value: 5 * by, min: 2 * by, max: 9 * by, vague: true };
}

function wordAt(
  said: readonly string[],
  at: number,
  policy: Policy,
): {
  kind: 'number' | 'vague' | 'by' | 'half';
  value: number;
  length: number;
  several: boolean;
} | null {
  for (let length = 3; length > 0; length--) {
    if (at + length > said.length) continue;
    const phrase = said.slice(at, at + length).join(' ');
    if (/\d/u.test(phrase)) continue;
    const number = valueNamed(phrase, 'number_words', policy);
    if (number !== null) return { kind: 'number', value: Number(number), length, several: false };
    const vague = valueNamed(phrase, 'vague_numbers', policy);
    if (vague !== null) return { kind: 'vague', value: Number(vague), length, several: false };
    const helper = valueNamed(phrase, 'figure_words', policy);
    if (helper === 'half') return { kind: 'half', value: 0, length, several: false };
    if (helper === 'of' && at > 0 && multiplier(said[at + 1] ?? '', policy) !== null) {
      return { kind: 'number', value: 0, length, several: false };
    }
  }
  const word = said[at] ?? '';
  const by = word.length > 2 ? multiplier(word, policy) : null;
  if (by === null) return null;
  return { kind: 'by', value: by, length: 1, several: /s$|e$|^miles$/u.test(word) };
}

/** What the lower end of "50-60k" is to be multiplied by: its unit stands at the upper end. */
export function rangeScale(text: string, [low, high]: readonly Figure[]): number {
  if (!low || !high || !/^\s*[-–—]\s*$/u.test(text.slice(low.end, high.start))) return 1;
  return low.value < 1000 && high.value >= 1000 && high.value / low.value >= 1000 ? 1000 : 1;
}

/** "200-250" as one figure. */
export function joinRanges(text: string, figures: readonly Figure[]): readonly Figure[] {
  const joined: Figure[] = [];
  for (const figure of figures) {
    const low = joined.at(-1);
    const range = low && /^\s?[-–—]\s?$/u.test(text.slice(low.end, figure.start));
    if (range && low.low === undefined && low.value < figure.value) {
      const scale = rangeScale(text, [low, figure]);
      joined[joined.length - 1] = { ...figure, start: low.start, low: low.value * scale };
    } else joined.push(figure);
  }
  return joined;
}

function boundOf(text: string, start: number, end: number): Figure['bound'] {
  const before = text.slice(Math.max(0, start - 4), start);
  if (
    /^\s?\+/u.test(text.slice(end, end + 2)) &&
    !/^\s?\+\s*[\d/]/u.test(text.slice(end, end + 6))
  ) {
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
