/** Whether we have been on an issue before although nothing of it is remembered (`rulings.md` 26), and until when. */
import type { Policy } from '../policy.ts';
import { isOurs } from './label-decisions.ts';
import type { Known } from './lookups.ts';
import type { Memory } from './memory.ts';
import type { SortedNotes } from './own-notes.ts';

/** Comments up to these times may have been dealt with, in milliseconds; `-Infinity` for none, `Infinity` for all. */
export interface Forgotten {
  /** What they ask to be done once. */
  readonly done: number;
  /** Their refusal. */
  readonly answered: number;
}

/** Our replies, warnings and label events tell, an earlier user's too. Null: not lost. Undefined: label events first. */
export function whatWasForgotten(
  memory: Memory,
  notes: SortedNotes,
  policy: Policy,
  botId: number,
  known: Known,
): Forgotten | null | undefined {
  if (memory.known) return null;
  const events = known.labelEvents();
  if (!events) return undefined;
  const labelled = events.filter((event) => isOurs(event, policy, botId));
  const times = labelled.map(({ at }) => Date.parse(at));
  if (times.length === 0 && notes.spokeAt === null) return null;
  // Nobody can tell when a comment of ours that cannot be read was last brought up to date.
  if (notes.unread) return { done: Infinity, answered: Infinity };
  // Whoever wrote after our last trace has not been heard: we were stopped, or had to wait, before the comment.
  const done = Math.max(...times, Date.parse(notes.spokeAt ?? '') || -Infinity);
  // Labels of one moment and no word are a first look that was stopped: a refusal would stand before the comment.
  const firstLook = notes.spokeAt === null && Math.max(...times) - Math.min(...times) < 1_000;
  return { done, answered: firstLook ? -Infinity : done };
}
