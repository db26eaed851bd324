/** Which lines Markdown makes code or raw HTML (CommonMark's block structure, by markdown-it). */
import MarkdownIt from 'markdown-it';

export type BlockKind = 'code' | 'html' | undefined;

/** Blocks only: inline markup is not needed, and leaving it out keeps hostile bodies cheap. */
const markdown = new MarkdownIt('commonmark').disable(['inline', 'text_join', 'reference']);

const codeTag = /^\s*<(?:pre|script|style|textarea|blockquote)\b/iu;
/** A quoted line, in a list too. */
const quoted = /^((?:\s|[-*+]\s|\d{1,9}[.)]\s)*)>[\s>]*(.*)$/u;
/** Without any of these no line is code or HTML: a fence, a tag, an indent of four or more. */
const special = /```|~~~|<| {4}|\t/u;
/** A list item that begins with a word. */
const item = /^ {0,3}[-*+] (?=[^\s\-*+#>`~<=_\d|])/u;
/** How a line begins that only a parser understands. */
const opening = /^[\s#>\-*+_=~`<\d]/u;

/** One entry for each line. Linear. */
export function blockKinds(lines: readonly string[]): readonly BlockKind[] {
  const kinds = new Array<BlockKind>(lines.length).fill(undefined);
  if (!lines.some((line) => special.test(line))) return kinds;
  const { kept, from } = withoutRepeats(lines);
  const found = parse(kept);
  for (const [i] of lines.entries()) kinds[i] = found[from[i] ?? 0];
  return kinds;
}

function parse(lines: readonly string[]): readonly BlockKind[] {
  const kinds = new Array<BlockKind>(lines.length).fill(undefined);
  for (const token of markdown.parse(lines.join('\n'), {})) {
    if (!token.map) continue;
    const [start, end] = token.map;
    const html = token.type === 'html_block';
    const code =
      token.type === 'fence' ||
      token.type === 'code_block' ||
      (html && codeTag.test(lines[start] ?? ''));
    if (code) kinds.fill('code', start, end);
    else if (html) kinds.fill('html', start, end);
  }
  return kinds;
}

/**
 * Of neighbouring lines that can only be the same to the parser (blank ones, words, items of one list) the
 * first: it is by far the dearest part of reading. `from` says for every line which kept one stands for it.
 */
function withoutRepeats(lines: readonly string[]): {
  readonly kept: readonly string[];
  readonly from: Uint32Array;
} {
  const kept: string[] = [];
  const from = new Uint32Array(lines.length);
  let before = '';
  for (const [i, raw] of lines.entries()) {
    const line = withoutQuotes(raw);
    const kind = repeatable(line);
    if (kind === '' || kind !== before) kept.push(line);
    before = kind;
    from[i] = kept.length - 1;
  }
  return { kept, from };
}

/** What neighbours must share to be the same to the parser; '' when nothing does. */
function repeatable(line: string): string {
  if (line.trim() === '') return 'blank';
  if (line.includes('<') || line.includes('>')) return '';
  if (!opening.test(line) || /^\*\*[^*\s]/u.test(line)) return 'words';
  return item.exec(line)?.[0] ?? (/^#{1,6} /u.test(line) ? '#' : '');
}

/** Quoted lines as plain ones: what is in a quote is read elsewhere, and nested quotes cost the parser too much. */
function withoutQuotes(line: string): string {
  const found = line.includes('>') ? quoted.exec(line) : null;
  if (!found) return line;
  const [, indent = '', said = ''] = found;
  return said === '' ? indent : `${indent}x ${said}`;
}
