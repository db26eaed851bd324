/** Whether we have been on an issue before although nothing of it is remembered (`rulings.md` 26), and until when. */
import type { Facts } from '../model.ts';
import type { Policy } from '../policy.ts';
import { isOurs } from './label-decisions.ts';
import type { Known } from './lookups.ts';
import type { Memory } from './memory.ts';
import type { SortedNotes } from './own-notes.ts';

/**
 * The moment, in milliseconds, up to which comments may have been dealt with: `-Infinity` for none, `Infinity` for
 * all. Null: memory is there, or we have never been here. Undefined: label events have to be fetched first.
 */
export function forgottenUntil(
  { facts, policy, now }: { readonly facts: Facts; readonly policy: Policy; readonly now: string },
  memory: Memory,
  { replied, warned, unread }: SortedNotes,
  known: Known,
): number | null | undefined {
  if (memory.known) return null;
  // Nobody can tell when a comment of ours that cannot be read was last brought up to date.
  if (unread) return Number.POSITIVE_INFINITY;
  const events = known.labelEvents();
  if (!events) return undefined;
  const times = events
    .filter((event) => isOurs(event, policy, facts.bot.id))
    .map(({ at }) => Date.parse(at));
  const newest = Math.max(...times, Number.NEGATIVE_INFINITY);
  if (times.length === 0) return replied.size > 0 || warned.size > 0 ? newest : null;
  // Replies are written before labels and labels before the comment. Labels from just now without one are a look
  // that was stopped, or has to wait, in between: whoever wrote after them has not been heard yet.
  const minutes = policy.limits.get('stopped_look.minutes') ?? 0;
  return Date.parse(now) - newest <= minutes * 60_000 ? newest : Number.POSITIVE_INFINITY;
}
