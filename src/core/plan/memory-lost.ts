/** Whether we have been on an issue before although nothing of it is remembered (`rulings.md` 26), and until when. */
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
  memory: Memory,
  { replied, warned, unread }: SortedNotes,
  policy: Policy,
  botId: number,
  known: Known,
): number | null | undefined {
  if (memory.known) return null;
  // Nobody can tell when a comment of ours that cannot be read was last brought up to date.
  if (unread) return Number.POSITIVE_INFINITY;
  const events = known.labelEvents();
  if (!events) return undefined;
  const times = events
    .filter((event) => isOurs(event, policy, botId))
    .map(({ at }) => Date.parse(at));
  const spoken = replied.size > 0 || warned.size > 0;
  if (times.length === 0 && !spoken) return null;
  // Replies are written first and known each for itself. Whoever wrote after our last label has not been heard:
  // we were stopped, or had to wait, before the comment.
  return Math.max(...times, Number.NEGATIVE_INFINITY);
}
