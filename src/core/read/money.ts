/**
 * "How much money": one amount, a range or a plain sum where it is beyond doubt; else the person is asked which one
 * it is. A figure that is read too low would pass the gate of large amounts in silence (`domain.md` §8.9).
 */
import type { ParsedValue } from '../model.ts';
import type { Policy } from '../policy.ts';
import { type Amount, amountsIn, apart, nearest, smallestBare } from './amounts.ts';
import { readWordFigure } from './numbers.ts';
import { holdsWord } from './phrases.ts';
import { wordsIn } from './vocabulary.ts';

/** "3 x 20k", "24 days @ 2,000": one of many, and not the whole. */
const times = /\d\s*[\p{L}-]{0,12}\s*[x×*@]\s*[^\d\s,;]{0,4}\s*\d|\p{L}\s+à\s+[^\d\s,;]{0,4}\s?\d/u;
/** A range or a figure; words without one are kept as they are. */
export function parseMoney(text: string, policy: Policy): ParsedValue {
  const plain = apart(text, policy);
  const amounts = amountsIn(plain, policy);
  const [first, ...more] = amounts;
  if (!first) return inWords(text, policy);
  const rough = /[~≈]/u.test(plain) || holdsWord(plain, 'approximate', policy);
  const [second, third] = more;
  const isMixed = new Set(amounts.flatMap(({ currency }) => currency ?? [])).size > 1;
  const rate = saysRate(plain, policy);
  if (!rate && !isMixed && second && !third && isRange(plain, first, second, policy)) {
    return answered(first.value, first.value, second.value, true);
  }
  const whole = isMixed ? null : wholeOf(plain, amounts);
  if (whole) return oneOf(plain, whole, rough, policy);
  if (rate || times.test(plain))
    return unclear(amounts, 'That is so much for each; how much is it altogether?');
  if (!second && isBare(first)) {
    return unclear(amounts, `Is that ${first.written}, or ${first.written} thousand?`);
  }
  if (!second) return oneOf(plain, first, rough, policy);
  if (isMixed) return unclear(amounts, 'There are several currencies; which amount counts?');
  const [main, other] = amounts.filter(({ beside }) => beside === null);
  const isLargest = amounts.every(({ value }) => main !== undefined && value <= main.value);
  if (main && !other && isLargest) {
    return withTop(oneOf(plain, main, rough, policy), amounts);
  }
  if (!isSum(plain, amounts, policy)) {
    return unclear(amounts, 'There are several amounts; which one is the whole?');
  }
  const [least, most] = [sum(amounts, 'low'), sum(amounts, 'value')];
  return answered(least, least, most, rough || least < most);
}

/** "Around fifty thousand"; other words, and fewer than a thousand, are kept as they are. */
function inWords(text: string, policy: Policy): ParsedValue {
  const said = readWordFigure(text, policy);
  if (!said || said.value < smallestBare) return { state: 'answered', value: text };
  return answered(
    said.value,
    said.min,
    said.max,
    said.vague || holdsWord(text, 'approximate', policy),
  );
}

function answered(value: number, min: number, max: number, rough: boolean): ParsedValue {
  return { state: 'answered', value, min, max, ...(rough ? { approximate: true } : {}) };
}

/** Travel that is named with its price may come on top, so it counts for the upper end. */
function withTop(read: ParsedValue, amounts: readonly Amount[]): ParsedValue {
  const top = sum(
    amounts.filter(({ beside }) => beside === 'top'),
    'value',
  );
  return typeof read.max === 'number' && top > 0 ? { ...read, max: read.max + top } : read;
}

/** "75", "75-80": nobody can tell whether thousands are meant. */
function isBare({ value, currency, written }: Amount): boolean {
  return currency === null && value > 0 && value < smallestBare && !/\p{L}/u.test(written);
}

function unclear(amounts: readonly Amount[], remark: string): ParsedValue {
  const choices = amounts.map(({ written }) => written);
  return { state: 'ambiguous', value: null, choices, remark };
}

function sum(amounts: readonly Amount[], of: 'low' | 'value'): number {
  return amounts.reduce((all, each) => all + (each[of] ?? each.value), 0);
}

function oneOf(plain: string, amount: Amount, rough: boolean, policy: Policy): ParsedValue {
  const { value, low, start, end, bound } = amount;
  if (low !== undefined) return answered(low, low, value, rough);
  const before = plain.slice(0, start);
  const near = before.trim().split(/\s+/u).slice(-3).join(' ');
  const words = [
    ...wordsIn(before, 'number_parts', policy),
    ...(/\d/u.test(near) ? [] : wordsIn(near, 'money_words', policy)),
    ...wordsIn(nearest(plain.slice(end)), 'money_words', policy).filter((id) => id === 'more'),
  ];
  // "48k + travel" is no "48k or more".
  const after = wordsIn(plain.slice(end), 'money_words', policy);
  const onTop = after.includes('extra') || after.includes('tax');
  if (bound === 'most' || words.includes('most')) {
    return { state: 'answered', value, max: value, approximate: true };
  }
  if ((bound === 'least' && !onTop) || words.includes('least') || words.includes('more')) {
    return { state: 'answered', value, min: value, approximate: true };
  }
  return answered(value, value, value, rough);
}

/** "20k + 28k = 48k", "48k total (28k and 20k)": the one that says so, where none is larger. */
function wholeOf(plain: string, amounts: readonly Amount[]): Amount | null {
  if (amounts.length < 2) return null;
  const equals = (text: string): boolean => /^\D{0,8}=\D{0,8}$/u.test(text);
  const [first, second] = amounts;
  const [before, last] = amounts.slice(-2);
  const said = amounts.filter(({ whole }) => whole);
  const found =
    (before && last && equals(plain.slice(before.end, last.start)) && last) ||
    (first && second && equals(plain.slice(first.end, second.start)) && first) ||
    (said.length === 1 && said[0]);
  if (!found || found.bound !== null) return null;
  return amounts.every((each) => each === found || each.value < found.value) ? found : null;
}

/** So much a day, a person, a site. */
function saysRate(plain: string, policy: Policy): boolean {
  const spelt = plain.replace(/(?<!\d\s?)\/|\/(?!\s?\d)/gu, ' per ');
  return (
    wordsIn(spelt, 'money_words', policy).includes('rate') ||
    wordsIn(spelt, 'figure_words', policy).includes('each')
  );
}

/** "50k to 60k", "between 45k and 52k". */
function isRange(plain: string, low: Amount, high: Amount, policy: Policy): boolean {
  if (low.value >= high.value) return false;
  const words = wordsIn(plain.slice(low.end, high.start), 'number_parts', policy);
  const before = wordsIn(plain.slice(0, low.start), 'number_parts', policy);
  const dash = /^[^\d,;+]{0,6}[-–—][^\d,;+]{0,6}$/u.test(plain.slice(low.end, high.start));
  return dash || words.includes('to') || (words.includes('and') && before.includes('between'));
}

/** Each is added to the one before, in so many words. */
function isSum(plain: string, amounts: readonly Amount[], policy: Policy): boolean {
  return amounts.every((each, at) => {
    const between = plain.slice(amounts[at - 1]?.end ?? each.start, each.start);
    const joint = between.split(/[,;()]/u).at(-1) ?? '';
    const said = wordsIn(joint, 'money_words', policy);
    return at === 0 || ((/\+/u.test(joint) || said.includes('plus')) && !said.includes('minus'));
  });
}
