/** Seventh step: whose move it is, and which labels say where the issue stands. */
import type { Assessment, Role } from '../../model.ts';
import { asSpelled } from '../canonical-labels.ts';
import { type Conclusions, concludeLabels } from '../conclusions.ts';
import { crmStageOf } from '../crm-history.ts';
import { changeLabels, type LabelChange } from '../labels.ts';
import { findMovers } from '../movers.ts';
import { labelOpenly } from '../openly.ts';
import type { AfterMoving } from './move.ts';

export interface AfterLabelling extends AfterMoving {
  /** The assessment as everybody can read it; null where internal notes change nothing. */
  readonly openly: Assessment | null;
  /** Nobody once it is over, and during a pause. */
  readonly movers: readonly Role[];
  readonly labels: LabelChange;
}

export function label(moved: AfterMoving): AfterLabelling {
  const { policy, issue, assessment, ending, move, closed, people, decisions, recalled } = moved;
  const idle = ending.key !== null || move.hold !== null || closed;
  const noManager = people.manager.kind === 'later';
  const movers = idle ? [] : findMovers(assessment, policy, noManager);
  const pause = policy.stages.find(({ hold }) => hold)?.id ?? move.stage;
  const labelled = move.labelled ? move.stage : null;
  const standAt = move.hold ? pause : labelled;
  const openly = moved.judgeOpenly(assessment.stage.current);
  const conclude = (judged: Assessment): Conclusions =>
    concludeLabels(judged, movers, standAt, ending.key, crmStageOf(policy, judged.answers));
  const concluded = conclude(assessment);
  const conclusions =
    openly && !issue.confidential ? labelOpenly(concluded, conclude(openly), policy) : concluded;
  const changed = changeLabels(policy, issue.labels, conclusions, decisions, recalled);
  return { ...moved, openly, movers, labels: asSpelled(changed, moved.asTheyStand) };
}
