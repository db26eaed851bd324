/** An issue's or note's body → the lines that may be read, with everything else masked (`domain.md` §8.6, `rulings.md` 9). */
import MarkdownIt from 'markdown-it';
import { codeSpans } from './code-spans.ts';
import { plainText } from './plain.ts';

/** One readable line. */
export interface SourceLine {
  /** 1-based line in the body. */
  readonly n: number;
  readonly kind: 'text' | 'blank' | 'quote' | 'summary' | 'end' | 'table';
  readonly text: string;
  /** What hidden comments on this line said: an answer equal to a hint is none. */
  readonly hints: readonly string[];
  /** Of kind `table`: the rows of an HTML table. */
  readonly rows?: readonly (readonly string[])[];
}

/** Blocks only: inline markup is not needed, and leaving it out keeps hostile bodies cheap. */
const markdown = new MarkdownIt('commonmark').disable(['inline', 'text_join', 'reference']);

const codeTag = /^\s*<(?:pre|script|style|textarea|blockquote)\b/iu;
const quickAction = /^ {0,3}\/[a-z_]+(?:\s|$)/iu;
const tableOfContents = /^\s*\[{1,2}_?TOC_?\]{1,2}\s*$/iu;

/** The body's lines, whatever their ends were; odd spaces become plain ones, invisible characters go. */
export function bodyLines(body: string): string[] {
  return body
    .replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/gu, '')
    .split('\n');
}

/** A quoted line, in a list too. */
const quoted = /^((?:\s|[-*+]\s|\d{1,9}[.)]\s)*)>[\s>]*(.*)$/u;

/** Quoted lines as plain ones: what is in a quote is read elsewhere, and nested quotes cost the parser too much. */
function withoutQuotes(line: string): string {
  const found = line.includes('>') ? quoted.exec(line) : null;
  if (!found) return line;
  const [, indent = '', said = ''] = found;
  return said === '' ? indent : `${indent}x ${said}`;
}

