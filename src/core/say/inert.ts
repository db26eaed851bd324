/** People's text, made safe to repeat: as code, with nothing in it that GitLab could act on. */
import { maskExposed } from '../exposed.ts';

/** CommonMark parsers as GitLab uses them ignore fences above 80 backticks; ours stay far below. */
const LONGEST_TICK_RUN = 8;

const LINE_END = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/g;
/** Format characters (zero width, bidi, soft hyphen, tags) and control characters. */
const UNSEEN = /[\p{Cf}\p{Cc}]/gu;
/** Letters and marks that draw nothing: Hangul fillers, the empty Braille cell, the grapheme joiner. */
const BLANK = /\u034f|[\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/g;
const LONE_SURROGATE = /\p{Cs}/gu;
const TICKS = /`+/g;

/** A word that is cut off is followed so far, and left out when it still goes on. */
const LONGEST_WORD = 20_000;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Only what can be seen, tabs as spaces. Expects text without line ends. */
function visible(line: string): string {
  return line
    .replaceAll('\t', ' ')
    .replace(UNSEEN, '')
    .replace(BLANK, ' ')
    .replace(LONE_SURROGATE, '\ufffd');
}

/** Our own marker and state live in HTML comments: a copy of one must not look like the original. */
function defused(line: string): string {
  return line
    .replace(/<!(?=-)/g, '< !')
    .replace(/--(?=!?>)/g, '-- ')
    .replace(TICKS, (run) => run.slice(0, LONGEST_TICK_RUN));
}

function longestTickRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(TICKS)) longest = Math.max(longest, run.length);
  return longest;
}

/** Cut to `maxLength` UTF-16 units, `…` included; a grapheme that would reach over is left out whole. */
function shortened(line: string, maxLength: number, more: boolean): string {
  if (line.length <= maxLength && !more) return line;
  const nearby = line.slice(0, maxLength + 64);
  const overlapping = graphemes.segment(nearby).containing(Math.max(0, maxLength - 1));
  return `${line.slice(0, overlapping?.index ?? line.length).trimEnd()}…`;
}

/**
 * The first part of a text, enough to fill `maxLength` unless it is mostly invisible. No word is cut: the first
 * half of a secret would not be known as one.
 */
function beginning(text: string, maxLength: number): string {
  const least = maxLength * 4 + 2000;
  let end = least;
  while (end < text.length && end < least + LONGEST_WORD && !endsWord(text[end])) end += 1;
  if (end >= text.length) return text;
  while (end > 0 && !endsWord(text[end])) end -= 1;
  return text.slice(0, end);
}

/** U+FEFF is a space to JavaScript, but is not seen and so joins what is around it. */
function endsWord(sign: string | undefined): boolean {
  return sign !== undefined && sign !== '\ufeff' && /\s/.test(sign);
}

/** Line ends become spaces, what cannot be seen goes; outer spaces stay. */
export function flat(text: string): string {
  return visible(text.replace(LINE_END, ' ')).replace(/\s+/g, ' ');
}

/**
 * People's text on one line, without invisible and control characters (terminal codes too), at most
 * `maxLength` UTF-16 units. For terminals and logs; never bare in Markdown.
 */
export function plainInline(text: string, maxLength: number): string {
  const start = beginning(text, maxLength);
  return shortened(maskExposed(flat(start).trim()), maxLength, start.length < text.length);
}

/**
 * People's text as a Markdown code span that is safe in a sentence, list item, heading or table cell:
 * no quick action, mention, reference, link, HTML or hidden marker in it is alive
 * (`gitlab-platform.md` §4). What is seen is at most `maxLength` UTF-16 units. Pipes become `¦`,
 * because parsers differ on how a table cell may hold one. Text with nothing to see gives "(empty)".
 */
export function inertInline(text: string, maxLength: number): string {
  const start = beginning(text, maxLength);
  const line = defused(maskExposed(flat(start).trim())).replaceAll('|', '¦');
  const inside = shortened(line, maxLength, start.length < text.length);
  if (inside === '') return '(empty)';
  const fence = '`'.repeat(longestTickRun(inside) + 1);
  const pad = inside.startsWith('`') || inside.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${inside}${pad}${fence}`;
}

/**
 * People's text as a fenced code block, line ends kept; stands between blank lines. Fence and text are
 * indented by two spaces, which the parser takes off again: older GitLab versions look for `/command`
 * in column 1 and do not understand fences longer than three (`gitlab-platform.md` §4).
 */
export function inertBlock(text: string): string {
  const lines = text
    .replace(LINE_END, '\n')
    .split('\n')
    .map((line) => defused(maskExposed(visible(line))).trimEnd());
  const body = lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
  const fence = '`'.repeat(Math.max(3, longestTickRun(body) + 1));
  return `  ${fence}\n${body}\n  ${fence}`;
}

/** Pieces of one line put together; two code spans that would touch get a space, or they would become one. */
export function joinPieces(pieces: readonly string[]): string {
  return pieces.reduce((line, piece) => {
    const touching = line.endsWith('`') && piece.startsWith('`');
    return touching ? `${line} ${piece}` : line + piece;
  }, '');
}
