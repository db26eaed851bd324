/** The opportunity's stage in the CRM, an axis of its own beside the scoping stage (`domain.md` §8.9). */
import type { Policy, Question } from '../policy.ts';
import { calm } from './calm.ts';
import { bullets, fold } from './markdown.ts';
import { roleTitle } from './names.ts';
import { isInternal, writeValue } from './value.ts';
import type { CommentView, CrmView } from './view.ts';
import { asMarkdown } from './words.ts';

/** "CRM stage told here: 3-Technical Evaluation."; '' while nobody told it, or told it internally only, and when the issue has ended. */
export function writeCrmStage(
  { assessment: { answers }, outsidersCanRead, crm, ended }: CommentView,
  policy: Policy,
): string {
  const { crmStage, questionById } = policy;
  const answer = crmStage && answers.get(crmStage.field);
  const question = crmStage && questionById.get(crmStage.field);
  if (!answer || !question || answer.state !== 'answered' || ended) return '';
  if (outsidersCanRead && isInternal(answer.field, answers)) return '';
  const stage = asMarkdown(writeValue(answer, question, policy));
  return `${calm(crmStage.title)} told here: ${stage}.${wentBack(crm, question, policy)}`;
}

/** An opportunity moves forward only; going back needs a reason, and holds nothing up here. */
function wentBack(crm: CrmView | null | undefined, question: Question, policy: Policy): string {
  if (!crm?.back) return '';
  const { from, at, asked } = crm.back;
  const told = ` It went back from ${nameOf(from, question, policy)}, as I saw on ${at.slice(0, 10)}.`;
  if (!asked) return told;
  const owner = calm(roleTitle(question.owner, policy));
  return `${told} That needs a reason in the CRM; the ${owner} can tell it here in a comment. It holds nothing up on this issue.`;
}

/** Every stage that was reported, folded; '' while it was one only. */
export function writeCrmHistory({ crm }: CommentView, policy: Policy): string {
  const question = policy.questionById.get(policy.crmStage?.field ?? '');
  if (!crm || !question || !policy.crmStage) return '';
  const items = crm.moves.map(
    ({ stage, at }) => `${calm(at.slice(0, 10))}: ${nameOf(stage, question, policy)}`,
  );
  return fold(`${policy.crmStage.title} so far, as told here`, bullets(items));
}

function nameOf(stage: number, question: Question, policy: Policy): string {
  return asMarkdown(writeValue({ state: 'answered', value: stage }, question, policy));
}
