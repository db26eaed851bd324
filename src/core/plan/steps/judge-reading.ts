/** Judges a reading of the issue under the circumstances that are the same for all of one look. */
import type { AssessInput } from '../../judge/groundwork.ts';
import type { Assessment, Reading } from '../../model.ts';
import { assessOnce } from '../assess-once.ts';
import type { LabelDecisions } from '../label-decisions.ts';
import type { Ground } from './ground.ts';

/** `at`: as if it stood in this stage; `more`: what is known beside the reading. */
export type JudgeReading = (
  reading: Reading,
  at: string | null,
  more: Partial<AssessInput>,
) => Assessment;

/** `decided`: undefined while label events are not here yet. */
export function judgeWith(
  { issue, now, exposed, policy }: Ground,
  decided: LabelDecisions | undefined,
): JudgeReading {
  // What we put on ourselves tells nothing that we do not know, and what another label replaced is about to go.
  const silent = new Set([...(decided?.own ?? []), ...(decided?.overruled ?? [])]);
  const same = {
    title: issue.title,
    labels: issue.labels.filter((label) => !silent.has(label)),
    peoplesLabels: decided?.peoples ?? [],
    removedServices: new Set(decided?.removedServices),
    emKnown: null,
    now,
    confidential: issue.confidential,
    exposed,
  };
  return (reading, at, more) => assessOnce({ ...same, reading, stage: at, ...more }, policy);
}