/** Which lines Markdown makes code, and which raw HTML. */
export function blockKinds(lines: readonly string[]): ('code' | 'html' | undefined)[] {
  const kinds = new Array<'code' | 'html' | undefined>(lines.length).fill(undefined);
  for (const token of markdown.parse(lines.map(withoutQuotes).join('\n'), {})) {
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

/** Reads a body into lines; total, and linear in its length. */
export function readLines(body: string): SourceLine[] {
  const lines = bodyLines(body);
  const kinds = blockKinds(lines);
  const { texts, hints } = withoutComments(lines, kinds);
  const found: SourceLine[] = [];
  const fences = quoteFences(texts);
  for (const [i, text] of texts.entries()) {
    const line = { n: i + 1, hints: hints[i] ?? [] };
    if (kinds[i] === 'code') {
      found.push({ ...line, kind: 'quote', text: '' });
      continue;
    }
    const quote = text.includes('>') ? /^[\s>]*>\s?(.*)$/u.exec(text) : null;
    if (quote || fences.has(i)) {
      found.push({ ...line, kind: 'quote', text: quote?.[1] ?? text });
    } else if (quickAction.test(text) || tableOfContents.test(text)) {
      found.push({ ...line, kind: 'quote', text: '' });
    } else {
      found.push(...readHtml(text, line));
    }
  }
  return joinHtmlTables(found);
}

/** Lines between two lines of `>>>`, GitLab's fence for quotes; an unpaired one fences nothing. */
export function quoteFences(texts: readonly string[]): Set<number> {
  const marks = texts.flatMap((text, i) => (text.trim() === '>>>' ? [i] : []));
  const inside = new Set<number>();
  for (let pair = 0; pair + 1 < marks.length; pair += 2) {
    for (let i = marks[pair] ?? 0; i < (marks[pair + 1] ?? 0); i++) inside.add(i);
  }
  return inside;
}

/** Drops HTML comments and struck-out text outside of code; remembers what the comments said. */
function withoutComments(
  lines: readonly string[],
  kinds: readonly ('code' | 'html' | undefined)[],
): { texts: string[]; hints: string[][] } {
  const texts: string[] = [];
  const hints: string[][] = [];
  let comment: { said: string[]; at: number } | null = null;
  const spans = spansByLine(lines, kinds);
  const lastEnd = lines.findLastIndex((line) => line.includes('-->'));
  for (const [i, line] of lines.entries()) {
    hints.push([]);
    if (kinds[i] === 'code') {
      comment = null;
      texts.push(line);
      continue;
    }
    let text = '';
    let from = 0;
    while (from <= line.length) {
      if (comment) {
        const end = line.indexOf('-->', from);
        comment.said.push(line.slice(from, end < 0 ? undefined : end));
        if (end < 0) break;
        hints[comment.at]?.push(comment.said.join('\n'));
        comment = null;
        from = end + 3;
      }
      const start = indexOutside(line, '<!--', from, spans.get(i));
      const opens = start >= 0 && (i <= lastEnd || line.slice(0, start).trim() === '');
      text += line.slice(from, opens ? start : undefined);
      if (!opens) break;
      comment = { said: [], at: i };
      from = start + 4;
    }
    texts.push(withoutStruck(text));
  }
  return { texts, hints };
}

function spansByLine(
  lines: readonly string[],
  kinds: readonly ('code' | 'html' | undefined)[],
): Map<number, readonly (readonly [number, number])[]> {
  const spans = new Map<number, readonly (readonly [number, number])[]>();
  for (const [i, line] of lines.entries()) {
    if (!kinds[i] && line.includes('`') && line.includes('<!--')) spans.set(i, codeSpans(line));
  }
  return spans;
}

function indexOutside(
  line: string,
  wanted: string,
  from: number,
  spans: readonly (readonly [number, number])[] | undefined,
): number {
  let at = line.indexOf(wanted, from);
  for (const [start, end] of spans ?? []) {
    if (at < 0 || at < start) return at;
    if (at < end) at = line.indexOf(wanted, end);
  }
  return at;
}

/** `~~old~~`, `<del>` and `<s>` are no longer said. */
function withoutStruck(line: string): string {
  const tagged = line.includes('<') && /<(?:del|s|strike)>/iu.test(line);
  if (!tagged && !line.includes('~~')) return line;
  const pieces = line.split('~~');
  const even =
    pieces.length % 2 === 1 ? pieces : [...pieces.slice(0, -2), pieces.slice(-2).join('~~')];
  return even
    .filter((_, i) => i % 2 === 0)
    .join('')
    .replace(/<(del|s|strike)>[^<]{0,2000}<\/\1>/giu, '');
}

/** `<details>` is transparent; its `<summary>` may name what follows, up to `</details>`. */
function readHtml(text: string, line: { n: number; hints: readonly string[] }): SourceLine[] {
  if (!text.includes('<') || !/<\/?(?:details|summary)/iu.test(text)) {
    return [{ ...line, kind: text.trim() === '' ? 'blank' : 'text', text }];
  }
  const found: SourceLine[] = [];
  let inSummary = false;
  for (const piece of text.split(/(<\/?(?:details|summary)(?:\s[^<>]{0,200})?>)/iu)) {
    if (/^<summary/iu.test(piece)) inSummary = true;
    else if (/^<\/summary/iu.test(piece)) inSummary = false;
    else if (/^<\/details/iu.test(piece)) found.push({ ...line, kind: 'end', text: '' });
    else if (piece.trim() !== '' && !/^<details/iu.test(piece)) {
      found.push({ ...line, kind: inSummary ? 'summary' : 'text', text: piece.trim() });
    }
  }
  return found.length > 0 ? found : [{ ...line, kind: 'blank', text: '' }];
}

/** The lines from `<table>` to `</table>` become one line with rows. */
function joinHtmlTables(lines: readonly SourceLine[]): SourceLine[] {
  const found: SourceLine[] = [];
  let open: { first: SourceLine; html: string[] } | null = null;
  const last = lines.findLastIndex((line) => /<\/table>/iu.test(line.text));
  for (const [i, line] of lines.entries()) {
    if (!open && i <= last && line.kind === 'text' && /<table[\s>]/iu.test(line.text)) {
      open = { first: line, html: [] };
    }
    if (!open) {
      found.push(line);
      continue;
    }
    open.html.push(line.text);
    if (/<\/table>/iu.test(line.text)) {
      found.push({
        ...open.first,
        kind: 'table',
        text: '',
        rows: readHtmlRows(open.html.join('\n')),
      });
      open = null;
    }
  }
  return found;
}

function readHtmlRows(html: string): string[][] {
  return html
    .split(/<tr(?:\s[^<>]{0,500})?>/iu)
    .slice(1)
    .map((row) =>
      row
        .split(/<t[dh](?:\s[^<>]{0,500})?>/iu)
        .slice(1)
        .map((cell) => plainText(cell.split(/<\/(?:td|th|tr|table)>/iu)[0] ?? '')),
    );
}
