/** What was done just before we were stopped, so that it stands on the issue and not in memory. */

import { isPause } from '../judge/stages.ts';
import type { LabelEvent } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { LabelDecisions } from './label-decisions.ts';
import type { Act, Memory } from './memory.ts';
import { type ActsUntilNow, overtake } from './undo.ts';

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

/** `assigned`: what of the assignees we changed just before we were stopped. */
export function actsUntilNow(
  policy: Policy,
  labelled: string | null,
  { touched }: Pick<LabelDecisions, 'touched'>,
  memory: Memory,
  interrupted: string | null,
  assigned: readonly Act[],
): ActsUntilNow {
  const remembered = touched.includes('stage') ? overtake(memory.acts) : memory.acts;
  const moved = interrupted === null || labelled === null ? [] : moves(policy, labelled, memory);
  return { remembered, since: [...moved, ...assigned] };
}

function moves(policy: Policy, labelled: string, memory: Memory): readonly Act[] {
  const { stage, hold } = memory;
  if (isPause(labelled, policy)) return [{ kind: 'hold', from: hold }];
  if (labelled === stage) return hold ? [{ kind: 'hold', from: hold }] : [];
  return [{ kind: 'move', from: stage, to: labelled }];
}
