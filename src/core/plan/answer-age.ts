/** How old the answers are when an issue is opened again (`domain.md` §8.9: "confirm still true" after 90 days). */
import type { AcceptedSet, Answers, IssueState } from '../model.ts';
import { keyedHash, type Memory } from './memory.ts';

const oldMs = 90 * 86_400_000;

/** When the description last changed, as far as we have seen: GitLab's own "updated" moves with every comment. */
export function rememberDescribed(
  issue: IssueState,
  memory: Memory,
  now: string,
  key: string,
): NonNullable<Memory['described']> {
  const hash = keyedHash(issue.description, key);
  if (memory.described?.hash === hash) return memory.described;
  return { hash, at: memory.known && memory.described ? now : issue.createdAt };
}

/** Whether any answer was older than three months when the issue was opened again and is the same still. */
export function hasOldAnswers(
  answers: Answers,
  sets: readonly AcceptedSet[],
  describedAt: string,
  reopenedAt: string | null,
): boolean {
  if (reopenedAt === null) return false;
  const saidAt = new Map(sets.map(({ note, at }) => [note.id, at]));
  return [...answers.values()].some(({ state, where }) => {
    if (state === 'unanswered' || !where) return false;
    const at = where.note ? saidAt.get(where.note.id) : describedAt;
    const written = where.kind !== 'label' && where.kind !== 'title' && where.kind !== 'implied';
    return written && at !== undefined && Date.parse(reopenedAt) - Date.parse(at) > oldMs;
  });
}
