/** Why a value that a command gives cannot stand as the answer to its question. */
import type { Note } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import { parseAnswer } from '../../read/answer.ts';
import { form, quote } from './context.ts';
import type { Order } from './order.ts';

/**
 * Null when it can. What cannot be read, or means several things, would hide what stands in the row; in a row it is
 * asked about in the comment, but whoever writes a command waits for a word (`interfaces.md` §5).
 */
export function whyUnreadable(
  order: Order,
  policy: Policy,
  { createdAt }: Pick<Note, 'createdAt'>,
): string | null {
  if (order.kind !== 'answer') return null;
  for (const { field, text } of order.answers) {
    const question = policy.questionById.get(field);
    if (!question) continue;
    const { state, invalid, remark } = parseAnswer(text, question, policy, createdAt.slice(0, 10));
    if (state !== 'ambiguous' && !invalid) continue;
    const like =
      question.example === '' ? [] : [`For example: ${form(`set ${field} ${question.example}`)}.`];
    const why = `I could not take ${quote(text)} as the answer to ${quote(field)}.`;
    return [why, ...(remark ? [remark] : []), ...like].join(' ');
  }
  return null;
}
