/** Tells a value from what only holds its place: "TBD", "to-do", "?", "n/a". */
import type { AnswerState, FieldId, ParsedValue } from '../../model.ts';
import type { Question } from '../../policy.ts';
import { parseAnswer } from '../../read/answer.ts';
import type { CommandContext } from './context.ts';

/** Nothing to go on with: not now, not known, not needed. */
export function saysNothing(context: CommandContext, field: FieldId, text: string): boolean {
  const empty: readonly AnswerState[] = ['unanswered', 'deferred', 'unknown', 'not_applicable'];
  return everyReading(context, field, text, ({ state }) => empty.includes(state));
}

/** Put off, without a day or a name that somebody could be reminded by. */
export function saysOnlyLater(context: CommandContext, field: FieldId, text: string): boolean {
  return everyReading(context, field, text, ({ state, by, owner }) => {
    const promised = by !== undefined || owner !== undefined;
    return (state === 'unanswered' || state === 'deferred') && !promised;
  });
}

/**
 * Read as an answer to the question and as plain words alike: "open" may be one of its choices, and words
 * that are no number may still say something.
 */
function everyReading(
  { policy, note }: CommandContext,
  field: FieldId,
  text: string,
  holds: (read: ParsedValue) => boolean,
): boolean {
  const question = policy.questionById.get(field);
  if (!question) return false;
  const prose: Question = { ...question, type: 'text', vocabulary: null };
  return [question, prose]
    .map((asked) => parseAnswer(text, asked, policy, note.createdAt.slice(0, 10)))
    .every((read) => read.value === null && !read.invalid && holds(read));
}
