/** `mentions(text, wordings)` in conditions: whether a text says something, and does not deny it in the same breath. */

/** The policy's lists that tell a denial; absent ones know no word. */
type Lists = ReadonlyMap<string, readonly string[]>;

/** So many words may stand between a denial and what it denies. */
const mostBetween = 4;
/** "No VPN, proxy or air gap": the denial of a list stands further off. */
const mostInList = 10;

/** Lower case, without accents, with plain quotes and spaces: how texts and wordings are compared. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’‘ʼ`´]/gu, "'")
    .replace(/[‐‑‒]/gu, '-')
    .replace(/[^\S\n]+/gu, ' ')
    .toLowerCase();
}

const bounded = (source: string): string => `(?<![a-z0-9])(?:${source})(?![a-z0-9])`;
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}'/+-]+/gu) ?? [];

/** A wording as a regular expression of whole words. Throws `SyntaxError` when it is none. */
export function wordingPattern(wording: string): RegExp {
  return new RegExp(bounded(wording.normalize('NFKD').replace(/\p{M}+/gu, '')), 'gu');
}

/** Wordings are regular expressions on small letters without accents, bounded by whole words. */
export function mentionsBy(lists: Lists): (text: string, wordings: Iterable<string>) => boolean {
  const known = new Map<string, RegExp>();
  const patternOf = (wording: string): RegExp => {
    const pattern = known.get(wording) ?? wordingPattern(wording);
    known.set(wording, pattern);
    return pattern;
  };
  const isDenied = denialsBy(lists);
  return (text, wordings) => {
    const said = plain(text);
    for (const wording of wordings) {
      for (const match of said.matchAll(patternOf(wording))) {
        if (!isDenied(said, match.index, match.index + match[0].length)) return true;
      }
    }
    return false;
  };
}

/** Whether what stands from `start` to `end` is denied. */
function denialsBy(lists: Lists): (said: string, start: number, end: number) => boolean {
  const anyOf = (list: string): string => {
    const wordings = (lists.get(list) ?? []).map((one) =>
      plain(one).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    );
    // No word at all: nothing matches.
    return wordings.length === 0 ? '[^\\s\\S]' : bounded(wordings.join('|'));
  };
  const before = new RegExp(anyOf('denial_before'), 'gu');
  const behind = new RegExp(anyOf('denial_behind'), 'u');
  const stops = new Set((lists.get('denial_stops') ?? []).map(plain));
  const alternative = new RegExp(anyOf('denial_or'), 'u');
  const followedByOne = new RegExp(`^\\s*,?\\s*${anyOf('denial_or')}`, 'u');
  const marked = new RegExp(
    `^["')\\s]*[?:=(–—-]+\\s*(?:${anyOf('denial_answers')}\\s*(?=[.,;!)\\n]|$)|${anyOf('denial_behind')})`,
    'u',
  );
  const reaches = (gap: string, most: number): boolean => {
    const words = wordsOf(gap);
    return words.length <= most && !words.some((word) => stops.has(word));
  };
  const deniedBy = (text: string, most: number): boolean => {
    const last = [...text.matchAll(before)].at(-1);
    return last !== undefined && reaches(text.slice(last.index + last[0].length), most);
  };
  return (said, start, end) => {
    const sentence =
      said
        .slice(0, start)
        .split(/[.!?](?=\s)|[;\n]/u)
        .at(-1) ?? '';
    const clause = sentence.split(/[,:()–—]|\s-\s/u).at(-1) ?? '';
    if (deniedBy(clause, mostBetween)) return true;
    const rest = said.slice(end);
    const isListed = alternative.test(clause) || followedByOne.test(rest);
    if (isListed && deniedBy(sentence, mostInList)) return true;
    if (marked.test(rest)) return true;
    const tail = rest.split(/[.!?](?=\s|$)|[;\n,:()–—]|\s-\s/u)[0] ?? '';
    const found = behind.exec(tail);
    if (!found || !reaches(tail.slice(0, found.index), mostBetween)) return false;
    const [next = ''] = wordsOf(tail.slice(found.index + found[0].length));
    return !stops.has(next);
  };
}
