/** Words that mean a question only when the answer beside them fits it: "Plan: Premium" (`perhaps` in the policy). */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { parseAnswer } from './answer.ts';
import { type LabelMatch, labelKey } from './match.ts';
import { perObject } from './memo.ts';

/** Longer answers are prose. */
const mostCharacters = 300;
/** Whether words fit does not hang on the day they were written. */
const someDay = '2026-01-01';

const wordingsOf = perObject((policy: Policy): ReadonlyMap<string, readonly FieldId[]> => {
  const found = new Map<string, FieldId[]>();
  for (const { id, perhaps = [] } of policy.questions) {
    for (const key of new Set(perhaps.map(labelKey))) {
      found.set(key, [...(found.get(key) ?? []), id]);
    }
  }
  return found;
});

/** The first question that the words may mean and the answer's words certainly answer; else null. */
export function matchFitting(label: string, text: string, policy: Policy): LabelMatch | null {
  if (text === '' || text.length > mostCharacters) return null;
  const fields = wordingsOf(policy).get(labelKey(label)) ?? [];
  const field = fields.find((each) => fits(each, text, policy));
  return field === undefined ? null : { field, fields: [field], exact: true };
}

function fits(field: FieldId, text: string, policy: Policy): boolean {
  const question = policy.questionById.get(field);
  if (!question) return false;
  const { state, invalid } = parseAnswer(text, question, policy, someDay);
  return !invalid && (state === 'answered' || state === 'partial');
}
