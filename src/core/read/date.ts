/**
 * Dates as people write them → `YYYY-MM-DD`, with the span that a quarter or month leaves open (`rulings.md` 15, 32).
 * Long, because all ways to write a date are tried in one order.
 */
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
  shifted,
  shortYear,
  spanned,
  thirdOf,
  weekSpan,
} from './calendar.ts';
import { words } from './fold.ts';
import { holdsWord, isExactly } from './phrases.ts';
import { helpersIn, valueNamed, wordsIn, wordsOf } from './vocabulary.ts';

const mostCharacters = 200;
/** Places at which a text may be two dates. */
const mostJoints = 8;
const joint = /\s+(?:[-–—~〜/]|\p{L}{1,8})(?=\s)|[-–—/]/gu;
const compact = /(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)/u;
const shortQuarter =
  /(?<![\p{L}\d])(?:([1-4])Q|Q([1-4]))(?:\s?['’]\s?(\d{2})|(\d{2}|20\d{2}))?(?![\p{L}\d])/iu;
const shortHalf = /(?<![\p{L}\d])([12])H(?![\p{L}\d])/iu;
const weekOfYear =
  /(?:\b20(\d{2})-W(\d{1,2})\b|\b(?:KW|CW|W)\s?(\d{1,2})\s?\/\s?(?:20)?(\d{2})\b)/iu;
const yearOfMonth = /(?<![\d-]\s?)(\p{L}{3,})\.?\s?(?:['’]|-(?=\d\d$))(\d{2})(?!\d)/u;
const iso = /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/u;
const numeric = /(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u;
const monthOfYear =
  /(?<![\d./-])(?:(20\d{2})[-/.](\d{1,2})|(\d{1,2})[-/.](20\d{2}))(?![\d/-]|\.\d)/u;
const dayAndMonth = /(?<![\d./-])(\d{1,2})\.\s?(\d{1,2})\.(?!\d)/u;
const slashedDay = /^\D{0,20}(?<![\d./-])(\d{1,2})\/(\d{1,2})(?![\d./-])\D{0,20}$/u;
const joinedFiscal =
  /\b(?:(FY)\s?['’]?(\d{4}|\d{2})[\s-]?([QH]\d)|([QH]\d)[\s-]?(FY)\s?['’]?(\d{4}|\d{2}))\b/iu;
/** "Q3", and in other languages another letter. */
const quarter = /^(\p{L})([1-4])$/u;
const half = /^h([12])$/u;
const ordinal = /^(\d{1,2})(?:st|nd|rd|th|er|e|º|ª)?$/u;
const fiscal = /^fy(\d{2}|\d{4})$/u;
const cjk = /(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?/u;

/**
 * `anchor` is `YYYY-MM-DD`: a date without a year is the next one from there. ASAP and the like are
 * `invalid`. `asksStart`: of "15 Jan to 30 Mar" the first day is asked for.
 */
export function parseDate(
  text: string,
  policy: Policy,
  anchor: string,
  asksStart = false,
): ParsedValue {
  const read = readDate(text, policy, anchor);
  if (read.state === 'answered' && asksStart && read.min !== undefined && !read.approximate) {
    return { ...read, value: read.min };
  }
  if (read.state !== 'unanswered') return read;
  const plain = text.slice(0, mostCharacters);
  if (isExactly(plain, 'none', policy)) return { state: 'none', value: null };
  const slashed = slashedDay.exec(plain);
  if (slashed) return readSlashedDay(Number(slashed[1]), Number(slashed[2]), anchorDate(anchor));
  const relative = iso.test(plain) ? null : readRelative(plain, policy, anchor);
  if (relative) return relative;
  const soon = holdsWord(plain, 'noDate', policy);
  return noDate(
    soon
      ? 'That is no date; a month or quarter is enough.'
      : 'I found no date in this; a month or quarter is enough.',
  );
}

/** The first date or span of dates that is written out in the text; `unanswered` when there is none. */
export function readDate(text: string, policy: Policy, anchor: string): ParsedValue {
  const plain = text.slice(0, mostCharacters).normalize('NFKC').replace(compact, '$1-$2-$3');
  return readSpan(plain, policy, anchor) ?? bounded(plain, readOne(plain, policy, anchor), policy);
}

/** "between March and May", "Q1/Q2 2027", "15 Jan – 30 Mar 2027": null when it is no span. */
function readSpan(plain: string, policy: Policy, anchor: string): ParsedValue | null {
  let tries = 0;
  for (const match of plain.matchAll(joint)) {
    const at = match.index;
    if (!parts(match[0], plain.slice(0, at), plain.slice(at + match[0].length), policy)) continue;
    if (tries++ === mostJoints) return null;
    const [left, right] = withYear(plain.slice(0, at), plain.slice(at + match[0].length));
    if (!namesTime(plain.slice(0, at), policy)) continue;
    const from = readOne(left, policy, anchor);
    if (from.state !== 'answered' || typeof from.min !== 'string') continue;
    const to = readOne(right, policy, from.min);
    if (to.state !== 'answered' || typeof to.max !== 'string' || to.max < from.min) continue;
    const rough = from.approximate === true || to.approximate === true;
    return {
      state: 'answered',
      value: to.max,
      min: from.min,
      max: to.max,
      ...(rough ? { approximate: true } : {}),
    };
  }
  return null;
}

/** Whether a sign or word joins two dates here; signs inside of one ("mid-May") do not. */
function parts(sign: string, left: string, right: string, policy: Policy): boolean {
  const word = sign.trim();
  if (/^\p{L}+$/u.test(word)) {
    const id = valueNamed(word, 'number_parts', policy);
    if (id === 'and') return wordsIn(left, 'number_parts', policy).includes('between');
    return id === 'to' || id === 'or' || id === 'through';
  }
  if (/^\s/u.test(sign)) return true;
  const beside = /(\p{L}[\p{L}\d.]*)$/u.exec(left)?.[1] ?? '';
  const next = /^(\p{L}[\p{L}\d.]*)/u.exec(right)?.[1] ?? '';
  return isPeriod(beside, policy) && isPeriod(next, policy);
}

function isPeriod(word: string, policy: Policy): boolean {
  return /^[qh]\d$/iu.test(word) || valueNamed(word, 'months', policy) !== null;
}

/** "Would love to be live before 2027-06-01": a year behind makes no date of words that name no time themselves. */
function namesTime(left: string, policy: Policy): boolean {
  const said = wordsOf(left);
  return (
    /\d/u.test(left) ||
    said.some(({ text }) => valueNamed(text, 'months', policy) !== null) ||
    helpersIn(said, 'date_words', policy).length > 0
  );
}

/** A year that only one end of the span has belongs to both. */
function withYear(left: string, right: string): [string, string] {
  const year = /\bFY\s?['’]?\d{2,4}|\b20\d{2}\b/iu;
  const [a, b] = [year.exec(left)?.[0], year.exec(right)?.[0]];
  if (a !== undefined && b === undefined) return [left, `${right} ${a}`];
  if (b !== undefined && a === undefined) return [`${left} ${b}`, right];
  return [left, right];
}

/** "before March" ends where March begins, "after March" begins where it ends. */
function bounded(plain: string, date: ParsedValue, policy: Policy): ParsedValue {
  if (date.state !== 'answered' || typeof date.min !== 'string' || typeof date.max !== 'string') {
    return date;
  }
  const hits = helpersIn(wordsOf(plain), 'date_words', policy);
  const [bound] = hits.filter(({ id }) => id === 'before' || id === 'after' || id === 'from_on');
  if (!bound || (bound.id === 'from_on' && bound.at > 0 && !bound.negated && hits[0] !== bound)) {
    return date;
  }
  if (bound.id === 'before' && !bound.negated) {
    const last = shifted(date.min, -1);
    return { state: 'answered', value: last, max: last, approximate: true };
  }
  const first = bound.id === 'after' ? shifted(date.max, 1) : date.min;
  return { state: 'answered', value: first, min: first, approximate: true };
}

function readOne(text: string, policy: Policy, anchor: string): ParsedValue {
  const plain = text.replace(weekOfYear, 'W$2$3 20$1$4');
  const start = anchorDate(anchor);
  const exact = iso.exec(plain);
  if (exact) return dayOf(Number(exact[1]), Number(exact[2]), Number(exact[3]));
  const slashed = numeric.exec(plain);
  if (slashed) return readNumeric(slashed);
  const eastern = cjk.exec(plain);
  if (eastern) return readEastern(eastern, plain, policy, start);
  const month = monthOfYear.exec(plain);
  if (month) {
    const [year, number] = [Number(month[1] ?? month[4]), Number(month[2] ?? month[3])];
    if (number >= 1 && number <= 12) return spanned(monthSpan(year, number));
  }
  const dotted = dayAndMonth.exec(plain);
  if (dotted) return nextDay(Number(dotted[2]), Number(dotted[1]), null, start);
  const plainer = plain
    .replace(joinedFiscal, '$1$2$5$6 $3$4')
    .replace(shortQuarter, 'Q$1$2 $3$4')
    .replace(shortHalf, 'H$1')
    .replace(yearOfMonth, '$1 20$2');
  return readWords(plainer, policy, start);
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

function readEastern(
  match: RegExpExecArray,
  plain: string,
  policy: Policy,
  anchor: Date,
): ParsedValue {
  const month = Number(match[2]);
  const year = match[1] === undefined ? null : Number(match[1]);
  if (month < 1 || month > 12) return nothing;
  const part = wordsIn(plain.slice(match.index + match[0].length), 'date_words', policy);
  return match[3] === undefined
    ? spanned(nextSpan((each) => partOfMonth(each, month, part), year, anchor))
    : nextDay(month, Number(match[3]), year, anchor);
}

/** "12 Mar 2027", "mid May", "Q3", "FY27 Q2", "H1 2027", "end of the year". */
function readWords(text: string, policy: Policy, anchor: Date): ParsedValue {
  const found = words(text).map(({ text: word }) => word);
  const years = found.flatMap((word) => (/^20\d{2}$/u.test(word) ? [Number(word)] : []));
  const year = years[0] ?? null;
  const fiscalYear = readFiscalYear(found, policy);
  const first = policy.words.fiscalYearStart;
  const spanOf = (start: number, months: number, near: number | null, part: readonly string[]) =>
    spanned(
      thirdOf(
        fiscalYear === null
          ? nextSpan((each) => monthsFrom(each, start, months), near, anchor)
          : monthsFrom(fiscalYear - 1, first + start - 1, months),
        part,
      ),
    );
  for (const [i, word] of found.entries()) {
    const named = readPart(found, i, policy);
    if (!named) continue;
    const [number, months] = named;
    const near = year ?? shortYear(word.length === 2 ? (found[i + 1] ?? '') : '');
    const part = saysWhichEnd(found, i, policy)
      ? []
      : phraseIn(found.slice(Math.max(0, i - 3), i), 'date_words', policy);
    return spanOf((number - 1) * months + 1, months, near, part);
  }
  const month = readMonth(found, text, year, policy, anchor);
  if (month) return month;
  const week = readWeek(found, year, policy, anchor);
  if (week) return week;
  const wording = phraseIn(found, 'date_words', policy);
  if (wording.includes('year_end')) {
    const later = year === null && wording.includes('next') ? anchor.getUTCFullYear() + 1 : year;
    const end = nextDay(12, 31, later, anchor);
    return { ...end, approximate: true };
  }
  if (fiscalYear !== null) return spanOf(1, 12, null, wording);
  if (year === null && (wording.includes('next') || wording.includes('this'))) {
    const on = wording.includes('next') ? 1 : 0;
    const [thisYear, thisMonth] = [anchor.getUTCFullYear(), anchor.getUTCMonth()];
    if (wording.includes('year'))
      return spanned(thirdOf(monthsFrom(thisYear + on, 1, 12), wording));
    const next = Math.floor(thisMonth / 3) + on;
    if (wording.includes('quarter')) {
      return spanned(thirdOf(monthsFrom(thisYear, 1 + next * 3, 3), wording));
    }
    if (wording.includes('month')) return spanned(monthSpan(thisYear, thisMonth + 1 + on));
  }
  if (year !== null && found.length <= 4) {
    return spanned(thirdOf(monthsFrom(year, 1, 12), wording));
  }
  return nothing;
}

/** "Q3", "H1", "third quarter", "2nd half": which one, and of how many months. */
function readPart(found: readonly string[], i: number, policy: Policy): [number, number] | null {
  const word = found[i] ?? '';
  const [, letter = '', part = ''] = quarter.exec(word) ?? [];
  if (valueNamed(letter, 'date_words', policy) === 'quarter') return [Number(part), 3];
  const halfYear = Number(half.exec(word)?.[1] ?? 0);
  if (halfYear > 0) return [halfYear, 6];
  const unit = valueNamed(found[i + 1] ?? '', 'date_words', policy);
  if (unit !== 'quarter' && unit !== 'half') return null;
  const number = Number(valueNamed(word, 'ordinals', policy) ?? 0);
  if (number === 0 || (unit === 'half' && number > 2)) return null;
  return [number, unit === 'quarter' ? 3 : 6];
}

/** "KW 12", "week 12 2027", "W12": the whole week. */
function readWeek(
  found: readonly string[],
  year: number | null,
  policy: Policy,
  anchor: Date,
): ParsedValue | null {
  for (const [i, word] of found.entries()) {
    const [, name = word, joined = ''] = /^(\p{L}+)(\d{1,2})$/u.exec(word) ?? [];
    if (valueNamed(name, 'date_words', policy) !== 'week') continue;
    const next = joined === '' ? (found[i + 1] ?? '') : joined;
    const number = /^\d{1,2}$/u.test(next) ? Number(next) : 0;
    if (number < 1 || number > 53) continue;
    return spanned(nextSpan((each) => weekSpan(each, number), year, anchor));
  }
  return null;
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
    const part = saysWhichEnd(found, i, policy)
      ? []
      : phraseIn(found.slice(Math.max(0, i - 3), i), 'date_words', policy);
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

/** "Start in March", "ends in June" speak of the work and not of the month. */
function saysWhichEnd(found: readonly string[], i: number, policy: Policy): boolean {
  return (
    valueNamed(found[i - 1] ?? '', 'date_fillers', policy) !== null &&
    valueNamed(found[i - 2] ?? '', 'start_or_end', policy) !== null
  );
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
export function readRelative(text: string, policy: Policy, anchor: string): ParsedValue | null {
  const reference = new Date(`${isDay(anchor) ? anchor : '1970-01-01'}T12:00:00Z`);
  const [result] = chrono.parse(
    text.slice(0, mostCharacters),
    { instant: reference, timezone: 'UTC' },
    { forwardDate: true },
  );
  if (!result) return null;
  const certain = (['day', 'weekday', 'month'] as const).some((part) =>
    result.start.isCertain(part),
  );
  if (!certain || wordsIn(text.slice(0, mostCharacters), 'events', policy).length > 0) return null;
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
