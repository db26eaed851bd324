/** An issue's or note's body → the lines that may be read, with everything else masked (`domain.md` §8.6, `rulings.md` 9). */
import { blockKinds } from './blocks.ts';
import { withoutComments } from './comments.ts';
import { joinHtmlTables } from './html-tables.ts';
import type { SourceLine } from './source-line.ts';

const quickAction = /^ {0,3}\/[a-z_]+(?:\s|$)/iu;
const tableOfContents = /^\s*\[{1,2}_?TOC_?\]{1,2}\s*$/iu;
const quote = /^[\s>]*>\s?(.*)$/u;
const silent: readonly string[] = [];
/** More blank or masked lines in a row say no more than so many. */
const mostAlike = 2;
/** A summary ends within so many lines. */
const longestSummary = 4;

/** The body's lines, whatever their ends were; odd spaces become plain ones, invisible characters go. */
export function bodyLines(body: string): string[] {
  return body
    .replace(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufdd0-\ufdef]/gu, '')
    .split('\n');
}

/** Reads a body into lines; total, and linear in its length. */
export function readLines(body: string): readonly SourceLine[] {
  const lines = bodyLines(body);
  const kinds = blockKinds(lines);
  const { texts, hints } = withoutComments(lines, kinds);
  const fences = quoteFences(texts);
  const found: SourceLine[] = [];
  let alike = 0;
  /** Lines up to this one stand in a `<summary>`. */
  let summaryEnd = -1;
  for (const [i, text] of texts.entries()) {
    const said = hints.get(i) ?? silent;
    const masked = kinds[i] === 'code' || (text === '' && said === silent && !fences.has(i));
    alike = masked ? alike + 1 : 0;
    if (alike > mostAlike) continue;
    if (i < summaryEnd && text.trim() !== '' && kinds[i] !== 'code') {
      found.push({ n: i + 1, kind: 'summary', text: text.trim(), hints: said });
      continue;
    }
    if (opensSummary(text)) summaryEnd = endOfSummary(texts, i);
    if (kinds[i] === 'code') found.push({ n: i + 1, kind: 'quote', text: '', hints: said });
    else readLine(text, i + 1, said, fences.has(i), found);
  }
  return joinHtmlTables(found);
}

function opensSummary(text: string): boolean {
  return text.includes('<') && /<summary(?:\s[^<>]{0,200})?>(?!.*<\/summary)/isu.test(text);
}

/** The line with `</summary>`, when it stands close below; -1 when it does not. */
function endOfSummary(texts: readonly string[], from: number): number {
  for (let at = from + 1; at <= from + longestSummary && at < texts.length; at++) {
    if (/<\/summary/iu.test(texts[at] ?? '')) return at;
  }
  return -1;
}

function readLine(
  text: string,
  n: number,
  hints: readonly string[],
  fenced: boolean,
  found: SourceLine[],
): void {
  const quotes = text.includes('>') ? quote.exec(text) : null;
  if (quotes || fenced) {
    found.push({ n, kind: 'quote', text: quotes?.[1] ?? text, hints });
  } else if (
    (text.includes('/') && quickAction.test(text)) ||
    (text.includes('[') && tableOfContents.test(text))
  ) {
    found.push({ n, kind: 'quote', text: '', hints });
  } else if (text.includes('<') && /<\/?(?:details|summary)/iu.test(text)) {
    readDetails(text, n, hints, found);
  } else {
    found.push({ n, kind: text.trim() === '' ? 'blank' : 'text', text, hints });
  }
}

/** Lines between two lines of `>>>`, GitLab's fence for quotes; an unpaired one fences nothing. */
export function quoteFences(texts: readonly string[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let start = -1;
  for (const [i, text] of texts.entries()) {
    if (!text.includes('>>>') || text.trim() !== '>>>') continue;
    if (start < 0) {
      start = i;
      continue;
    }
    for (let at = start; at < i; at++) inside.add(at);
    start = -1;
  }
  return inside;
}

/** `<details>` is transparent; its `<summary>` may name what follows, up to `</details>`. */
function readDetails(text: string, n: number, hints: readonly string[], found: SourceLine[]): void {
  const before = found.length;
  let inSummary = false;
  for (const piece of text.split(/(<\/?(?:details|summary)(?:\s[^<>]{0,200})?>)/iu)) {
    if (/^<summary/iu.test(piece)) inSummary = true;
    else if (/^<\/summary/iu.test(piece)) inSummary = false;
    else if (/^<\/details/iu.test(piece)) found.push({ n, kind: 'end', text: '', hints });
    else if (piece.trim() !== '' && !/^<details/iu.test(piece)) {
      found.push({ n, kind: inSummary ? 'summary' : 'text', text: piece.trim(), hints });
    }
  }
  if (found.length === before) found.push({ n, kind: 'blank', text: '', hints });
}
