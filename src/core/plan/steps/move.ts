/** Sixth step: whether the issue ends, and in which stage it is to be. */
import type { Assessment, Facts } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import { findChosenBefore } from '../chosen-before.ts';
import { type Ending, findEnding } from '../outcome.ts';
import { moveStage, type StageMove } from '../stage-move.ts';
import type { AfterJudging } from './judge.ts';

export interface AfterMoving extends AfterJudging {
  readonly ending: Ending;
  readonly move: StageMove;
  /** Where it is to be. */
  readonly assessment: Assessment;
  /** Said for as long as the issue stays in that stage, so that the comment is the same at the next look. */
  readonly twoLabels: boolean;
}

export function move(judging: AfterJudging): AfterMoving {
  const { policy, issue, facts, memory, closed, stage, standing, decisions, now } = judging;
  const ending = findEnding(policy, issue, decisions.peoples, standing.orders, memory, now);
  const chosenBefore = findChosenBefore({
    policy,
    judged: judging.judged,
    lost: !memory.known,
    replied: judging.notes.replied,
    labelled: stage.id,
    events: facts.labelEvents,
  });
  const made = moveStage({
    ...judging,
    labelled: stage.id,
    orders: closed ? [] : standing.orders,
    chosenBefore,
    frozen: closed,
    undo: judging.undoing.taken,
    movedBy: lastMover(facts, policy) ?? '',
  });
  const twoLabels = stage.several || (made.stage !== null && memory.twoLabelsIn === made.stage);
  return { ...judging, ending, move: made, assessment: made.assessment, twoLabels };
}

function lastMover({ labelEvents }: Facts, policy: Policy): string | undefined {
  const names = new Set(policy.stages.map(({ label }) => label));
  return labelEvents?.findLast(({ label }) => names.has(label))?.username;
}
