/** Where the issue stands before anything is moved. */
import { isPause, stageOrFirst } from '../judge/stages.ts';
import type { Policy } from '../policy.ts';
import type { Memory } from './memory.ts';

/** By its label, during a pause where it will go on from; null: the policy has no stages. */
export function standsIn(
  policy: Policy,
  labelled: string | null,
  { stage }: Pick<Memory, 'stage'>,
): string | null {
  return (
    (isPause(labelled, policy) ? null : labelled) ?? stage ?? stageOrFirst(policy, null)?.id ?? null
  );
}
