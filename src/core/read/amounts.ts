/** The amounts of money in a text, each with what its own words make of it. */
import type { Policy } from '../policy.ts';
import { type Figure, joinRanges, rangeScale, readFigures } from './numbers.ts';
import { valueNamed, wordsIn } from './vocabulary.ts';

export interface Amount extends Figure {
  readonly written: string;
  /** The ISO code in lower case; null when none is said with it. */
  readonly currency: string | null;
  /** Its own words say that it is no amount of its own: travel on `top`, or a `part` of another amount, or tax. */
  readonly beside: 'top' | 'part' | null;
  /** Its own words say that it is everything together. */
  readonly whole: boolean;
}

const signs: Readonly<Record<string, string>> = { $: 'usd', '€': 'eur', '£': 'gbp', '¥': 'jpy' };
/** Fewer, without a currency and beside an amount that has one, are days, people, versions. */
export const smallestBare = 1000;
const aYear = /^20[1-4]\d$/u;
/** Where the words that stand with a figure end. */
const edge = /[,;()|\n+=]|(?<!\d)\.\s/u;

/** "USD75,000", "75 TEUR", "750万円" with a space where one belongs. */
export function apart(text: string, policy: Policy): string {
  const isCurrency = (word: string): boolean =>
    word in signs || valueNamed(word, 'currencies', policy) !== null;
  return text
    .replace(/(?<!\p{L})(\p{L}{2,4})(?=\d)/gu, (word) => (isCurrency(word) ? `${word} ` : word))
    .replace(
      /(?<=\d\s?)([tkm千万])([\p{L}€$£¥]{1,4})(?!\p{L})/giu,
      (word, by: string, of: string) => {
        if (!isCurrency(of)) return word;
        return /t/iu.test(by) ? `k ${of}` : `${by} ${of}`;
      },
    );
}

/**
 * In order of appearance; `plain` as `apart` gives it. Days, people, versions and years beside an amount are none.
 */
export function amountsIn(plain: string, policy: Policy): readonly Amount[] {
  const read = readFigures(plain, policy);
  const figures = joinRanges(plain, scaled(plain, read, policy));
  const all = figures.map((figure, at): Amount => {
    const between = plain.slice(figures[at - 1]?.end ?? 0, figure.start);
    const before = between.split(edge).at(-1) ?? '';
    const after = plain.slice(figure.end, figures[at + 1]?.start).split(edge)[0] ?? '';
    // "incl. 5,000": the point of an abbreviation ends nothing.
    const nextTo =
      between
        .trim()
        .split(/\s+/u)
        .slice(-2)
        .join(' ')
        .split(/[,;()|]/u)
        .at(-1) ?? '';
    const isIn = wordsIn(`${before} | ${nextTo}`, 'figure_words', policy).includes('subset');
    const said = wordsIn(`${before} | ${nearest(after)}`, 'money_words', policy);
    // "48k without travel" and "48k including travel" are not the travel.
    const isOther =
      said.includes('minus') || wordsIn(nearest(after), 'figure_words', policy).includes('subset');
    const named = said.includes('tax') ? 'part' : said.includes('extra') ? 'top' : null;
    return {
      ...figure,
      written: plain.slice(figure.start, figure.end).trim(),
      currency: currencyIn(after, 'first', policy) ?? currencyIn(before, 'last', policy),
      beside: isIn ? 'part' : isOther ? null : named,
      whole: wordsIn(`${before} | ${after}`, 'size_words', policy).includes('total'),
    };
  });
  const sure = all.some(({ currency, value }) => currency !== null || value >= smallestBare);
  return all.filter(({ currency, value, beside, written }) => {
    if (currency !== null || beside !== null || !sure) return true;
    return value >= smallestBare && !aYear.test(written);
  });
}

/** "45 to 60k": the unit stands at the upper end, and counts for both. */
function scaled(plain: string, figures: readonly Figure[], policy: Policy): readonly Figure[] {
  const [low, high] = figures;
  if (!low || !high) return figures;
  const between = plain.slice(low.end, high.start).trim();
  const joins = ['to', 'and'].includes(valueNamed(between, 'number_parts', policy) ?? '');
  const isScaled = low.value < smallestBare && low.value * 1000 < high.value;
  const by = joins && isScaled ? 1000 : rangeScale(plain, figures);
  return [{ ...low, value: low.value * by }, ...figures.slice(1)];
}

/** The words that name a figure directly: "5k travel", "5,000 USD for flights"; not "48k services and travel". */
export function nearest(after: string): string {
  return after.trim().split(/\s+/u).slice(0, 4).join(' ');
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
