/** One line of prose → the question it names and the answer beside it: bold keys, bullets, `Key: value` (`domain.md` §6 and §8.6). */
import type { Policy, Question } from '../policy.ts';
import { findAnchor, hasAnchor, readAnchor, withoutAnchors } from './anchors.ts';
import { nameOf } from './gist.ts';
import { type LabelMatch, matchLoosely } from './match.ts';
import { matchFitting } from './perhaps.ts';
import { plainText } from './plain.ts';

export interface KeyedLine extends LabelMatch {
  readonly label: string;
  readonly text: string;
  readonly bullet: boolean;
}

/** A list marker, with how far the text behind it is indented. */
const marker = /^(\s*)(?:[-*+•‣▪·]|\d{1,3}[.)])\s+/u;
/** Bold or slanted words in front. */
const bold = /^(\*\*|__|[*_](?=[^\s*_]))(.{1,300}?)\1\s*(.*)$/su;
const separators = /[:：]|\s=\s|\s?(?:->|→|⇒)\s?|\s(?:[-–—]|--)\s|\?\s|\?$|\.\s/gu;
/** Cheaper to ask first: most lines hold none of these. */
const separating = /[:：=–—→⇒?.]| -|->/u;
const leadingSeparator = /^\s*(?:[:：=–—→⇒]|->|--?(?=\s|$))\s*/u;
const mostSeparators = 6;
const longestKey = 240;

/** Most lines begin with a letter: cheaper to see than that no marker fits. */
const letter = /^[A-Za-z]/;

export function listIndent(text: string): number | null {
  const found = letter.test(text) ? null : marker.exec(text);
  return found ? found[0].length : null;
}

export function indentOf(text: string): number {
  if (letter.test(text)) return 0;
  return /^\s*/u.exec(text)?.[0].replaceAll('\t', '    ').length ?? 0;
}

export function withoutMarker(text: string): string {
  return letter.test(text) ? text.trim() : text.replace(marker, '').trim();
}

/** Null when the line names no question. `exact` when it does so in one of the question's own wordings. */
export function readKeyedLine(text: string, policy: Policy): KeyedLine | null {
  if (hasAnchor(text)) {
    return readAnchored(text, policy) ?? readKeyedLine(withoutAnchors(text), policy);
  }
  const bullet = listIndent(text) !== null;
  const body = withoutMarker(text);
  const strong = body.startsWith('*') || body.startsWith('_') ? bold.exec(body) : null;
  if (strong) {
    const found = readBold(strong[2] ?? '', strong[3] ?? '', policy);
    if (found) return found;
  }
  return readPlain(body, bullet, policy);
}

/** Whatever the words are: the key is bold, or ends at its separator, or where the anchor stands. */
function readAnchored(line: string, policy: Policy): KeyedLine | null {
  const field = readAnchor(line, policy);
  if (field === null) return null;
  const body = withoutMarker(line);
  const [start, end] = findAnchor(body) ?? [0, 0];
  const match = { field, fields: [field], exact: true };
  const strong = bold.exec(withoutAnchors(body));
  if (strong) {
    const text = (strong[3] ?? '').replace(leadingSeparator, '').trim();
    return keyedAs(match, bareKey(strong[2] ?? ''), text, true);
  }
  const before = body.slice(0, start);
  const parted = /[:：]\s+(?=\S)/u.exec(before);
  const key = parted ? before.slice(0, parted.index) : before;
  const beside = parted ? before.slice(parted.index + parted[0].length) : '';
  const behind = withoutAnchors(body.slice(end)).replace(leadingSeparator, '');
  return keyedAs(match, bareKey(key), `${beside} ${behind}`.trim(), marker.test(line));
}

function bareKey(key: string): string {
  return plainText(key).replace(/[\s:：.=–—→⇒>-]+$/u, '');
}

