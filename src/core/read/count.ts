/**
 * "How many": a count with its range, sum, breakdown, growth and date (`domain.md` §8.4, `rulings.md` 5).
 * Long, because growth, sums, products and ranges are told apart by one another.
 */
import type { ParsedValue } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { type Part, readBreakdown, systemTitle } from './breakdown.ts';
import { readDate } from './date.ts';
import { labelKey } from './match.ts';
import { perObject } from './memo.ts';
import { type Figure, joinRanges, rangeScale, readFigures, readWordFigure } from './numbers.ts';
import { beginsAs, holdsWord, isExactly, isWord } from './phrases.ts';
import { helpersIn, valueNamed, wordsIn, wordsOf } from './vocabulary.ts';

/** A range wider than this says too little to plan with. */
const widestRange = 3;

/** `text` is plain. State `answered`, `partial`, or `unanswered` with `invalid` when no figure is in it. */
export function parseCount(
  text: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue {
  const figures = readFigures(text, policy).filter(
    (figure) => !isSize(text, figure.end) && !isPartOfDate(text, figure, policy),
  );
  const first = figures[0];
  if (!first) return countNames(text, question, policy) ?? withoutDigits(text, policy);
  const approximate = isApproximate(text, figures, policy);
  const growth = readGrowth(text, figures, question, policy, anchor);
  if (growth) {
    const asked = asksLater(question);
    return {
      ...exactly(asked ? growth.later : growth.now, approximate),
      later: growth.later,
      ...(asked ? { earlier: growth.now } : {}),
      ...(asked && growth.by !== undefined ? { by: growth.by } : {}),
    };
  }
  const told = withoutSubsets(text, policy);
  const whole = figures.filter(({ start, end }) => told.slice(start, end).trim() !== '');
  const parts = readBreakdown(told, joinRanges(told, whole), question, policy);
  if (parts) return sumOf(parts, approximate, policy);
  const together = readSum(text, figures, question) ?? readProduct(text, figures, question, policy);
  if (together !== null) return exactly(together, approximate);
  const range = readRange(text, figures, policy);
  if (range) return range;
  const figure =
    (asksLater(question) ? lastOfDated(text, figures, policy, anchor) : undefined) ??
    figures.find((each) => namesQuestion(text, each, question)) ??
    (asksLater(question) ? undefined : saidForNow(text, figures, policy)) ??
    first;
  const by = dateOf(text, figures, figures.indexOf(figure), policy, anchor);
  const parsed = bounded(figure, text, approximate, policy);
  return by === undefined ? parsed : { ...parsed, by };
}

/** "Prod and staging" to a question whose things have names of their own. */
function countNames(text: string, { id }: Question, policy: Policy): ParsedValue | null {
  if (valueNamed(id.replaceAll('_', ' '), 'asked_for', policy) !== 'named') return null;
  const names = new Set(
    helpersIn(wordsOf(text), 'environments', policy).flatMap((hit) => (hit.negated ? [] : hit.id)),
  );
  return names.size > 0 ? exactly(names.size, false) : null;
}

/** "225 (of which 40 archived)": what is counted already gives way to spaces, so that all places stay. */
function withoutSubsets(text: string, policy: Policy): string {
  return text.replace(/\([^()]{1,200}\)|(?<=[,;])[^,;()\n]{1,80}/gu, (piece) =>
    wordsIn(piece, 'figure_words', policy).includes('subset') ? ' '.repeat(piece.length) : piece,
  );
}

/** The coming day that is said with a figure. */
function dateOf(
  text: string,
  figures: readonly Figure[],
  index: number,
  policy: Policy,
  anchor: string,
): string | undefined {
  const [figure, next] = [figures[index], figures[index + 1]];
  if (!figure) return undefined;
  const by = readDate(text.slice(figure.end, next?.start), policy, anchor);
  return by.state === 'answered' && typeof by.value === 'string' && by.value > anchor
    ? by.value
    : undefined;
}

/** "500 by June, 1000 by December": the last of those that have a day. */
function lastOfDated(
  text: string,
  figures: readonly Figure[],
  policy: Policy,
  anchor: string,
): Figure | undefined {
  const dated = figures
    .slice(0, 6)
    .filter((_, i) => dateOf(text, figures, i, policy, anchor) !== undefined);
  return dated.length > 1 ? dated.at(-1) : undefined;
}

/** "as of 2026", "12 March", "(2027)". */
function isPartOfDate(text: string, { start, end }: Figure, policy: Policy): boolean {
  const written = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 24), start);
  const after = text.slice(end, end + 16);
  const [lead = ''] = /\p{L}+(?=[\s.,'’]*$)/u.exec(before) ?? [];
  const [tail = ''] = /^(?:st|nd|rd|th|\.)?\s?\p{L}{3,}/u.exec(after) ?? [];
  const isMonth = (word: string): boolean =>
    word.length > 2 && valueNamed(word, 'months', policy) !== null;
  const year = /^20[1-4]\d$/u.test(written);
  if (!year && !/^\d{1,2}$/u.test(written)) return false;
  if (isMonth(lead) || isMonth(tail.replace(/^(?:st|nd|rd|th|\.)?\s?/u, ''))) return true;
  if (!year) return false;
  return (
    (/\(\s*$/u.test(before) && /^\s*\)/u.test(after)) ||
    /\b(?:q[1-4]|h[12])\W{0,2}$/iu.test(before) ||
    wordsIn(before.split(/[,;(\n]/u).at(-1) ?? '', 'year_words', policy).length > 0
  );
}

/** Whether the question is about the day when all is rolled out. */
function asksLater({ impliedBy }: Question): boolean {
  return impliedBy.some(({ part }) => part === 'later');
}

/** "12 GB" is no count. */
function isSize(text: string, end: number): boolean {
  return /^\s?[kmgtp]i?b(?![a-z])/iu.test(text.slice(end, end + 5));
}

function withoutDigits(text: string, policy: Policy): ParsedValue {
  const figure = readWordFigure(text, policy);
  if (figure?.vague) {
    const { value, min, max } = figure;
    return withRange(value, min, max);
  }
  if (figure) return exactly(figure.value, isApproximate(text, [], policy));
  return {
    state: 'unanswered',
    value: null,
    invalid: true,
    remark: 'I need a figure here; an estimate is fine.',
  };
}

function withRange(value: number, min: number, max: number): ParsedValue {
  const wide = max > min * widestRange;
  return {
    state: wide ? 'partial' : 'answered',
    value,
    min,
    max,
    approximate: true,
    ...(wide ? { remark: 'The range is wide; a narrower one makes the estimate better.' } : {}),
  };
}

function exactly(value: number, approximate: boolean): ParsedValue {
  const rounded = Math.round(value);
  return {
    state: 'answered',
    value: rounded,
    min: rounded,
    max: rounded,
    ...(approximate || rounded !== value ? { approximate: true } : {}),
  };
}

function bounded(figure: Figure, text: string, approximate: boolean, policy: Policy): ParsedValue {
  const before = text.slice(0, figure.start);
  const words = wordsIn(before.slice(-40), 'number_parts', policy);
  const bound =
    figure.bound ?? (words.includes('least') ? 'least' : words.includes('most') ? 'most' : null);
  const value = Math.round(figure.value);
  if (bound === 'least') return { state: 'answered', value, min: value, approximate: true };
  if (bound === 'most') return { state: 'answered', value, max: value, approximate: true };
  return exactly(figure.value, approximate);
}

function isApproximate(text: string, figures: readonly Figure[], policy: Policy): boolean {
  if (/[~≈∼〜±]|\+\s?\/\s?-/u.test(text) || holdsWord(text, 'approximate', policy)) return true;
  const [suffix] = figures.flatMap(({ end }) => /^\p{L}+/u.exec(text.slice(end, end + 8)) ?? []);
  return suffix !== undefined && isWord(suffix, 'approximate', policy);
}

interface Growth {
  readonly now: number;
  readonly later: number;
  /** The day by which it is reached. */
  readonly by?: string;
}

/** "300 now, 950 next year", "300 growing to 950", "300 (950 by March)": the words beside each figure say when. */
function readGrowth(
  text: string,
  figures: readonly Figure[],
  question: Question,
  policy: Policy,
  anchor: string,
): Growth | null {
  const pair = linkedPair(text, figures, policy) ?? timedPair(text, figures, policy);
  const [now, later] = pair ?? datedPair(text, figures, question, policy, anchor) ?? [];
  if (!now || !later) return null;
  const more = /\+\s*$/u.test(text.slice(0, later.start));
  const by = dateOf(text, figures, figures.indexOf(later), policy, anchor);
  return {
    now: Math.round(now.value),
    later: Math.round(more ? now.value + later.value : later.value),
    ...(by === undefined ? {} : { by }),
  };
}

/** "300 → 950", "300, growing to 950". */
function linkedPair(
  text: string,
  figures: readonly Figure[],
  policy: Policy,
): readonly [Figure, Figure] | null {
  const [first, second] = figures;
  if (!first || !second) return null;
  const between = text.slice(first.end, second.start);
  const linked =
    /(?:→|->|=>|⇒)\s*[~≈]?\s*$/u.test(between) ||
    wordsIn(between, 'figure_words', policy).includes('grows');
  return linked ? [first, second] : null;
}

function timedPair(
  text: string,
  figures: readonly Figure[],
  policy: Policy,
): readonly [Figure, Figure] | null {
  const timed = figures.map((figure, i) => {
    const next = figures.slice(i + 1).find((each) => !isSpan(text, each, policy));
    const after = text.slice(figure.end, next?.start ?? text.length);
    const previous = figures[i - 1];
    const before = text.slice(previous ? previous.end : 0, figure.start);
    const lead = before.slice(
      Math.max(before.lastIndexOf(','), before.lastIndexOf(';'), before.lastIndexOf('\n')) + 1,
    );
    const tail = after.split(/[,;\n/→]/u)[0] ?? '';
    const near = `${i === 0 ? before : lead} | ${tail}`;
    return { figure, now: holdsWord(near, 'now', policy), later: holdsWord(near, 'later', policy) };
  });
  const later = timed.find((each) => each.later && !each.now);
  const now =
    timed.find((each) => each !== later && each.now) ??
    (later ? timed.find((each) => each.figure.start < later.figure.start) : undefined);
  return later && now ? [now.figure, later.figure] : null;
}

/** "12 months", "2 years". */
function isSpan(text: string, { end }: Figure, policy: Policy): boolean {
  const word = /^\s?(\p{L}+)/u.exec(text.slice(end, end + 20))?.[1] ?? '';
  return ['year', 'month', 'week', 'quarter'].includes(
    valueNamed(word, 'date_words', policy) ??
      valueNamed(word.replace(/s$/u, ''), 'date_words', policy) ??
      '',
  );
}

/** "300 (950 by March 2027)": only the second has a day to come. */
function datedPair(
  text: string,
  figures: readonly Figure[],
  question: Question,
  policy: Policy,
  anchor: string,
): readonly [Figure, Figure] | null {
  const [first, second] = figures;
  if (!first || !second || figures.length > 2 || second.value <= first.value) return null;
  if (namesQuestion(text, first, question) && !namesQuestion(text, second, question)) {
    if (/^\s*\p{L}{4,}/u.test(text.slice(second.end))) return null;
  }
  const [here, there] = [0, 1].map((i) => dateOf(text, figures, i, policy, anchor));
  return here === undefined && there !== undefined ? [first, second] : null;
}

/** "950 (300 today)": the figure of today, when only one of several is called so. */
function saidForNow(text: string, figures: readonly Figure[], policy: Policy): Figure | undefined {
  const [today, ...more] = figures.filter(({ start, end }, i) => {
    const before = text.slice(figures[i - 1]?.end ?? 0, start);
    const lead = i > 0 ? before.slice(before.search(/[,;(\n][^,;(\n]*$/u)) : '';
    const tail = text.slice(end, figures[i + 1]?.start).split(/[,;\n]/u)[0] ?? '';
    return holdsWord(`${lead} | ${tail}`, 'now', policy);
  });
  return more.length === 0 ? today : undefined;
}

/** "212 + 88", "100 developers + 20 testers": plus signs between all figures. */
function readSum(text: string, figures: readonly Figure[], question: Question): number | null {
  if (figures.length < 2) return null;
  const named = figures.filter((each) => namesQuestion(text, each, question)).length;
  if (named > 0 && named < figures.length) return null;
  let sum = 0;
  for (const [i, figure] of figures.entries()) {
    const previous = figures[i - 1];
    const between = previous ? text.slice(previous.end, figure.start) : '+';
    if (!/^(?:\s+[^\s+,;:=]+){0,3}\s*\+\s*$/u.test(between)) return i >= 2 ? sum : null;
    sum += figure.value;
  }
  return sum;
}

/** "50 teams of 6", "40 x 5", "2 instances, 300 each". */
function readProduct(
  text: string,
  figures: readonly Figure[],
  question: Question,
  policy: Policy,
): number | null {
  const [first, second] = figures;
  if (!first || !second || figures.length > 2 || namesQuestion(text, first, question)) return null;
  const between = text.slice(first.end, second.start);
  const of = /^\s+\p{L}+\s+(\p{L}+)\s+$/u.exec(between)?.[1] ?? '';
  const multiplies =
    /^\s*(?:\p{L}+\s+)?[x×*✕]\s*$/iu.test(between) ||
    valueNamed(of, 'figure_words', policy) === 'of' ||
    wordsIn(text.slice(second.end), 'figure_words', policy).includes('each');
  return multiplies ? first.value * second.value : null;
}

function readRange(text: string, figures: readonly Figure[], policy: Policy): ParsedValue | null {
  const [low, high] = figures;
  if (!low || !high || high.value <= low.value) return null;
  const between = text.slice(low.end, high.start);
  const word = valueNamed(between, 'number_parts', policy);
  const open = wordsIn(text.slice(0, low.start), 'number_parts', policy).includes('between');
  const dash = /^\s*(?:[-–—~〜]|\.{2,3})\s*$/u.test(between);
  if (!dash && word !== 'to' && !(word === 'and' && open)) return null;
  const scale = rangeScale(text, figures);
  const max = Math.round(high.value);
  return withRange(max, Math.round(low.value * scale), max);
}

function sumOf(parts: readonly Part[], approximate: boolean, policy: Policy): ParsedValue {
  const sums = new Map<string, number>();
  for (const { key, value } of parts) {
    if (value !== null) sums.set(key, (sums.get(key) ?? 0) + value);
  }
  let sum = 0;
  let least = 0;
  for (const { value, low } of parts) {
    sum += value ?? 0;
    least += low ?? value ?? 0;
  }
  const missing = parts.filter(({ open }) => open).map(({ key }) => systemTitle(key, policy));
  return {
    ...(least < sum ? withRange(sum, least, sum) : exactly(sum, approximate)),
    breakdown: Object.fromEntries(sums),
    ...(missing.length > 0
      ? { state: 'partial', remark: `The figure for ${missing.join(', ')} is still missing.` }
      : {}),
  };
}

/** "61 projects with 940 repositories" to a question about repositories: the figure beside that word. */
function namesQuestion(text: string, figure: Figure, question: Question): boolean {
  const [word = ''] = /^\p{L}{4,}/u.exec(text.slice(figure.end).trimStart()) ?? [];
  if (word === '') return false;
  const asked = wordsAskedFor(question);
  const key = labelKey(word);
  return asked.has(key) || [...asked].some((each) => each.length >= 4 && key.startsWith(each));
}

const wordsAskedFor = perObject(
  ({ id, ask }: Question): ReadonlySet<string> =>
    new Set([...labelKey(id.replaceAll('_', ' ')).split(' '), ...labelKey(ask).split(' ')]),
);

/** Whether a text says "none" to a count ("none", "keine, also 0"). */
export function saysZero(text: string, policy: Policy): boolean {
  const figures = readFigures(text, policy);
  if (figures.length > 0) return figures.every(({ value }) => value === 0);
  return (
    isExactly(text, 'none', policy) || beginsAs(text, 'none', policy) || isWord(text, 'no', policy)
  );
}
