/** One line of prose → the question it names and the answer beside it: bold keys, bullets, `Key: value` (`domain.md` §6 and §8.6). */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { matchLabel } from './match.ts';
import { plainText } from './plain.ts';

export interface KeyedLine {
  readonly field: FieldId;
  readonly label: string;
  readonly text: string;
  readonly bullet: boolean;
  readonly exact: boolean;
}

/** A list marker, with how far the text behind it is indented. */
const marker = /^(\s*)(?:[-*+•‣▪·]|\d{1,3}[.)])\s+/u;
const bold = /^(?:\*\*|__)(.{1,300}?)(?:\*\*|__)\s*(.*)$/su;
const separators = /[:：]|\s=\s|\s[-–—]\s|\?\s|\?$|\.\s/gu;
const mostSeparators = 6;
const longestKey = 240;

export function listIndent(text: string): number | null {
  const found = marker.exec(text);
  return found ? found[0].length : null;
}

export function indentOf(text: string): number {
  return /^\s*/u.exec(text)?.[0].replaceAll('\t', '    ').length ?? 0;
}

export function withoutMarker(text: string): string {
  return text.replace(marker, '').trim();
}

/** Null when the line names no question. `exact` when it does so in one of the question's own wordings. */
export function readKeyedLine(text: string, policy: Policy): KeyedLine | null {
  const bullet = marker.test(text);
  const body = withoutMarker(text);
  const strong = bold.exec(body);
  if (strong) {
    const found = readBold(strong[1] ?? '', strong[2] ?? '', policy);
    if (found) return { ...found, bullet: true };
  }
  const found = readPlain(body, bullet, policy);
  return found ? { ...found, bullet } : null;
}

type Found = Omit<KeyedLine, 'bullet'>;

/** `**Key**: value`, `**Key:** value`, `**Key** – value`, `**Key.** value`, `**Key** (more): value`. */
function readBold(key: string, rest: string, policy: Policy): Found | null {
  const label = plainText(key).replace(/[\s:：.=–—-]+$/u, '');
  const beside = /^(\([^()]{0,200}\))\s*(?=[:：=–—-])/u.exec(rest)?.[1] ?? '';
  const text = rest.slice(beside.length).replace(/^\s*(?:[:：=–—]|-(?=\s|$))\s*/u, '');
  const match =
    (beside && matchLabel(`${label} ${plainText(beside)}`, policy)) || matchLabel(label, policy);
  return match ? { field: match.field, label, text: text.trim(), exact: match.exact } : null;
}

/** The first separator behind which the words before it are a known question. */
function readPlain(body: string, bullet: boolean, policy: Policy): Found | null {
  let similar: Found | null = null;
  let tried = 0;
  for (const found of body.slice(0, longestKey + 2).matchAll(separators)) {
    if (tried++ >= mostSeparators) break;
    const at = found.index;
    const mark = found[0].trim();
    if (mark === '.' && !bullet) continue;
    const label = plainText(body.slice(0, at + (mark === '?' ? 1 : 0)));
    const match = matchLabel(label, policy);
    if (!match) continue;
    const text = body
      .slice(at + found[0].length)
      .replace(/^\s*[:：=]\s*/u, '')
      .trim();
    const result = { field: match.field, label, text, exact: match.exact };
    if (match.exact) return result;
    // A sentence that happens to sound like a question is none: only a colon makes similar words a key.
    if (mark === ':' || mark === '：') similar ??= result;
  }
  return similar;
}
