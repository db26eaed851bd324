/** Text as it is compared: without case, accents, punctuation, invisible characters and spacing. */

/** A word of a text; `brk` says that punctuation stands between it and the word before. */
export interface Word {
  readonly text: string;
  readonly brk: boolean;
  /** Nothing but an opening parenthesis stands there. */
  readonly opens: boolean;
}

/** Letters and digits, dots inside or before them (`gitlab.com`, `.com`, `n.a`), and single symbols such as ✅. */
const wordPattern = /(?<![.\p{L}\p{N}])\.?[\p{L}\p{N}]+(?:\.[\p{L}\p{N}]+)*|[\p{L}\p{N}]+|\p{So}/gu;
/** The same for text in plain ASCII, which is most of it and much faster so. */
const asciiPattern = /(?<![.a-z0-9])\.?[a-z0-9]+(?:\.[a-z0-9]+)*|[a-z0-9]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is meant, control characters and all
const ascii = /^[\u0000-\u007f]*$/;
const breakPattern = /[,;:()[\]!?|–—=\n]|\s-\s|\.\s|→|>/u;

/** Bounds the work on one piece of text: nothing that people answer in one field is longer. */
const mostCharacters = 4000;

function normalise(text: string): string {
  const piece = text.length > mostCharacters ? text.slice(0, mostCharacters) : text;
  if (ascii.test(piece)) return piece.replace(/['`]/g, '').toLowerCase();
  return piece
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]+/gu, '')
    .replace(/['’‘ʼ`´]/gu, '')
    .toLowerCase()
    .replace(/ß/gu, 'ss');
}

/** The words of a text in the form in which they are compared. */
export function words(text: string): Word[] {
  const plain = normalise(text);
  const found: Word[] = [];
  let end = 0;
  for (const match of plain.matchAll(wordPattern)) {
    const gap = plain.slice(end, match.index);
    const brk = found.length > 0 && breakPattern.test(gap) && !isRatio(plain, gap, match.index);
    found.push({ text: match[0], brk, opens: gap.trim() === '(' });
    end = match.index + match[0].length;
  }
  return found;
}

/** "1:1": the colon between two digits parts nothing. */
function isRatio(text: string, gap: string, at: number): boolean {
  return gap === ':' && /^\d:\d$/u.test(text.slice(at - 2, at + 1));
}

/** The words of a text, joined by single spaces; '' when there is no letter, digit or symbol in it. */
export function fold(text: string): string {
  const plain = normalise(text);
  return plain.match(ascii.test(plain) ? asciiPattern : wordPattern)?.join(' ') ?? '';
}

/** Scripts that put no space between words: there a phrase may begin and end anywhere. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const wordCharacter = /[\p{L}\p{N}]/u;

/** Where `phrase` (folded) stands in `text` (folded) as whole words, from `from`; -1 when it does not. */
export function indexOfPhrase(text: string, phrase: string, from = 0): number {
  if (phrase === '') return -1;
  for (let at = text.indexOf(phrase, from); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + phrase.length);
    if (isEdge(before, phrase.charAt(0)) && isEdge(phrase.at(-1) ?? '', after)) return at;
  }
  return -1;
}

export function startsWithPhrase(text: string, phrase: string): boolean {
  return (
    phrase !== '' &&
    text.startsWith(phrase) &&
    isEdge(phrase.at(-1) ?? '', text.charAt(phrase.length))
  );
}

/** Whether a word may end between these two characters. */
function isEdge(left: string, right: string): boolean {
  if (!wordCharacter.test(left) || !wordCharacter.test(right)) return true;
  return unspaced.test(left) || unspaced.test(right);
}
