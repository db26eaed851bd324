/**
 * "How large": bytes in decimal units (`interfaces.md` §4), and amounts of money.
 * Long, because all ways to write a size are weighed against one another.
 */
import type { ParsedValue } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readFigures, readNumber, readWordFigure } from './numbers.ts';
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
  const approximate = /[~≈±]/u.test(plain) || holdsWord(plain, 'approximate', policy);
  const first = sizes[0];
  if (!first) return inWords(plain, policy) ?? withoutUnit(plain, policy);
  const parts = readParts(plain, sizes, policy);
  if (parts) {
    let sum = 0;
    for (const bytes of parts.values()) sum += bytes;
    return { ...answered(sum, approximate), breakdown: Object.fromEntries(parts) };
  }
  const together = readSum(plain, sizes) ?? readProduct(plain, sizes, policy);
  if (together !== null) return answered(together, approximate);
  const range = readRange(plain, sizes, policy);
  if (range) return range;
  const { size: total, largest } = totalOf(plain, sizes, policy);
  if (largest) {
    return {
      ...answered(total.bytes, approximate),
      state: 'partial',
      remark: 'That is the largest one; how much is it altogether?',
    };
  }
  const words = wordsIn(
    plain.slice(Math.max(0, total.start - 30), total.start),
    'number_parts',
    policy,
  );
  const before = plain.slice(Math.max(0, total.start - 3), total.start);
  if (/[<≤]=?\s*$/u.test(before) || words.includes('most'))
    return { state: 'answered', value: total.bytes, max: total.bytes, approximate: true };
  const more = /^\s?\+(?!\s*[\d/])/u.test(plain.slice(total.end, total.end + 4));
  if (/[>≥]=?\s*$/u.test(before) || more || words.includes('least'))
    return { state: 'answered', value: total.bytes, min: total.bytes, approximate: true };
  return answered(total.bytes, approximate);
}

