/** "How large": bytes in decimal units (`interfaces.md` §4), and amounts of money. */
import type { ParsedValue } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readFigures, readNumber } from './numbers.ts';
import { holdsWord } from './phrases.ts';
import { valueNamed, wordsIn } from './vocabulary.ts';

interface Size {
  readonly bytes: number;
  readonly start: number;
  readonly end: number;
}

/** "Go" and "To" are French; "100 to 200" is not. */
const written =
  /(\d+(?:[.,'’ ]\d+)*)\s?([kmgtpKMGTP])(?:([iI])?[bB](?![a-zA-Z])|(?<!t)o(?![a-zA-Z])|(?:ilo|ega|iga|era|eta)(?:[bB]yte|octet)s?|(?:ig|eg)s?(?![a-zA-Z]))/gu;
const bareUnit = /(\d+(?:[.,]\d+)?)\s?([gtp])(?![a-z\d])/giu;
const powers = new Map([
  ['k', 1],
  ['m', 2],
  ['g', 3],
  ['t', 4],
  ['p', 5],
]);

/** `text` is plain. A number without a unit is `ambiguous`, no number at all is `invalid`. */
export function parseSize(text: string, policy: Policy): ParsedValue {
  const plain = text.slice(0, 4000).replace(/(?<![\d.,])\.(?=\d)/gu, '0.');
  const sizes = readSizes(plain);
  const approximate = /[~≈]/u.test(plain) || holdsWord(plain, 'approximate', policy);
  const first = sizes[0];
  if (!first) return withoutUnit(plain, policy);
  const parts = readParts(plain, sizes, policy);
  if (parts) {
    let sum = 0;
    for (const bytes of parts.values()) sum += bytes;
    return { ...answered(sum, approximate), breakdown: Object.fromEntries(parts) };
  }
  const second = sizes[1];
  if (
    second &&
    second.bytes > first.bytes &&
    isTo(plain.slice(first.end, second.start), policy, plain.slice(0, first.start))
  ) {
    return {
      state: 'answered',
      value: second.bytes,
      min: first.bytes,
      max: second.bytes,
      approximate: true,
    };
  }
  const lower = /(\d+(?:[.,]\d+)?)(\s?[-–]\s?|\s\p{L}{1,5}\s)$/u.exec(plain.slice(0, first.start));
  if (lower?.[1] && isTo(lower[2] ?? '', policy, plain.slice(0, lower.index))) {
    const [, , unit = ''] =
      /(\d[\d.,' ]*)\s?([a-z]+)/iu.exec(plain.slice(first.start, first.end)) ?? [];
    const min = readSizes(`${lower[1]} ${unit}`)[0]?.bytes ?? first.bytes;
    if (min < first.bytes) {
      return { state: 'answered', value: first.bytes, min, max: first.bytes, approximate: true };
    }
  }
  const total = totalOf(plain, sizes, policy);
  const before = plain.slice(Math.max(0, total.start - 3), total.start);
  if (/[<≤]=?\s*$/u.test(before))
    return { state: 'answered', value: total.bytes, max: total.bytes, approximate: true };
  if (/[>≥]=?\s*$/u.test(before) || /^\s?\+(?!\s*\d)/u.test(plain.slice(total.end, total.end + 4)))
    return { state: 'answered', value: total.bytes, min: total.bytes, approximate: true };
  return answered(total.bytes, approximate);
}

/** What stands between the ends of a range, `before` which "between" may stand. */
function isTo(between: string, policy: Policy, before = ''): boolean {
  if (/^\s*[-–—]\s*$/u.test(between)) return true;
  const word = valueNamed(between, 'number_parts', policy);
  return (
    word === 'to' || (word === 'and' && wordsIn(before, 'number_parts', policy).includes('between'))
  );
}

/** Sizes with a unit, in order. GiB and the like are powers of 1,024. */
export function readSizes(text: string): Size[] {
  const found = [...text.matchAll(written)];
  const matches = found.length > 0 ? found : [...text.matchAll(bareUnit)];
  return matches.slice(0, 60).map((match) => {
    const power = powers.get((match[2] ?? '').toLowerCase()) ?? 0;
    const base = match[3] ? 1024 : 1000;
    const number = readAmount(match[1] ?? '', power);
    return {
      bytes: Math.round(number * base ** power),
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}

/** "2.125 TB" are two terabytes and a bit; "1.500 GB" are fifteen hundred gigabytes. */
function readAmount(digits: string, power: number): number {
  if (power >= 4 && /^\d{1,2}[.,]\d{3}$/u.test(digits)) return Number(digits.replace(',', '.'));
  return readNumber(digits);
}

/** The figure that is called the total, else the first that is not called the largest. */
function totalOf(text: string, sizes: readonly Size[], policy: Policy): Size {
  const told = sizes.map((size, i) => {
    const previous = sizes[i - 1];
    const before =
      text
        .slice(previous ? previous.end : 0, size.start)
        .split(/[,;\n(]/u)
        .at(-1) ?? '';
    const after = text.slice(size.end, sizes[i + 1]?.start).split(/[,;\n(]/u)[0] ?? '';
    return { size, words: wordsIn(`${before} | ${after}`, 'size_words', policy) };
  });
  const total = told.find(({ words }) => words.includes('total'));
  const plain = told.find(({ words }) => !words.includes('largest'));
  return (total ?? plain ?? told[0])?.size ?? { bytes: 0, start: 0, end: 0 };
}

/** "BB 120 GB, GL = 40 GB": bytes by system, when every size has one. */
function readParts(
  text: string,
  sizes: readonly Size[],
  policy: Policy,
): Map<string, number> | null {
  if (sizes.length < 2) return null;
  const parts = new Map<string, number>();
  for (const [i, size] of sizes.entries()) {
    const previous = sizes[i - 1];
    const before = text.slice(previous ? previous.end : 0, size.start);
    const label = (before.split(/[,;\n&/]/u).at(-1) ?? '').replace(/[:=~≈()]/gu, ' ').trim();
    const id = label === '' ? null : valueNamed(label, 'scm', policy);
    if (id === null) return null;
    parts.set(id, (parts.get(id) ?? 0) + size.bytes);
  }
  return parts;
}

function withoutUnit(text: string, policy: Policy): ParsedValue {
  const [figure] = readFigures(text, policy);
  if (!figure) {
    return {
      state: 'unanswered',
      value: null,
      invalid: true,
      remark: 'I need a size here, for example 40 GB.',
    };
  }
  if (figure.value === 0) return answered(0, false);
  const number = text.slice(figure.start, figure.end).trim();
  return {
    state: 'ambiguous',
    value: null,
    choices: [`${number} MB`, `${number} GB`, `${number} TB`],
    remark: `${number} of what: MB, GB or TB?`,
  };
}

function answered(bytes: number, approximate: boolean): ParsedValue {
  return {
    state: 'answered',
    value: bytes,
    min: bytes,
    max: bytes,
    ...(approximate ? { approximate: true } : {}),
  };
}
