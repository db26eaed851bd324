/** Takes off what surrounds the words of a pasted mail: headers, "On Monday Anna wrote:", signatures, disclaimers. */
import type { Policy } from '../policy.ts';
import { hasPipe } from './cells.ts';
import { fold } from './fold.ts';
import { listIndent, readKeyedLine } from './keyed-line.ts';
import { perObject } from './memo.ts';
import type { SourceLine } from './source-line.ts';
import { valueNamed, wordsIn } from './vocabulary.ts';

type Part = 'begin' | 'off';

/** "Best regards, Anna" is no longer. */
const longestClosing = 48;
/** A longer line is prose again, no name, title or address. */
const longestOfSignature = 80;
const mostOfSignature = 10;
/** With a full stop behind it, more words are a sentence. */
const mostWordsOfName = 4;
const leastOfDisclaimer = 12;
const longestHeader = 300;

const parted = /^\s*(?:-{2,}|_{3,})\s*[^\s\-_|][^|]*[^\s\-_|]\s*(?:-{2,}|_{3,})\s*$/u;
const signatureMark = /^\s*--\s*$/u;
const header = /^\s*(?:\*\*|__|\*)?(\p{L}[\p{L} .-]{0,20}?)(?:\*\*|__|\*)?\s?[:：]/u;
const contact = /@\p{L}|\bwww\.|https?:|\+\d|\(\d+\)|(?:\d[\s./-]?){7}/u;
const stamp = /@|\d{1,2}:\d{2}|\d{4}/u;

const headersOf = perObject(
  (policy: Policy): ReadonlySet<string> => new Set(policy.words.mailHeaders.map(fold)),
);

/** How closings begin: cheaper to ask first. */
const closingStarts = perObject((policy: Policy): ReadonlySet<string> => {
  const values = policy.vocabularies.get('mail_words')?.values ?? [];
  const closings = values.filter(({ id }) => id === 'closing');
  return new Set(
    closings.flatMap(({ title, also }) =>
      [title, ...also].map((each) => fold(each).split(' ', 1)[0] ?? ''),
    ),
  );
});

/** Each mail's beginning ends what was being answered; all other lines taken off are blank. Linear. */
export function withoutMails(lines: readonly SourceLine[], policy: Policy): readonly SourceLine[] {
  const parts = new Map<number, Part>();
  for (let at = 0; at < lines.length; ) {
    const length =
      markBegin(lines, at, parts, policy) ||
      markSignature(lines, at, parts, policy) ||
      markDisclaimer(lines, at, parts, policy);
    at += length || 1;
  }
  if (parts.size === 0) return lines;
  return lines.map((line, i) => {
    const part = parts.get(i);
    if (part === undefined || line.kind !== 'text') return line;
    return { ...line, kind: part === 'begin' ? 'end' : 'blank', text: '' };
  });
}

/** How many lines of `parts` were marked from `at` on; 0 when no mail begins there. */
function markBegin(
  lines: readonly SourceLine[],
  at: number,
  parts: Map<number, Part>,
  policy: Policy,
): number {
  const length = beginLength(lines, at, policy);
  for (let i = 0; i < length; i++) parts.set(at + i, i === 0 ? 'begin' : 'off');
  return length;
}

function beginLength(lines: readonly SourceLine[], at: number, policy: Policy): number {
  const text = textAt(lines, at);
  if (text === '') return 0;
  if (parted.test(text)) return 1;
  const next = textAt(lines, at + 1);
  if (tellsWriter(text, policy)) return stamp.test(text) ? 1 : 0;
  if (stamp.test(text) && next.length < longestClosing && tellsWriter(next, policy)) return 2;
  let length = 0;
  let sender = false;
  let stamped = false;
  for (; ; length++) {
    const line = textAt(lines, at + length);
    const key = line.length < longestHeader ? header.exec(line)?.[1] : undefined;
    if (key === undefined || !headersOf(policy).has(fold(key))) break;
    sender ||= valueNamed(key, 'mail_words', policy) === 'sender';
    stamped ||= stamp.test(line);
  }
  return sender && length >= 2 && (stamped || length >= 3) ? length : 0;
}

/** "On Mon, 2 Nov 2026 Anna wrote:". */
function tellsWriter(text: string, policy: Policy): boolean {
  if (text.length > longestHeader || !/[:：]\s*$/u.test(text)) return false;
  return wordsIn(text, 'mail_words', policy).includes('wrote');
}

/** From "Best regards" or "--" on: names, titles, addresses, up to the next question or prose. */
function markSignature(
  lines: readonly SourceLine[],
  at: number,
  parts: Map<number, Part>,
  policy: Policy,
): number {
  const text = textAt(lines, at);
  if (!signatureMark.test(text) && !isClosing(text, policy)) return 0;
  parts.set(at, 'off');
  let named = false;
  let length = 1;
  for (let marked = 0; marked < mostOfSignature; length++) {
    const line = lines[at + length];
    if (line?.kind === 'blank') continue;
    if (line?.kind !== 'text' || !belongs(lines, at + length, policy)) break;
    const apart = named && lines[at + length - 1]?.kind === 'blank';
    if (apart && !contact.test(line.text)) break;
    parts.set(at + length, 'off');
    named = true;
    marked++;
  }
  return length;
}

function isClosing(text: string, policy: Policy): boolean {
  if (text === '' || text.length > longestClosing || !/^\s*\p{L}/u.test(text)) return false;
  const first = fold(text).split(' ', 1)[0] ?? '';
  if (!closingStarts(policy).has(first)) return false;
  const [said = '', name = ''] = text.split(/[,!.]\s*/u, 2);
  return valueNamed(said, 'mail_words', policy) === 'closing' && !/\s\S+\s/u.test(name.trim());
}

function belongs(lines: readonly SourceLine[], at: number, policy: Policy): boolean {
  const text = textAt(lines, at);
  if (text.length > longestOfSignature || /^\s*(?:#|-{3,}|\|)/u.test(text)) return false;
  if (/[.?!]\s*$/u.test(text) && text.trim().split(/\s+/u).length > mostWordsOfName) return false;
  if (listIndent(text) !== null || beginLength(lines, at, policy) > 0) return false;
  return (hasPipe(text) && contact.test(text)) || !readKeyedLine(text, policy)?.exact;
}

function markDisclaimer(
  lines: readonly SourceLine[],
  at: number,
  parts: Map<number, Part>,
  policy: Policy,
): number {
  const text = textAt(lines, at);
  if (text.length < leastOfDisclaimer || hasPipe(text)) return 0;
  if (!wordsIn(text, 'mail_words', policy).includes('disclaimer')) return 0;
  if (readKeyedLine(text, policy)?.exact) return 0;
  let length = 0;
  do parts.set(at + length++, 'off');
  while (textAt(lines, at + length) !== '' && belongs(lines, at + length, policy));
  return length;
}

function textAt(lines: readonly SourceLine[], at: number): string {
  const line = lines[at];
  return line?.kind === 'text' ? line.text : '';
}
