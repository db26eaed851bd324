/** Answers in comments that count at once, where the policy says so (`rulings.md` 31). */
import type { AcceptedSet, Reading } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import type { Offers } from './offers.ts';

/** Only for questions that the description leaves open. */
export function takenAtOnce(
  policy: Policy,
  offers: Offers,
  { answers }: Reading,
): readonly AcceptedSet[] {
  if (policy.commentAnswers !== 'at_once') return [];
  return [...offers.byField.values()].flatMap(({ field, text, note }) => {
    const state = answers.get(field)?.state ?? 'unanswered';
    if (!note || !['unanswered', 'deferred', 'unknown'].includes(state)) return [];
    const { id, author, internal, createdAt } = note;
    return [
      {
        field,
        text,
        note: { id, author: author.username, internal },
        line: 1,
        at: createdAt,
        beats: () => true,
      },
    ];
  });
}
