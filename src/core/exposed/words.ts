/** Whether a word that stands behind "password" or "token" is one, or only a word about it. */

const trailing = new Set('.,;:)]}*_\'"`');
const trailingAndMarks = new Set([...trailing, '!', '?']);
/** Nobody writes a longer one without saying what it is. */
const longest = 100;

/** Without the punctuation of the sentence around it. */
export function trimmed(word: string): string {
  return without(word, trailing);
}

function without(word: string, marks: ReadonlySet<string>): string {
  let end = word.length;
  while (end > 0 && marks.has(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

/** Behind "password:" stands a secret, unless it is an ordinary word ("Password: managed by Okta"). */
export function isPassword(word: string): boolean {
  if (word.length < 6 || isNoSecret(word) || !/\p{L}/u.test(word)) return false;
  return /\d/u.test(word) || /[^\p{L}\d./_-]/u.test(word);
}

/** Behind "token:": long, and letters and digits mixed. */
export function isToken(word: string): boolean {
  if (word.length < 16 || isNoSecret(word) || !/^[\w+/=.~-]+$/u.test(word)) return false;
  return /[A-Za-z]/u.test(word) && /\d/u.test(word);
}

/**
 * Where no colon says that a secret follows, it must look like nothing else: letters and digits with a sign
 * (`Winter2026!xq`), mixed several times (`xq7Zp2Lm`), or a capitalised word with a year (`Winter2026`).
 * Names of standards and versions (OAuth2.0, ISO27001, SHA-256) do not.
 */
export function looksLikePassword(word: string): boolean {
  if (word.length < 8 || word.length > longest || isNoSecret(word)) return false;
  if (/^\S{1,64}@[\w-]{1,63}\.\p{L}/u.test(word) || /^[/.#&?]/u.test(word)) return false;
  const bare = without(word, trailingAndMarks);
  if (!/\p{L}/u.test(bare) || !/\d/u.test(bare)) return false;
  if (/[!#$%^&+=?~§€@]/u.test(bare)) return !/[?&]\w{1,20}=/u.test(bare);
  if (/^\p{Lu}\p{Ll}{2,20}\d{3,8}$/u.test(bare)) return true;
  if (/^\p{Lu}\p{Ll}{2,20}\d{2,8}$/u.test(bare)) return word.length > bare.length;
  return /^[\w.-]+$/u.test(bare) && !/[.-]/u.test(bare) && mixes(bare) >= 3;
}

/** The same for a token without a colon. */
export function looksLikeToken(word: string): boolean {
  if (word.length < 20 || word.length > longest) return false;
  return /^[\w+/=]+$/u.test(word) && !isNoSecret(word) && mixes(word) >= 4;
}

/** How often a figure follows a letter, or the other way round. */
function mixes(word: string): number {
  let count = 0;
  let before = '';
  for (const character of word) {
    const kind = character >= '0' && character <= '9' ? 'figure' : 'letter';
    if (before !== '' && kind !== before) count += 1;
    before = kind;
  }
  return count;
}

function isNoSecret(word: string): boolean {
  return isPlaceholder(word) || /^(?:https?:|@|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$)/u.test(word);
}

/** Stands where a secret was, or says where one is to be put. */
export function isPlaceholder(word: string): boolean {
  return /^(?:[*x•.…_-]+|[<[{(].*|\$.*|(?:your|the|my)[_-].*|(?:redacted|hidden|masked|example|changeme).*)$/iu.test(
    word,
  );
}
