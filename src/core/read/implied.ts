/** One fact may answer several questions; the others show it as implied (`rulings.md` 1). */
import type { Answer, FieldId } from '../model.ts';
import type { ImpliedBy, Policy, Question, Scope } from '../policy.ts';
import { parseAnswer } from './answer.ts';
import { readTitle } from './title.ts';

const tellsNothing = new Set([
  'unanswered',
  'ambiguous',
  'unknown',
  'deferred',
  'reference',
  'contradictory',
]);

/**
 * What other answers or the title say to this question; null when they say nothing certain.
 * `scope` decides implications that hold only under a condition.
 */
export function readImplied(
  question: Question,
  answers: ReadonlyMap<FieldId, Answer>,
  title: string,
  scope: Scope,
  policy: Policy,
  anchor: string,
): Answer | null {
  for (const implied of question.impliedBy) {
    if (implied.when && implied.when.evaluate(scope).is !== true) continue;
    const answer = readOne(question, implied, answers, title, policy, anchor);
    if (answer) return answer;
  }
  return null;
}

function readOne(
  question: Question,
  { field, part, words }: ImpliedBy,
  answers: ReadonlyMap<FieldId, Answer>,
  title: string,
  policy: Policy,
  anchor: string,
): Answer | null {
  if (field === 'title') return fromTitle(question, title, policy, anchor);
  const source = answers.get(field);
  if (!source || tellsNothing.has(source.state) || source.where?.kind === 'implied') return null;
  const { note } = source.where ?? {};
  const where = { kind: 'implied', from: field, ...(note ? { note } : {}) } as const;
  if (part !== 'all') {
    const value = source[part];
    if (value === undefined) return null;
    return { field: question.id, state: 'answered', value, raw: source.raw, where };
  }
  if (source.raw === '') return null;
  const parsed = parseAnswer(words ?? source.raw, question, policy, anchor);
  if (parsed.invalid || tellsNothing.has(parsed.state) || parsed.state === 'not_applicable')
    return null;
  return { ...parsed, field: question.id, raw: source.raw, where };
}

function fromTitle(
  question: Question,
  title: string,
  policy: Policy,
  anchor: string,
): Answer | null {
  const raw = readTitle(title, policy);
  if (raw === '') return null;
  const parsed = parseAnswer(raw, question, policy, anchor);
  if (parsed.state !== 'answered') return null;
  return { ...parsed, field: question.id, raw, where: { kind: 'title', label: title } };
}
