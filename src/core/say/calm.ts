/** The policy's sentences as Markdown: plain words and `code`; nothing mentions, links or formats by accident. */
import { Recent } from '../read/memo.ts';
import { flat, inertInline, joinPieces } from './inert.ts';

/** A long code span of the policy is cut here; nobody writes one. */
const CODE_LENGTH = 400;
/** Nor does a sentence get this long. */
const LONGEST = 4000;

/** Something that GitLab would turn into a mention, a reference or a label, anywhere in a word. */
const RISKY = /@[\p{L}\p{N}_]|~\S|%[\p{L}\p{N}_"]|[#!$&]\d|\[\w+:|\*\w+:|^\/[a-z]/iu;
/** A word with the punctuation around it set apart. */
const WORD = /^([("'“‘[]*)(.*?)([)"'”’\].,;:!?]*)$/u;
const ADDRESS = /^https?:\/\/[\w./?=:-]+$/;
/** What this file writes itself is left as it is, so that a sentence may pass twice. */
const OWN_ENTITY = /&(?:amp|lt|#(?:35|36|42|43|45|46|41|62|91|92|95|124|126));/y;
const OWN_ENTITIES = new RegExp(OWN_ENTITY.source, 'g');

/** Text and code spans in turn, as CommonMark tells them apart; stray backticks stay in the text. */
export function splitCode(
  line: string,
): readonly { readonly text: string; readonly code: boolean }[] {
  const parts: { text: string; code: boolean }[] = [];
  let plain = '';
  let rest = line;
  for (let open = /`+/.exec(rest); open; open = /`+/.exec(rest)) {
    const after = open.index + open[0].length;
    const close = new RegExp(`(?<!\`)\`{${open[0].length}}(?!\`)`).exec(rest.slice(after));
    plain += rest.slice(0, close ? open.index : after);
    if (close) {
      parts.push({ text: plain, code: false });
      parts.push({ text: rest.slice(after, after + close.index), code: true });
      plain = '';
    }
    rest = rest.slice(close ? after + close.index + close[0].length : after);
  }
  return [...parts, { text: plain + rest, code: false }];
}

/**
 * One line of Markdown that reads as `text` does; code spans stay code. What comes out may go in again
 * unchanged. A defence in depth, not a way to print people's words: those are echoes (`words.ts`).
 */
export function calm(text: string): string {
  const known = calmed.get(text);
  if (known !== undefined) return known;
  const written = calmOnce(text);
  calmed.set(text, written);
  return written;
}

/** The policy's sentences are written again with every comment. */
const calmed = new Recent<string, string>(2000);

function calmOnce(text: string): string {
  const parts = splitCode(flat(text.slice(0, LONGEST)));
  return calmStart(
    joinPieces(
      parts.map(({ text, code }) => (code ? inertInline(text, CODE_LENGTH) : calmText(text))),
    ),
  );
}

/** For `<summary>` and other raw HTML: nothing but text. */
export function calmHtml(text: string): string {
  return flat(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function calmText(text: string): string {
  return text.replaceAll('`', "'").split(' ').map(calmWord).join(' ');
}

function calmWord(word: string): string {
  if (ADDRESS.test(word)) return word;
  const bare = word.replace(OWN_ENTITIES, decode);
  if (!RISKY.test(bare)) return calmCharacters(word);
  const [, before = '', middle = '', after = ''] = WORD.exec(word) ?? [];
  return `${calmCharacters(before)}${inertInline(middle, CODE_LENGTH)}${calmCharacters(after)}`;
}

/** GitLab looks for references in what the entity stands for. */
function decode(entity: string): string {
  if (entity === '&amp;') return '&';
  return entity === '&lt;' ? '<' : String.fromCharCode(Number(entity.slice(2, -1)));
}

function calmCharacters(word: string): string {
  let out = '';
  for (let at = 0; at < word.length; at += 1) {
    const char = word.charAt(at);
    OWN_ENTITY.lastIndex = at;
    const own = OWN_ENTITY.exec(word);
    if (own) {
      out += own[0];
      at += own[0].length - 1;
    } else if (char === '&') out += '&amp;';
    else if (char === '<') out += '&lt;';
    else if ('\\|$*[~'.includes(char)) out += entity(char);
    else if (char === '_' && !insideWord(word, at)) out += entity(char);
    else out += char;
  }
  return out;
}

function insideWord(word: string, at: number): boolean {
  const letter = /[\p{L}\p{N}]/u;
  return letter.test(word.charAt(at - 1)) && letter.test(word.charAt(at + 1));
}

/** The first characters must not begin a list, quote, heading or rule when the sentence begins a line. */
function calmStart(text: string): string {
  return text
    .replace(/^(\s*)([#>+-])/, (_, spaces: string, char: string) => spaces + entity(char))
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, (_, start: string, char: string) => start + entity(char));
}

function entity(char: string): string {
  return `&#${char.charCodeAt(0)};`;
}
