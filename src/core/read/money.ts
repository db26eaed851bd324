/** "How much money": the main amount where it is beyond doubt, and which one it is asked where it is not. */
import type { ParsedValue } from '../model.ts';
import type { Policy } from '../policy.ts';
import { type Figure, joinRanges, rangeScale, readFigures } from './numbers.ts';
import { holdsWord } from './phrases.ts';
import { valueNamed, wordsIn } from './vocabulary.ts';

interface Amount extends Figure {
  readonly written: string;
  /** The ISO code in lower case; null when none is said with it. */
  readonly currency: string | null;
  /** What its own words make of it: travel and taxes are `extra`, so much a day is a `rate`. */
  readonly kinds: readonly string[];
}

const signs: Readonly<Record<string, string>> = { $: 'usd', '€': 'eur', '£': 'gbp', '¥': 'jpy' };
/** Fewer, without a currency and beside an amount that has one, are days, people, versions. */
const smallestBare = 1000;
const aYear = /^20[1-4]\d$/u;

/** A range or a figure; words without one are kept as they are. What comes on top is not part of the amount. */
export function parseMoney(plain: string, policy: Policy): ParsedValue {
  const figures = readFigures(plain, policy);
  const scale = rangeScale(plain, figures);
  const scaled = figures.map((each, at) =>
    at === 0 ? { ...each, value: each.value * scale } : each,
  );
  const amounts = amountsIn(plain, joinRanges(plain, scaled), policy);
  const [first] = amounts;
  if (!first) return { state: 'answered', value: plain };
  const mains = amounts.filter(({ kinds }) => !kinds.includes('extra') && !kinds.includes('rate'));
  const rough = /[~≈]/u.test(plain) || holdsWord(plain, 'approximate', policy);
  if (amounts.length === 1 && !first.kinds.includes('rate'))
    return oneOf(plain, first, rough, policy);
  const [main, other] = mains;
  const whole = mains.find(({ kinds }) => kinds.includes('whole'));
  if (whole ?? (main && !other)) return oneOf(plain, whole ?? main ?? first, rough, policy);
  if (!main || !other) {
    const rate = amounts.some(({ kinds }) => kinds.includes('rate'));
    return unclear(
      amounts,
      rate
        ? 'That is so much a day or hour; how much is it altogether?'
        : 'Which amount is the whole?',
    );
  }
  if (mains.length === 2 && isRange(plain, main, other, policy)) {
    return answered(main.value, main.low ?? main.value, other.value, true);
  }
  const currencies = new Set(mains.flatMap(({ currency }) => currency ?? []));
  if (currencies.size > 1)
    return unclear(mains, 'There are several currencies; which amount counts?');
  const joined = mains.every(
    (each, at) => at === 0 || isPlus(plain.slice(mains[at - 1]?.end, each.start), policy),
  );
  if (!joined) return unclear(mains, 'There are several amounts; which one is the whole?');
  const sum = (of: (each: Amount) => number): number =>
    mains.reduce((all, each) => all + of(each), 0);
  const [least, most] = [sum(({ low, value }) => low ?? value), sum(({ value }) => value)];
  return answered(least, least, most, rough || least < most);
}

function answered(value: number, min: number, max: number, rough: boolean): ParsedValue {
  return { state: 'answered', value, min, max, ...(rough ? { approximate: true } : {}) };
}

function unclear(amounts: readonly Amount[], remark: string): ParsedValue {
  return {
    state: 'ambiguous',
    value: null,
    choices: amounts.map(({ written }) => written),
    remark,
  };
}

function oneOf(plain: string, amount: Amount, rough: boolean, policy: Policy): ParsedValue {
  const { value, low, start, end } = amount;
  if (low !== undefined) return answered(low, low, value, rough);
  const words = wordsIn(plain.slice(0, start), 'number_parts', policy);
  // "48k + travel" is no "48k or more".
  const onTop = wordsIn(plain.slice(end), 'money_words', policy).includes('extra');
  const bound = onTop && amount.bound === 'least' ? null : amount.bound;
  if (bound === 'most' || words.includes('most')) {
    return { state: 'answered', value, max: value, approximate: true };
  }
  if (bound === 'least' || words.includes('least')) {
    return { state: 'answered', value, min: value, approximate: true };
  }
  return answered(value, value, value, rough);
}

function amountsIn(plain: string, figures: readonly Figure[], policy: Policy): readonly Amount[] {
  const all = figures.map((figure, at): Amount => {
    const between = plain.slice(figures[at - 1]?.end ?? 0, figure.start);
    const rest = plain.slice(figure.end, figures[at + 1]?.start);
    const before = partAt(between.replace(/^[^()]*\)/u, ''), policy, 'last');
    const inside = /^[^\d(,;\n]{0,12}\(([^()]{0,60})\)/u.exec(rest)?.[1];
    const after = inside ?? partAt(rest.split('(')[0] ?? '', policy, 'first');
    const part = wordsIn(before, 'figure_words', policy).includes('subset') ? ['extra'] : [];
    const kinds = [...wordsIn(`${before} | ${after}`, 'money_words', policy), ...part];
    const isWhole =
      /=\s*\D{0,4}$/u.test(between) ||
      wordsIn(`${before} | ${after}`, 'size_words', policy).includes('total');
    return {
      ...figure,
      written: plain.slice(figure.start, figure.end).trim(),
      currency: currencyIn(after, 'first', policy) ?? currencyIn(before, 'last', policy),
      kinds: isWhole ? [...kinds, 'whole'] : kinds,
    };
  });
  const sure = all.some(({ currency, value }) => currency !== null || value >= smallestBare);
  return all.filter(({ currency, value, kinds, written }) => {
    if (currency !== null || kinds.includes('extra') || !sure) return true;
    return value >= smallestBare && !aYear.test(written);
  });
}

/** The words that stand with a figure: up to the next comma, or word that adds something. */
function partAt(text: string, policy: Policy, which: 'first' | 'last'): string {
  const parts = [''];
  for (const word of text.split(/(?<=\s)|(?=[,;\n+&])|(?<=[,;\n+&])/u)) {
    const plain = word.replace(/[().]/gu, '').trim();
    const parted = /^[,;\n+&]/u.test(word) || valueNamed(plain, 'money_words', policy) === 'plus';
    if (parted) parts.push('');
    else parts.push((parts.pop() ?? '') + word);
  }
  return (which === 'first' ? parts[0] : parts.at(-1)) ?? '';
}

/** Of the words right beside a figure, which do not belong to another one. */
function currencyIn(text: string, which: 'first' | 'last', policy: Policy): string | null {
  const words = text.trim().split(/\s+/u);
  const near = which === 'first' ? words.slice(0, 2).join(' ') : (words.at(-1) ?? '');
  const sign = [...near].find((each) => each in signs);
  return sign === undefined
    ? (wordsIn(near, 'currencies', policy)[0] ?? null)
    : (signs[sign] ?? null);
}

/** "50k to 60k", "between 45k and 52k". */
function isRange(plain: string, low: Amount, high: Amount, policy: Policy): boolean {
  if (low.value >= high.value) return false;
  const words = wordsIn(plain.slice(low.end, high.start), 'number_parts', policy);
  const before = wordsIn(plain.slice(0, low.start), 'number_parts', policy);
  const dash = /^[^\d,;+]{0,6}[-–—][^\d,;+]{0,6}$/u.test(plain.slice(low.end, high.start));
  return dash || words.includes('to') || (words.includes('and') && before.includes('between'));
}

function isPlus(between: string, policy: Policy): boolean {
  return /\+/u.test(between) || wordsIn(between, 'money_words', policy).includes('plus');
}
