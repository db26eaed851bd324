/** "Customer: Globex GmbH, existing customer, Premium": the name ends where known facts begin, and those are read too. */
import type { Policy, Question } from '../policy.ts';
import { type Bare, bareValues } from './bare.ts';
import { matchLabel } from './match.ts';
import { plainText } from './plain.ts';
import type { Statement } from './statement.ts';

/** Longer answers are no names. */
const longestAnswer = 240;
const pieceEnd = /[,;]\s+/u;
const counted = /^[~≈]?\s?\d[\d.,']*\s+(\p{L}.*)$/u;

/** A statement on a name, cut before the first piece that answers another question; any other as it is. */
export function nameAndMore(statement: Statement, policy: Policy): readonly Statement[] {
  const { text, field, fields } = statement;
  const question = policy.questionById.get(field);
  if (!question || fields || !isName(question) || text.length > longestAnswer) return [statement];
  const pieces = plainText(text).split(pieceEnd);
  const cut = pieces.findIndex((piece, i) => i > 0 && saidBy(piece, policy).length > 0);
  if (cut < 0) return [statement];
  const { label: _, ...base } = statement;
  const more = pieces.slice(cut).flatMap((piece) => saidBy(piece, policy));
  return [
    { ...statement, text: pieces.slice(0, cut).join(', ') },
    ...more.map((each) => ({ ...base, ...each, label: each.text })),
  ];
}

/** What the title tells when no row does is a name. */
function isName({ type, impliedBy }: Question): boolean {
  return type === 'text' && impliedBy.some(({ field }) => field === 'title');
}

/** "Existing customer", "Premium", "450 seats today". */
function saidBy(piece: string, policy: Policy): readonly Bare[] {
  const text = piece.replace(/[.!]\s*$/u, '').trim();
  const known = bareValues(text, policy);
  if (known.length > 0) return known;
  const [, label = ''] = counted.exec(text) ?? [];
  const match = label === '' ? null : matchLabel(label, policy);
  if (!match?.exact || match.fields.length > 1) return [];
  const isCount = policy.questionById.get(match.field)?.type === 'count';
  return isCount ? [{ field: match.field, text }] : [];
}
