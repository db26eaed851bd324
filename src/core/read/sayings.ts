/** One line that answers several questions → one line for each ("Segment / Territory: SMB / EMEA", "Tier: Free, Segment: SMB"). */
import type { Policy } from '../policy.ts';
import { readAnchor } from './anchors.ts';
import { bareStatements } from './bare.ts';
import { readUnparted } from './keyed-line.ts';
import { type LabelMatch, matchLabel } from './match.ts';
import { askedBy, type Statement } from './statement.ts';

const prefix = /^\s*(?:(?:[-*+•]|\d{1,3}[.)])\s+)?/u;
const pieceEnd =
  /(\s*[,;|·•]\s+|\s+[/–—]\s+|\.\s+(?=\p{Lu})|(?<=@[\p{L}\p{N}_.-]{2,40})\s+(?=\p{Lu}[\p{L} ]{0,30}\s?[:：=])|\s+(?=\*\*|__))/u;
const keyOf =
  /^(?:\*\*|__)?([^:：*=?]{1,120}?)(?:\*\*|__)?\s*(?:[:：]|\?\s|\s=\s)(?:\*\*|__)?\s*(\S.*)$/su;
const sharedKey = /^([^:：]{3,120}?)\s*(?:[:：]|\s[-–—=]\s)\s*(.*)$/su;
/** Cheaper to ask first: a key and more behind it, or two questions before one separator. */
const several = /[:：=@].*[:：=@]|[:：?]\s.*(?:[,;|]|\.\s)|[/&+].*[:：\-–—=]/su;
const longestLine = 600;
const mostPieces = 24;

/** Null when the line is about one question at most. */
export function splitSayings(text: string, policy: Policy): readonly string[] | null {
  if (readAnchor(text, policy) !== null) return null;
  if (text.length > longestLine || !several.test(text)) return null;
  const start = prefix.exec(text)?.[0] ?? '';
  const body = text.slice(start.length);
  const said = severalKeys(body, policy) ?? sharedAnswer(body, policy);
  return said && said.length > 1 ? said.map((each) => `${start}${each}`) : null;
}

/** Each piece that begins with a question's own words starts a new answer; prose is never cut. */
function severalKeys(body: string, policy: Policy): string[] | null {
  if (!pieceEnd.test(body)) return null;
  const pieces = body.split(pieceEnd);
  if (pieces.length < 3 || pieces.length > mostPieces * 2) return null;
  const said: string[] = [];
  let keys = 0;
  let last: string | null = null;
  for (let i = 0; i < pieces.length; i += 2) {
    const piece = pieces[i] ?? '';
    const field: string | null = keyField(piece, policy) ?? bareField(piece, last, policy);
    last = field ?? last;
    // A bar parts even prose.
    const bar = pieces[i + 1]?.includes('|') ?? false;
    if (i === 0 && field !== null && !bar && isProse(field, policy)) return null;
    if (field !== null || i === 0) said.push(piece.trim());
    if (field !== null) keys += 1;
    if (field !== null || i === 0) continue;
    said.push(`${said.pop() ?? ''}${pieces[i - 1] ?? ''}${piece}`);
  }
  // What stands before the first key is a saying of its own when several keys follow.
  return keys < 2 && !beginsWithKey(pieces[0] ?? '', policy) ? null : said;
}

function keyField(piece: string, policy: Policy): string | null {
  const role = readUnparted(piece.trim(), false, policy);
  if (role) return role.field;
  const match = keyMatch(piece, policy);
  return match?.exact ? match.field : null;
}

function keyMatch(piece: string, policy: Policy): LabelMatch | null {
  const label = keyOf.exec(piece.trim())?.[1];
  return label === undefined ? null : matchLabel(label.trim(), policy);
}

/** The first piece may also be worded in another way. */
function beginsWithKey(piece: string, policy: Policy): boolean {
  const match = keyMatch(piece, policy);
  if (match) return true;
  return keyField(piece, policy) !== null;
}

/** A statement that needs no key, behind the answer to another question. */
function bareField(piece: string, last: string | null, policy: Policy): string | null {
  if (last === null || isProse(last, policy)) return null;
  const [said, ...more] = bareStatements(piece, policy);
  return said && more.length === 0 && said.field !== last ? said.field : null;
}

function isProse(field: string, policy: Policy): boolean {
  const type = policy.questionById.get(field)?.type;
  return type === 'text' || type === 'list';
}

const between = /\s*(?:[/&+]|→|->)\s*/u;

/** "Users today / planned" says "Users today" and "Users planned". */
function labelsOf(key: string, policy: Policy): readonly string[] {
  const [first = '', ...others] = key.split(between);
  const head = first.trim().split(/\s+/u).slice(0, -1).join(' ');
  if (head === '') return [first, ...others];
  return [
    first,
    ...others.map((label) => {
      const whole = `${head} ${label}`;
      const alone = matchLabel(label, policy)?.exact;
      return !alone && matchLabel(whole, policy)?.exact ? whole : label;
    }),
  ];
}

/** "CSM / AE": several questions before one answer; null when the words are not all questions of their own. */
export function sharedLabels(key: string, policy: Policy): readonly LabelMatch[] | null {
  const labels = labelsOf(key, policy);
  if (labels.length < 2 || labels.length > 4 || matchLabel(key, policy)?.exact) return null;
  const fields = labels.flatMap((label) => matchLabel(label, policy) ?? []);
  if (fields.length < labels.length || !fields.every(({ exact }) => exact)) return null;
  return new Set(fields.map(({ field }) => field)).size < labels.length ? null : fields;
}

/** What stands beside or below such words, one statement for each question; others as they are. */
export function shareOut(statement: Statement, policy: Policy): readonly Statement[] {
  const { label, text, line, kind } = statement;
  const shared = between.test(label) ? sharedLabels(label, policy) : null;
  const said = shared ? sharedAnswer(`${label}: ${text}`, policy) : null;
  if (!shared || !said) return [statement];
  return shared.map((match, i) => {
    const [key = '', ...answer] = (said[i] ?? '').split(': ');
    return { ...statement, ...askedBy(match, key || label, kind, line), text: answer.join(': ') };
  });
}

/** "A / B: x / y" answers both; one answer behind two questions is read for each. */
function sharedAnswer(body: string, policy: Policy): string[] | null {
  const [, key = '', answer = ''] = sharedKey.exec(body.replace(/\*\*|__/gu, '')) ?? [];
  if (!sharedLabels(key, policy)) return null;
  const labels = labelsOf(key, policy);
  const parts = [/\s*\/\s*/u, /,\s+|\s*[;&]\s*/u]
    .map((mark) => answer.split(mark))
    .find((each) => each.length === labels.length);
  return labels.map((label, i) => `${label}: ${parts?.[i] ?? answer}`);
}
