/** In which stage the issue is, and into which it moves now: forward, when the gates hold and no person decided otherwise. */

import { stageOrFirst } from '../judge/stages.ts';
import type { Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { LabelDecisions } from './label-decisions.ts';
import { holdOn } from './labels.ts';
import type { Memory } from './memory.ts';

export interface StageMove {
  /** The stage to be in. */
  readonly stage: string | null;
  /** Whether a label is to say so; false where a person took all stage labels off. */
  readonly labelled: boolean;
  readonly history: Memory['history'];
  /** Kept in memory: the conclusion a person's choice of stage was made against. */
  readonly held: string | undefined;
  readonly assessment: Assessment;
}

/**
 * `labelled`: the stage that the labels say now, null when none does. `judge` assesses the issue as
 * standing in a stage. The bot never moves backwards (`rulings.md` 19).
 */
export function moveStage(
  policy: Policy,
  labelled: string | null,
  decisions: LabelDecisions,
  memory: Memory,
  judge: (stage: string | null) => Assessment,
  now: string,
  movedBy: string,
): StageMove {
  const start = labelled ?? memory.stage ?? stageOrFirst(policy, null)?.id ?? null;
  const known = memory.stage ?? null;
  let history = memory.history;
  if (start !== null && start !== known) {
    const by = labelled !== null && decisions.touched.includes('stage') ? movedBy : null;
    history = [...history, { stage: start, at: now, by }];
  }
  let stage = start;
  let assessment = judge(stage);
  let held: string | undefined;
  for (let step = 0; step < policy.stages.length; step += 1) {
    const next = policy.stages.find(({ id }) => id === assessment.stage.next);
    const forward = next?.auto === true && assessment.stage.passed;
    const conclusion = (forward ? next.id : stage) ?? '';
    held = holdOn('stage', conclusion, decisions, memory);
    if (!forward || held !== undefined) break;
    stage = next.id;
    history = [...history, { stage, at: now, by: null }];
    assessment = judge(stage);
  }
  const takenOff = labelled === null && memory.stage !== null && stage === start;
  return { stage, labelled: !takenOff, history, held, assessment };
}
