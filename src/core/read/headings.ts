/** Which lines are headings: `#`, a bold line of its own, or underlined (`domain.md` §8.6, point 4). */
import { findAnchor, hasAnchor, withoutAnchors } from './anchors.ts';
import { listIndent } from './keyed-line.ts';
import { BOLD_LEVEL } from './outline.ts';
import { plainText } from './plain.ts';
import type { SourceLine } from './source-line.ts';

export interface Heading {
  /** Plain, with its anchor when it has one. */
  readonly title: string;
  /** 1 is the highest. */
  readonly level: number;
}

const atx = /^\s{0,3}(#{1,6})\s*(.*?)\s*#*\s*$/u;
const boldLine = /^\s*(?:\*\*|__)([^*_]{2,200})(?:\*\*|__)\s*[:：]?\s*$/u;
/** How such lines begin: cheaper to ask first. */
const marking = /^\s*[#*_]/u;
const underlining = /^\s{0,3}(=+|-{3,})\s*$/u;

/** Null when the line is no heading. An anchor may stand on the line or, alone, on the next one. */
export function headingOf(line: SourceLine, next: SourceLine | undefined): Heading | null {
  if (line.kind !== 'text') return null;
  const text = withoutAnchors(line.text);
  const found = readMarked(text) ?? readUnderlined(text, next);
  if (!found) return null;
  const anchor =
    anchorOf(line.text) || (next && isAnchorAlone(next.text) ? anchorOf(next.text) : '');
  return { title: plainText(found.title) + anchor, level: found.level };
}

function readMarked(text: string): Heading | null {
  if (!marking.test(text)) return null;
  const [, marks, title] = atx.exec(text) ?? [];
  if (marks !== undefined && title !== undefined) return { title, level: marks.length };
  const strong = boldLine.exec(text)?.[1];
  return strong === undefined ? null : { title: strong, level: BOLD_LEVEL };
}

function readUnderlined(text: string, next: SourceLine | undefined): Heading | null {
  if (next?.kind !== 'text') return null;
  const marks = underlining.exec(next.text)?.[1];
  if (marks === undefined || text.trim() === '' || listIndent(text) !== null) return null;
  return { title: text, level: marks.startsWith('=') ? 1 : 2 };
}

function anchorOf(text: string): string {
  const found = findAnchor(text);
  return found ? text.slice(...found) : '';
}

/** A line that holds an anchor and nothing else. */
export function isAnchorAlone(text: string): boolean {
  return hasAnchor(text) && withoutAnchors(text).trim() === '';
}
