/** Dates as people write them → `YYYY-MM-DD`, with the span that a quarter or month leaves open (`rulings.md` 15, 32). */
import * as chrono from 'chrono-node';
import type { ParsedValue } from '../model.ts';
import type { Policy } from '../policy.ts';
import {
  anchorDate,
  dayOf,
  fullYear,
  isDay,
  monthSpan,
  monthsFrom,
  nextDay,
  nextSpan,
  nothing,
  partOfMonth,
  shortYear,
  spanned,
} from './calendar.ts';
import { words } from './fold.ts';
import { holdsWord, isExactly } from './phrases.ts';
import { valueNamed } from './vocabulary.ts';

const mostCharacters = 200;
const iso = /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/u;
const numeric = /(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u;
const monthOfYear =
  /(?<![\d./-])(?:(20\d{2})[-/.](\d{1,2})|(\d{1,2})[-/.](20\d{2}))(?![\d/-]|\.\d)/u;
const dayAndMonth = /(?<![\d./-])(\d{1,2})\.\s?(\d{1,2})\.(?!\d)/u;
const slashedDay = /^\D{0,20}(?<![\d./-])(\d{1,2})\/(\d{1,2})(?![\d./-])\D{0,20}$/u;
const joinedFiscal =
  /\b(?:(FY)\s?['’]?(\d{4}|\d{2})[\s-]?([QH]\d)|([QH]\d)[\s-]?(FY)\s?['’]?(\d{4}|\d{2}))\b/iu;
const quarter = /^q([1-4])$/u;
const half = /^h([12])$/u;
const ordinal = /^(\d{1,2})(?:st|nd|rd|th|er|e|º|ª)?$/u;
const fiscal = /^fy(\d{2}|\d{4})$/u;
const cjk = /(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?/u;

/** `anchor` is `YYYY-MM-DD`: a date without a year is the next one from there. ASAP and the like are `invalid`. */
export function parseDate(text: string, policy: Policy, anchor: string): ParsedValue {
  const read = readDate(text, policy, anchor);
  if (read.state !== 'unanswered') return read;
  const plain = text.slice(0, mostCharacters);
  if (isExactly(plain, 'none', policy)) return { state: 'none', value: null };
  const slashed = slashedDay.exec(plain);
  if (slashed) return readSlashedDay(Number(slashed[1]), Number(slashed[2]), anchorDate(anchor));
  const relative = readRelative(plain, anchor);
  if (relative) return relative;
  const soon = holdsWord(plain, 'noDate', policy);
  return noDate(
    soon
      ? 'That is no date; a month or quarter is enough.'
      : 'I found no date in this; a month or quarter is enough.',
  );
}

/** The first date that is written out in the text; `unanswered` when there is none. */
export function readDate(text: string, policy: Policy, anchor: string): ParsedValue {
  const plain = text.slice(0, mostCharacters).normalize('NFKC');
  const start = anchorDate(anchor);
  const exact = iso.exec(plain);
  if (exact) return dayOf(Number(exact[1]), Number(exact[2]), Number(exact[3]));
  const slashed = numeric.exec(plain);
  if (slashed) return readNumeric(slashed);
  const eastern = cjk.exec(plain);
  if (eastern) return readEastern(eastern, start);
  const month = monthOfYear.exec(plain);
  if (month) {
    const [year, number] = [Number(month[1] ?? month[4]), Number(month[2] ?? month[3])];
    if (number >= 1 && number <= 12) return spanned(monthSpan(year, number));
  }
  const dotted = dayAndMonth.exec(plain);
  if (dotted) return nextDay(Number(dotted[2]), Number(dotted[1]), null, start);
  return readWords(plain.replace(joinedFiscal, '$1$2$5$6 $3$4'), policy, start);
}

/** "13/4" has one reading, "3/4" has two. */
function readSlashedDay(one: number, two: number, anchor: Date): ParsedValue {
  const [dayFirst, monthFirst] = [nextDay(two, one, null, anchor), nextDay(one, two, null, anchor)];
  if (dayFirst.state !== 'answered') return invalidUnless(monthFirst);
  if (monthFirst.state !== 'answered' || one === two) return dayFirst;
  return eitherDay(dayFirst, monthFirst);
}

function invalidUnless(date: ParsedValue): ParsedValue {
  return date.state === 'answered'
    ? date
    : noDate('I found no date in this; a month or quarter is enough.');
}

function noDate(remark: string): ParsedValue {
  return { state: 'unanswered', value: null, invalid: true, remark };
}

function eitherDay(dayFirst: ParsedValue, monthFirst: ParsedValue): ParsedValue {
  const choices = [dayFirst.value, monthFirst.value].filter((each) => typeof each === 'string');
  const remark = `Is that ${choices[0]} or ${choices[1]}?`;
  return { state: 'ambiguous', value: null, choices, remark };
}

/** Dots put the day first; with slashes or hyphens either order is possible (`rulings.md` 15). */
function readNumeric(match: RegExpExecArray): ParsedValue {
  const [, one = '', mark, two = '', last = ''] = match;
  const year = fullYear(last);
  const a = Number(one);
  const b = Number(two);
  const dayFirst = dayOf(year, b, a);
  const monthFirst = dayOf(year, a, b);
  if (mark === '.' || a > 12 || a === b) return dayFirst;
  if (b > 12) return monthFirst;
  return eitherDay(dayFirst, monthFirst);
}

function readEastern(match: RegExpExecArray, anchor: Date): ParsedValue {
  const month = Number(match[2]);
  const year = match[1] === undefined ? null : Number(match[1]);
  if (month < 1 || month > 12) return nothing;
  return match[3] === undefined
    ? spanned(nextSpan((each) => monthSpan(each, month), year, anchor))
    : nextDay(month, Number(match[3]), year, anchor);
}

/** "12 Mar 2027", "mid May", "Q3", "FY27 Q2", "H1 2027", "end of the year". */
function readWords(text: string, policy: Policy, anchor: Date): ParsedValue {
  const found = words(text).map(({ text: word }) => word);
  const years = found.flatMap((word) => (/^20\d{2}$/u.test(word) ? [Number(word)] : []));
  const year = years[0] ?? null;
  const fiscalYear = readFiscalYear(found, policy);
  const first = policy.words.fiscalYearStart;
  for (const [i, word] of found.entries()) {
    const part = Number(quarter.exec(word)?.[1] ?? 0);
    const halfYear = Number(half.exec(word)?.[1] ?? 0);
    if (part === 0 && halfYear === 0) continue;
    const months = part > 0 ? 3 : 6;
    const offset = ((part || halfYear) - 1) * months;
    if (fiscalYear !== null) return spanned(monthsFrom(fiscalYear - 1, first + offset, months));
    const near = year ?? shortYear(found[i + 1] ?? '');
    return spanned(nextSpan((each) => monthsFrom(each, 1 + offset, months), near, anchor));
  }
  const month = readMonth(found, text, year, policy, anchor);
  if (month) return month;
  const wording = phraseIn(found, 'date_words', policy);
  if (wording.includes('year_end')) {
    const end = nextDay(12, 31, year, anchor);
    return { ...end, approximate: true };
  }
  if (fiscalYear !== null) return spanned(monthsFrom(fiscalYear - 1, first, 12));
  if (year === null && wording.includes('next')) {
    const thisYear = anchor.getUTCFullYear();
    if (wording.includes('year')) return spanned(monthsFrom(thisYear + 1, 1, 12));
    const next = Math.floor(anchor.getUTCMonth() / 3) + 1;
    if (wording.includes('quarter')) return spanned(monthsFrom(thisYear, 1 + next * 3, 3));
  }
  if (year !== null && found.length <= 4) return spanned(monthsFrom(year, 1, 12));
  return nothing;
}

function readMonth(
  found: readonly string[],
  text: string,
  year: number | null,
  policy: Policy,
  anchor: Date,
): ParsedValue | null {
  for (const [i, word] of found.entries()) {
    const name = word.replace(/^\d{1,2}(?=\p{L}{3})|\.$/gu, '');
    const month = Number(/^\p{L}/u.test(name) ? (valueNamed(name, 'months', policy) ?? 0) : 0);
    if (month === 0 || isPlainWord(name, found, text, i)) continue;
    const before = ordinal.exec(found[i - 1] ?? '') ?? /^(\d{1,2})\p{L}/u.exec(word);
    const two = ordinal.exec(found[i - 2] ?? '');
    const after = ordinal.exec(found[i + 1] ?? '');
    const day = Number((before ?? (two && !after ? two : after))?.[1] ?? 0);
    const near =
      year ?? (before && after && Number(after[1]) > 20 ? fullYear(after[1] ?? '') : null);
    if (day >= 1 && day <= 31 && !(after && !before && Number(after[1]) > 31)) {
      const exact = nextDay(month, day, near, anchor);
      if (exact.state === 'answered') return exact;
    }
    const part = phraseIn(found.slice(Math.max(0, i - 3), i), 'date_words', policy);
    return spanned(
      nextSpan(
        (each) => partOfMonth(each, month, part),
        near ?? shortYear(found[i + 1] ?? ''),
        anchor,
      ),
    );
  }
  return null;
}

/** "may" and "mar" are words too: short ones count only beside a number, or alone. */
function isPlainWord(name: string, found: readonly string[], text: string, i: number): boolean {
  if (name.length > 3 || found.length <= 3) return false;
  const beside = `${found[i - 1] ?? ''} ${found[i + 1] ?? ''}`;
  const capital = new RegExp(`\\b${name.charAt(0).toUpperCase()}${name.slice(1)}\\b`, 'u').test(
    text,
  );
  return !/\d/u.test(beside) && !capital;
}

function readFiscalYear(found: readonly string[], policy: Policy): number | null {
  for (const [i, word] of found.entries()) {
    const joined = fiscal.exec(word)?.[1];
    if (joined !== undefined) return fullYear(joined);
    const next = found[i + 1] ?? '';
    if (
      valueNamed(word, 'date_words', policy) === 'fiscal_year' &&
      /^(?:\d{2}|\d{4})$/u.test(next)
    ) {
      return fullYear(next);
    }
  }
  return null;
}

/** "next Friday", "in two weeks": what is left for a library; null when it finds nothing. */
export function readRelative(text: string, anchor: string): ParsedValue | null {
  const reference = new Date(`${isDay(anchor) ? anchor : '1970-01-01'}T12:00:00Z`);
  const [result] = chrono.parse(
    text,
    { instant: reference, timezone: 'UTC' },
    { forwardDate: true },
  );
  if (!result) return null;
  const certain = (['day', 'weekday', 'month'] as const).some((part) =>
    result.start.isCertain(part),
  );
  if (!certain) return null;
  const date = `${result.start.date().toISOString().slice(0, 10)}`;
  const loose = !result.start.isCertain('day') && !result.start.isCertain('weekday');
  return {
    state: 'answered',
    value: date,
    min: date,
    max: date,
    ...(loose ? { approximate: true } : {}),
  };
}

/** Values of a helping vocabulary that stand in these words, one or two words long. */
function phraseIn(found: readonly string[], vocabulary: string, policy: Policy): string[] {
  return found.flatMap((_, i) =>
    [1, 2, 3, 4].flatMap((length) => {
      const id = valueNamed(found.slice(i, i + length).join(' '), vocabulary, policy);
      return id === null || i + length > found.length ? [] : [id];
    }),
  );
}
