/** The opportunity's stage in the CRM, an axis of its own beside the scoping stage (`domain.md` §8.9). */
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { isInternal, writeValue } from './value.ts';
import type { CommentView } from './view.ts';
import { asMarkdown } from './words.ts';

/** "CRM stage: 3-Technical Evaluation, as reported."; '' while nobody told it, or told it internally only. */
export function writeCrmStage(
  { assessment: { answers }, outsidersCanRead }: CommentView,
  policy: Policy,
): string {
  const { crmStage, questionById } = policy;
  const answer = crmStage && answers.get(crmStage.field);
  const question = crmStage && questionById.get(crmStage.field);
  if (!answer || !question || answer.state !== 'answered') return '';
  if (outsidersCanRead && isInternal(answer.field, answers)) return '';
  return `${calm(crmStage.title)}: ${asMarkdown(writeValue(answer, question, policy))}, as reported.`;
}
