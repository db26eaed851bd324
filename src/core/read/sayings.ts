/** One line that answers several questions → one line for each ("Segment / Territory: SMB / EMEA", "Tier: Free, Segment: SMB"). */
import type { Policy } from '../policy.ts';
import { readAnchor } from './anchors.ts';
import { matchLabel } from './match.ts';

const prefix = /^\s*(?:(?:[-*+•]|\d{1,3}[.)])\s+)?/u;
const pieceEnd = /([,;|]\s+|\s+(?=\*\*|__))/u;
const keyOf = /^(?:\*\*|__)?([^:：*]{1,120}?)(?:\*\*|__)?\s*[:：](?:\*\*|__)?\s*(\S.*)$/su;
const sharedKey = /^([^:：]{3,120}?)\s*(?:[:：]|\s[-–—=]\s)\s*(.*)$/su;
/** Cheaper to ask first: a second key, or two questions before one separator. */
const several = /[:：].*[:：]|[/&+].*[:：\-–—=]/su;
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
  for (let i = 0; i < pieces.length; i += 2) {
    const piece = pieces[i] ?? '';
    const field = keyField(piece, policy);
    if (i === 0 && (field === null || isProse(field, policy))) return null;
    if (field !== null) said.push(piece.trim());
    else said.push(`${said.pop() ?? ''}${pieces[i - 1] ?? ''}${piece}`);
  }
  return said;
}

function keyField(piece: string, policy: Policy): string | null {
  const label = keyOf.exec(piece.trim())?.[1];
  const match = label === undefined ? null : matchLabel(label.trim(), policy);
  return match?.exact ? match.field : null;
}

function isProse(field: string, policy: Policy): boolean {
  const type = policy.questionById.get(field)?.type;
  return type === 'text' || type === 'list';
}

/** "A / B: x / y" answers both; one answer behind two questions is read for each. */
function sharedAnswer(body: string, policy: Policy): string[] | null {
  const [, key = '', answer = ''] = sharedKey.exec(body.replace(/\*\*|__/gu, '')) ?? [];
  const labels = key.split(/\s*[/&+]\s*/u);
  if (labels.length < 2 || labels.length > 4 || matchLabel(key, policy)?.exact) return null;
  const fields = labels.map((label) => matchLabel(label, policy));
  if (!fields.every((match) => match?.exact)) return null;
  if (new Set(fields.map((match) => match?.field)).size < labels.length) return null;
  const parts = [/\s*\/\s*/u, /,\s+|\s*[;&]\s*/u]
    .map((mark) => answer.split(mark))
    .find((each) => each.length === labels.length);
  return labels.map((label, i) => `${label}: ${parts?.[i] ?? answer}`);
}
