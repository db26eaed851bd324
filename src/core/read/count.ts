/** "How many": a count with its range, sum, breakdown, growth and date (`domain.md` §8.4, `rulings.md` 5). */
import type { ParsedValue } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { type Part, readBreakdown } from './breakdown.ts';
import { readDate } from './date.ts';
import { labelKey } from './match.ts';
import { type Figure, rangeScale, readFigures } from './numbers.ts';
import { beginsAs, holdsWord, isExactly, isWord } from './phrases.ts';
import { valueNamed, wordsIn } from './vocabulary.ts';

/** A range wider than this says too little to plan with. */
const widestRange = 3;

/** `text` is plain. State `answered`, `partial`, or `unanswered` with `invalid` when no figure is in it. */
export function parseCount(
  text: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue {
  const figures = readFigures(text, policy).filter(({ end }) => !isSize(text, end));
  const first = figures[0];
  if (!first) return withoutDigits(text, policy);
  const approximate = isApproximate(text, policy);
  const parts = readBreakdown(text, figures, question, policy);
  const growth = readGrowth(text, figures, policy);
  if (growth) {
    return {
      ...exactly(asksLater(question) ? growth.later : growth.now, approximate),
      later: growth.later,
    };
  }
  if (parts) return sumOf(parts, approximate);
  const sum = readSum(text, figures);
  if (sum !== null) return exactly(sum, approximate);
  const range = readRange(text, figures, policy);
  if (range) return range;
  const figure =
    figures.find((each) => namesQuestion(text, each, question)) ??
    (asksLater(question) ? undefined : saidForNow(text, figures, policy)) ??
    first;
  const by = readDate(text.slice(figure.end), policy, anchor);
  const parsed = bounded(figure, text, approximate, policy);
  return by.state === 'answered' && typeof by.value === 'string'
    ? { ...parsed, by: by.value }
    : parsed;
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
  const [word] = wordsIn(text, 'number_words', policy);
  if (word !== undefined && /^\p{L}+(?:\s|$|[,.;(])/u.test(text.trim())) {
    return exactly(Number(word), isApproximate(text, policy));
  }
  return {
    state: 'unanswered',
    value: null,
    invalid: true,
    remark: 'I need a figure here; an estimate is fine.',
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

function isApproximate(text: string, policy: Policy): boolean {
  return /[~≈∼〜]/u.test(text) || holdsWord(text, 'approximate', policy);
}

/** "300 now, 950 next year": the words beside each figure say when. */
function readGrowth(
  text: string,
  figures: readonly Figure[],
  policy: Policy,
): { now: number; later: number } | null {
  const timed = figures.map((figure, i) => {
    const after = text.slice(figure.end, figures[i + 1]?.start ?? text.length);
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
  if (later && now)
    return { now: Math.round(now.figure.value), later: Math.round(later.figure.value) };
  const [first, second] = figures;
  if (first && second && /(?:→|->|=>|⇒)\s*[~≈]?\s*$/u.test(text.slice(first.end, second.start))) {
    return { now: Math.round(first.value), later: Math.round(second.value) };
  }
  return null;
}

/** "950 (300 today)": the figure of today, when only one of several is called so. */
function saidForNow(text: string, figures: readonly Figure[], policy: Policy): Figure | undefined {
  const [today, ...more] = figures.filter(({ end }, i) =>
    holdsWord(text.slice(end, figures[i + 1]?.start), 'now', policy),
  );
  return more.length === 0 ? today : undefined;
}

/** "212 + 88": nothing but plus signs between the figures. */
function readSum(text: string, figures: readonly Figure[]): number | null {
  if (figures.length < 2) return null;
  let sum = 0;
  for (const [i, figure] of figures.entries()) {
    const previous = figures[i - 1];
    if (previous && !/^\s*\+\s*$/u.test(text.slice(previous.end, figure.start))) {
      return i >= 2 ? sum : null;
    }
    sum += figure.value;
  }
  return sum;
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
  const min = Math.round(low.value * scale);
  const max = Math.round(high.value);
  const wide = max > min * widestRange;
  return {
    state: wide ? 'partial' : 'answered',
    value: max,
    min,
    max,
    approximate: true,
    ...(wide ? { remark: 'The range is wide; a narrower one makes the estimate better.' } : {}),
  };
}

function sumOf(parts: readonly Part[], approximate: boolean): ParsedValue {
  const sums = new Map<string, number>();
  for (const { key, value } of parts) {
    if (value !== null) sums.set(key, (sums.get(key) ?? 0) + value);
  }
  let sum = 0;
  for (const value of sums.values()) sum += value;
  return { ...exactly(sum, approximate), breakdown: Object.fromEntries(sums) };
}

/** "61 projects with 940 repositories" to a question about repositories: the figure beside that word. */
function namesQuestion(text: string, figure: Figure, question: Question): boolean {
  const [word = ''] = /^\p{L}{4,}/u.exec(text.slice(figure.end).trimStart()) ?? [];
  if (word === '') return false;
  const asked = new Set([
    ...labelKey(question.id.replaceAll('_', ' ')).split(' '),
    ...labelKey(question.ask).split(' '),
  ]);
  const key = labelKey(word);
  return asked.has(key) || [...asked].some((each) => each.length >= 4 && key.startsWith(each));
}

/** Whether a text says "none" to a count ("none", "keine, also 0"). */
export function saysZero(text: string, policy: Policy): boolean {
  const figures = readFigures(text, policy);
  if (figures.length > 0) return figures.every(({ value }) => value === 0);
  return (
    isExactly(text, 'none', policy) || beginsAs(text, 'none', policy) || isWord(text, 'no', policy)
  );
}
