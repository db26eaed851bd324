/** Finds what should not stand in an issue: access tokens, private keys, passwords, e-mail addresses (`domain.md` §8.7, C41). */
import { asSeen } from './exposed/seen.ts';
import {
  type ExposedKind,
  keyColumns,
  keyThatEnds,
  type Span,
  secretAlone,
  secretsInColumns,
  spansOf,
  united,
} from './exposed/spans.ts';

export type { ExposedKind };

/** Something found. `text` is the thing itself: it is compared and hashed, and never said, shown or logged. */
export interface Exposed {
  readonly kind: ExposedKind;
  /** 1-based line of the text it stands in; 0 is the title. */
  readonly line: number;
  readonly text: string;
  /** The note it stands in; absent for title and description. */
  readonly noteId?: number;
}

const keyLine = /^[A-Za-z0-9+/=]{40,}$/u;
const lineEnd = /\r\n|\r|\n/gu;

/** Everything in `text`, in its order; linear in its length. `firstLine` is the number of its first line. */
export function findExposed(text: string, firstLine = 1): readonly Exposed[] {
  const found: Exposed[] = [];
  for (const { line, at, spans } of look(text)) {
    for (const { kind, start, end } of spans) {
      found.push({ kind, line: firstLine + at, text: line.slice(start, end) });
    }
  }
  return found;
}

/** The same text with every such thing replaced by what it is, in brackets: safe to repeat to people. */
export function maskExposed(text: string): string {
  let masked = text;
  // What is taken out may uncover a neighbour that leaned on it.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const again = maskOnce(masked);
    if (again === masked) return again;
    masked = again;
  }
  return masked;
}

/**
 * Secrets of a text, to be known again where they stand alone, without the words that gave them away:
 * in a cell, on a line of their own. Addresses are always known by their looks.
 */
export function maskKnown(text: string, exposed: readonly Exposed[]): string {
  let masked = text;
  for (const { kind, text: secret } of exposed) {
    if (kind !== 'address' && secret !== '' && masked.includes(secret)) {
      masked = masked.replaceAll(secret, `[${words[kind]}]`);
    }
  }
  return masked;
}

const MOST_ROUNDS = 10;

function maskOnce(text: string): string {
  let masked = '';
  for (const { line, spans, end } of look(text)) {
    let from = 0;
    for (const span of spans) {
      masked += `${line.slice(from, span.start)}[${words[span.kind]}]`;
      from = span.end;
    }
    const rest = line.slice(from);
    masked +=
      (spans.length === 0 && keyLine.test(rest.trim()) ? '[not repeated here]' : rest) + end;
  }
  return masked;
}

const words: Readonly<Record<ExposedKind, string>> = {
  token: 'token not repeated',
  private_key: 'private key not repeated',
  password: 'password not repeated',
  address: 'e-mail address',
};

interface Line {
  /** Counted from 0. */
  readonly at: number;
  readonly line: string;
  readonly spans: readonly Span[];
  /** The line end behind it; '' for the last. */
  readonly end: string;
}

/** Line by line, as written and as seen; "Password:" at a line's end or on top of a column speaks of what is below. */
function* look(text: string): Generator<Line> {
  let from = 0;
  let at = 0;
  let key: string | undefined;
  let head = '';
  let columns: ReadonlyMap<number, string> | undefined;
  const ends = text.matchAll(lineEnd);
  for (let last = false; !last; at += 1) {
    const next = ends.next();
    last = next.done === true;
    const stop = next.done ? text.length : next.value.index;
    const end = next.done ? '' : next.value[0];
    const line = text.slice(from, stop);
    from = stop + end.length;
    if (!line.includes('|')) columns = undefined;
    else if (/^[\s|:-]{3,}$/u.test(line)) columns = keyColumns(head);
    const spans = line.length < 6 ? [] : everySpan(line, key, columns);
    yield { at, line, spans, end };
    head = line;
    if (/[\p{L}\d]/u.test(line)) key = keyThatEnds(line);
  }
}

function everySpan(
  line: string,
  key: string | undefined,
  columns: ReadonlyMap<number, string> | undefined,
): readonly Span[] {
  const found = [...spansOf(line)];
  const alone = key === undefined ? undefined : secretAlone(line, key);
  if (alone) found.push(alone);
  if (columns && columns.size > 0) found.push(...secretsInColumns(line, columns));
  const seen = asSeen(line);
  if (seen) {
    for (const { kind, start, end } of spansOf(seen.text)) {
      found.push({ kind, start: seen.begin(start), end: seen.end(end) });
    }
  }
  return found.length < 2 ? found : united(found);
}
