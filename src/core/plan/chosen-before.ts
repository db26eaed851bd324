/** Whether a person had ordered, before memory was lost, the stage in which the issue stands (`rulings.md` 26: people win). */
import { roadOf } from '../judge/stages.ts';
import type { LabelEvent } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Judged } from './commands/judge.ts';
import { isOnce } from './commands/order.ts';
import type { Asked } from './commands/standing.ts';

interface Before {
  readonly policy: Policy;
  readonly judged: readonly Judged[];
  /** Nothing is remembered, though we have been here. */
  readonly lost: boolean;
  /** Notes that got a reply: what they asked for was not carried out. */
  readonly replied: ReadonlySet<number>;
  /** The stage that the labels say. */
  readonly labelled: string | null;
  readonly events: readonly LabelEvent[] | null;
}

/**
 * The newest order about the stage that was carried out, when it is why the issue stands there: `back` names
 * the stage; `undo` names none, but label events tell that the last move went back, and nobody moves an
 * issue back without being told to (`rulings.md` 19). Null: no such order.
 */
export function findChosenBefore(before: Before): Asked | null {
  const { judged, lost, replied, labelled } = before;
  if (!lost || labelled === null) return null;
  const newest = judged.findLast(
    ({ order, fresh, note }) =>
      !fresh &&
      !replied.has(note.id) &&
      (order?.kind === 'advance' || order?.kind === 'back' || order?.kind === 'undo'),
  );
  const order = newest?.order;
  if (!newest || !order || !isOnce(order) || order.kind === 'advance') return null;
  const stands = order.kind === 'back' ? order.stage === labelled : wentBack(before);
  const { id, note } = newest;
  return stands ? { id, order, by: note.author.username, at: note.createdAt } : null;
}

/** Whether the label of the stage took the place of one further on. */
function wentBack({ policy, labelled, events }: Before): boolean {
  const road = roadOf(policy);
  const put = (events ?? []).filter(({ action }) => action === 'add');
  const stages = put.map(({ label }) => road.findIndex((stage) => stage.label === label));
  const [last, previous] = stages.filter((at) => at >= 0).toReversed();
  if (last === undefined || previous === undefined) return false;
  return road[last]?.id === labelled && previous > last;
}
