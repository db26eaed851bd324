/** What was done just before we were stopped, so that it stands on the issue and not in memory. */

import { isPause } from '../judge/stages.ts';
import type { LabelEvent } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { LabelDecisions } from './label-decisions.ts';
import type { Act, Memory } from './memory.ts';
import { overtake } from './undo.ts';

/** When we wrote a stage label that is not remembered, just before we were stopped; null: nothing of the kind. */
export function wasInterrupted(
  policy: Policy,
  { own }: { readonly own: readonly string[] },
  memory: Memory,
  events: readonly LabelEvent[] | null,
): string | null {
  const stages = new Set(policy.stages.map(({ label }) => label));
  const unknown = own.filter((label) => stages.has(label) && !memory.labels.includes(label));
  if (!memory.known || unknown.length === 0) return null;
  return events?.findLast(({ label }) => unknown.includes(label))?.at ?? '';
}

/** The acts up to now: a person's drag overtakes ours, and a move made just before we were stopped is one of them. */
export function actsUntilNow(
  policy: Policy,
  labelled: string | null,
  { touched }: Pick<LabelDecisions, 'touched'>,
  memory: Memory,
  interrupted: string | null,
): readonly Act[] {
  const acts = touched.includes('stage') ? overtake(memory.acts) : memory.acts;
  if (interrupted === null || labelled === null) return acts;
  if (isPause(labelled, policy)) return [...acts, { kind: 'hold', from: memory.hold }];
  if (labelled === memory.stage) {
    return memory.hold ? [...acts, { kind: 'hold', from: memory.hold }] : acts;
  }
  return [...acts, { kind: 'move', from: memory.stage, to: labelled }];
}