/** "100-200 GB", "100 GB to 1 TB". */
function readRange(plain: string, sizes: readonly Size[], policy: Policy): ParsedValue | null {
  const [first, second] = sizes;
  if (!first) return null;
  const head = plain.slice(0, first.start);
  if (
    second &&
    second.bytes > first.bytes &&
    isTo(plain.slice(first.end, second.start), policy, head)
  ) {
    return ranged(first.bytes, second.bytes);
  }
  const lower = /(\d+(?:[.,]\d+)?)(\s?[-–]\s?|\s\p{L}{1,5}\s)$/u.exec(head);
  if (!lower?.[1] || !isTo(lower[2] ?? '', policy, plain.slice(0, lower.index))) return null;
  const [, , unit = ''] =
    /(\d[\d.,' ]*)\s?([a-z]+)/iu.exec(plain.slice(first.start, first.end)) ?? [];
  const min = readSizes(`${lower[1]} ${unit}`)[0]?.bytes ?? first.bytes;
  return min < first.bytes ? ranged(min, first.bytes) : null;
}

/** A range over more than this says too little to plan with (`domain.md` §8.5). */
const widestRange = 3;

function ranged(min: number, max: number): ParsedValue {
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

/** "120 GB + 40 GB", "120 + 40 GB", "100 GB git + 50 GB LFS". */
function readSum(plain: string, sizes: readonly Size[]): number | null {
  const [first] = sizes;
  if (!first) return null;
  const lead = /(\d+(?:[.,]\d+)?)\s*\+\s*$/u.exec(plain.slice(0, first.start));
  if (sizes.length === 1) {
    const [, unit = ''] = /([a-z]+)$/iu.exec(plain.slice(first.start, first.end)) ?? [];
    const added = lead?.[1] ? readSizes(`${lead[1]} ${unit}`)[0]?.bytes : undefined;
    return added === undefined ? null : first.bytes + added;
  }
  let sum = 0;
  for (const [i, size] of sizes.entries()) {
    const previous = sizes[i - 1];
    const between = previous ? plain.slice(previous.end, size.start) : '+';
    if (!/^(?:\s+[^\s+,;:=]+){0,3}\s*\+\s*$/u.test(between)) return null;
    sum += size.bytes;
  }
  return sum;
}

/** "500 repos x 100 MB", "150 GB each, 3 instances". */
function readProduct(plain: string, sizes: readonly Size[], policy: Policy): number | null {
  const [size, ...more] = sizes;
  if (!size || more.length > 0) return null;
  const others = readFigures(plain, policy).filter(
    ({ start }) => start < size.start || start >= size.end,
  );
  const [count] = others;
  if (!count || others.length > 1) return null;
  const [left, right] = count.start < size.start ? [count, size] : [size, count];
  const times = /^\s*(?:\p{L}+\s+)?[x×*✕]\s*$/iu.test(plain.slice(left.end, right.start));
  const tail = plain.slice(size.end).split(/[,;\n(]/u)[0] ?? '';
  const each = wordsIn(tail, 'figure_words', policy).includes('each');
  return times || each ? size.bytes * count.value : null;
}

/** "A few GB", "half a TB". */
function inWords(plain: string, policy: Policy): ParsedValue | null {
  const unit = /(?<![\p{L}\d])([kmgtp])(?:i?b|o|iga|era)(?:bytes?|octets?)?(?![\p{L}\d])/iu.exec(
    plain,
  );
  const power = powers.get(unit?.[1]?.toLowerCase() ?? '');
  if (!unit || power === undefined) return null;
  const head = plain.slice(0, unit.index);
  const bytesOf = 1000 ** power;
  if (wordsIn(head, 'figure_words', policy).at(-1) === 'half') return answered(bytesOf / 2, true);
  const figure = readWordFigure(head, policy);
  if (!figure) return null;
  return figure.vague
    ? { ...ranged(figure.min * bytesOf, figure.max * bytesOf), value: figure.value * bytesOf }
    : answered(figure.value * bytesOf, holdsWord(plain, 'approximate', policy));
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
function totalOf(
  text: string,
  sizes: readonly Size[],
  policy: Policy,
): { size: Size; largest: boolean } {
  const told = sizes.map((size, i) => {
    const previous = sizes[i - 1];
    const before = (
      text
        .slice(previous ? previous.end : 0, size.start)
        .split(/[,;\n(]/u)
        .at(-1) ?? ''
    )
      // "12 GB (largest), 150 GB": what is in parentheses belongs to the size before.
      .replace(/^[^)]*\)/u, '');
    const rest = text.slice(size.end, sizes[i + 1]?.start);
    const after = /^\s?\(([^)]{0,60})\)/u.exec(rest)?.[1] ?? rest.split(/[,;\n(]/u)[0] ?? '';
    return { size, words: wordsIn(`${before} | ${after}`, 'size_words', policy) };
  });
  const total = told.find(({ words }) => words.includes('total'));
  const plain = told.find(({ words }) => !words.includes('largest'));
  const [best] = [total ?? plain ?? told[0]];
  return {
    size: best?.size ?? { bytes: 0, start: 0, end: 0 },
    largest: !total && !plain && !told.some(({ words }) => words.includes('average')),
  };
}

/** "BB 120 GB, GL = 40 GB": bytes by system, when every size has one. */
function readParts(
  text: string,
  sizes: readonly Size[],
  policy: Policy,
): Map<string, number> | null {
  if (sizes.length < 2) return null;
  return partsBefore(text, sizes, policy) ?? partsAfter(text, sizes, policy);
}

function partsBefore(
  text: string,
  sizes: readonly Size[],
  policy: Policy,
): Map<string, number> | null {
  const parts = new Map<string, number>();
  for (const [i, size] of sizes.entries()) {
    const previous = sizes[i - 1];
    const before = text.slice(previous ? previous.end : 0, size.start);
    const words = before.split(/[,;\n/]|(?<!\p{L})&|&(?!\p{L})/u).at(-1) ?? '';
    const label = words.replace(/[:=~≈()]/gu, ' ').trim();
    const id = label === '' ? null : partName(label, /[:=]\s*[~≈]?\s*$/u.test(words), policy);
    if (id === null) return null;
    parts.set(id, (parts.get(id) ?? 0) + size.bytes);
  }
  return parts;
}

const longestName = 30;

/** A system, or a place that is called by its name ("Plant = 90 GB"); kinds of data are parts of one size. */
function partName(label: string, explicit: boolean, policy: Policy): string | null {
  const system = valueNamed(label, 'scm', policy);
  if (system !== null) return system;
  const name = label.length <= longestName && (explicit || /^\p{Lu}\S*$/u.test(label));
  const helps = ['size_words', 'number_parts', 'figure_words'] as const;
  const other = helps.some((each) => wordsIn(label, each, policy).length > 0);
  return name && !other ? label.toLowerCase() : null;
}

/** "120 GB (BB) + 40 GB (GL)", "120 GB BB, 40 GB GL". */
function partsAfter(
  text: string,
  sizes: readonly Size[],
  policy: Policy,
): Map<string, number> | null {
  const parts = new Map<string, number>();
  for (const [i, size] of sizes.entries()) {
    const after = text.slice(size.end, sizes[i + 1]?.start);
    const label = (after.split(/[,;\n&/+]/u)[0] ?? '').replace(/[()]/gu, ' ').trim();
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