/** `**Key**: value`, `**Key:** value`, `**Key** – value`, `**Key.** value`, `**Key** (more): value`. */
function readBold(key: string, rest: string, policy: Policy): KeyedLine | null {
  const label = bareKey(key);
  const beside = /^(\([^()]{0,200}\))\s*(?=[:：=–—-])/u.exec(rest)?.[1] ?? '';
  const text = rest.slice(beside.length).replace(leadingSeparator, '').trim();
  const match =
    (beside && matchLoosely(`${label} ${plainText(beside)}`, policy)) ||
    matchKey(label, text, policy);
  return match ? keyedAs(match, label, text, true) : null;
}

const handleBehind = /^(?:\*\*|__)?([^@:：=]{1,60}?)(?:\*\*|__)?\s+(`?@[\p{L}\p{N}_].*)$/su;
/** A count or size alone: in a list "Total size 44 GB" is an answer, in prose it is none. */
const figureAlone = /^\d[\d.,' ]*(?:k|[KMGT]i?B)?\.?$/u;
const numberBehind = /^([^\d:：=]{1,40}?)\s+(\d.*)$/su;

/** "SA @anna", "AE is @ben", "stage 3": a role with its handle, a numbered value with its number. */
export function readUnparted(body: string, bullet: boolean, policy: Policy): KeyedLine | null {
  const handle = body.includes('@') ? handleBehind.exec(body) : null;
  const [, before = '', text = ''] = handle ?? numberBehind.exec(body) ?? [];
  if (text === '') return null;
  const label = nameOf(plainText(before), policy.words);
  const match = matchLoosely(label, policy);
  const question = match?.exact ? policy.questionById.get(match.field) : undefined;
  const fits = handle
    ? question?.type === 'user'
    : isNumbered(question, text, policy) || (bullet && isFigure(question, text));
  return match && fits ? keyedAs(match, label, text, bullet) : null;
}

function isNumbered(question: Question | undefined, text: string, policy: Policy): boolean {
  const numeric = policy.vocabularies.get(question?.vocabulary ?? '')?.numeric ?? false;
  return numeric && /^\d{1,2}(?![\d.,]*\d)/u.test(text);
}

function isFigure(question: Question | undefined, text: string): boolean {
  return (question?.type === 'count' || question?.type === 'size') && figureAlone.test(text.trim());
}

/** The first separator behind which the words before it are a known question. */
function readPlain(body: string, bullet: boolean, policy: Policy): KeyedLine | null {
  const role = readUnparted(body, bullet, policy);
  if (role) return role;
  if (!separating.test(body)) return null;
  const head = body.length > longestKey + 2 ? body.slice(0, longestKey + 2) : body;
  let similar: KeyedLine | null = null;
  separators.lastIndex = 0;
  for (let tried = 0; tried < mostSeparators; tried++) {
    const found = separators.exec(head);
    if (!found) break;
    const at = found.index;
    const mark = found[0].trim();
    if (mark === '.' && !bullet) continue;
    const label = plainText(body.slice(0, at + (mark === '?' ? 1 : 0)));
    const text = body
      .slice(at + found[0].length)
      .replace(leadingSeparator, '')
      .trim();
    const match = matchKey(label, text, policy);
    if (!match) continue;
    const result = keyedAs(match, label, text, bullet);
    if (match.exact) return result;
    // A sentence that happens to sound like a question is none: only a colon or arrow makes similar words a key.
    if (/^(?:[:：→⇒]|->)$/u.test(mark)) similar ??= result;
  }
  return similar;
}

/** A question's own words, else words that the answer fits, else similar ones. */
function matchKey(label: string, text: string, policy: Policy): LabelMatch | null {
  const match = matchLoosely(label, policy);
  return match?.exact ? match : (matchFitting(label, text, policy) ?? match);
}

function keyedAs(match: LabelMatch, label: string, text: string, bullet: boolean): KeyedLine {
  return { ...match, label, text: withoutStray(text), bullet };
}

/** "(growth, stage 4-Proposal)" is cut into its sayings: the last one keeps no bracket that it did not open. */
function withoutStray(text: string): string {
  if (!text.endsWith(')') || text.includes('(')) return text;
  return text.slice(0, -1).trimEnd();
}
