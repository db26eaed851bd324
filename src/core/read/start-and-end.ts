/** "Timeline: start in March, live before June": one row about two days gives each question its own. */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readDate } from './date.ts';
import { plainText } from './plain.ts';
import type { Statement } from './statement.ts';
import { helpersIn, valueNamed, wordsOf } from './vocabulary.ts';

/** Longer answers tell stories. */
const longestAnswer = 400;
/** Whether words are a date does not hang on the day they were written. */
const someDay = '2026-01-01';
const clauseEnd = /[,;\n]\s*|\.(?=\s|$)\s*|\s[–—-]\s|\s(?:and|und|et|y|then)\s/u;

type End = 'start' | 'end';

/**
 * A statement whose words ask for the first day as well as the last (`asked_for`): each of its clauses with a
 * date goes where its own words send it; a span of two days answers both. Any other is left as it is.
 */
export function startAndEnd(statement: Statement, policy: Policy): readonly Statement[] {
  const { fields = [], text } = statement;
  if (fields.length < 2 || text === '' || text.length > longestAnswer) return [statement];
  const start = fields.find((field) => endOf(field, policy) === 'start');
  const end = fields.find((field) => endOf(field, policy) === 'end');
  if (start === undefined || end === undefined) return [statement];
  const plain = plainText(text);
  const { fields: _, loose: _loose, ...base } = statement;
  const said = clausesOf(plain, policy);
  if (said === null) return [statement];
  if (said.length === 0) {
    return isSpan(plain, policy) ? [start, end].map((field) => ({ ...base, field })) : [statement];
  }
  return said.map(({ which, clause }) => ({
    ...base,
    field: which === 'start' ? start : end,
    text: clause,
  }));
}

function endOf(field: FieldId, policy: Policy): string | null {
  return valueNamed(field.replaceAll('_', ' '), 'asked_for', policy);
}

/** Clauses that name their end of the work and a date; null when one names both. */
function clausesOf(
  plain: string,
  policy: Policy,
): readonly { readonly which: End; readonly clause: string }[] | null {
  const said: { which: End; clause: string }[] = [];
  for (const clause of plain.split(clauseEnd)) {
    const named = new Set(helpersIn(wordsOf(clause), 'start_or_end', policy).map(({ id }) => id));
    if (named.size === 0 || readDate(clause, policy, someDay).state !== 'answered') continue;
    if (named.size > 1) return null;
    said.push({ which: named.has('start') ? 'start' : 'end', clause: clause.trim() });
  }
  return said;
}

/** "2027-02-01 to 2027-05-28", not a quarter and not a month. */
function isSpan(plain: string, policy: Policy): boolean {
  const { state, min, max, approximate } = readDate(plain, policy, someDay);
  return (
    state === 'answered' && min !== undefined && max !== undefined && min < max && !approximate
  );
}
