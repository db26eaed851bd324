/** In which stage the issue is, and into which it moves now: as people order it, and forward by itself when the gates hold. */
import { isPause, roadOf } from '../judge/stages.ts';
import type { Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Asked } from './commands/standing.ts';
import type { LabelDecisions } from './label-decisions.ts';
import { holdOn } from './labels.ts';
import type { Act, Memory } from './memory.ts';
import { scopeOf } from './scopes.ts';
import { type Obeying, obey, record, type Work } from './stage-orders.ts';
import { standsIn } from './stands-in.ts';

export interface StageMove {
  /** The stage to be in; during a pause the one it will go on from. */
  readonly stage: string | null;
  readonly hold: Memory['hold'];
  /** Whether a label is to say so; false where a person took all stage labels off. */
  readonly labelled: boolean;
  readonly history: Memory['history'];
  /** Kept in memory: the conclusion a person's choice of stage was made against. */
  readonly held: string | undefined;
  readonly assessment: Assessment;
  /** Moves made now. */
  readonly acts: readonly Act[];
  /** Orders that could not be carried out: which command, and why. */
  readonly refusals: ReadonlyMap<string, string>;
}

interface Moving extends Obeying {
  readonly policy: Policy;
  /** The stage that the labels say now (a pause too), null when none does. */
  readonly labelled: string | null;
  readonly decisions: LabelDecisions;
  readonly memory: Memory;
  readonly orders: readonly Asked[];
  /** A stage label of ours that is not remembered, and when we wrote it: the orders until then are done. */
  readonly interrupted: string | null;
  /** Ordered and carried out before memory was lost: why it stands there. */
  readonly chosenBefore: Asked | null;
  /** A closed issue stays where it is. */
  readonly frozen: boolean;
  /** Who set the stage label last. */
  readonly movedBy: string;
}

/** The bot itself never moves backwards (`rulings.md` 19); people do as they like. */
export function moveStage(moving: Moving): StageMove {
  const { policy, labelled, decisions, memory, judge, now } = moving;
  const road = roadOf(policy);
  const made = labelled === null && madeWay(moving);
  const paused = isPause(labelled, policy) || (made && memory.hold !== null);
  const known = memory.stage ?? null;
  const start = standsIn(policy, labelled, memory);
  const work: Work = {
    stage: start,
    hold: paused ? (memory.hold ?? { until: null, command: null }) : null,
    chosen: false,
    ordered: null,
    history: [...memory.history],
    acts: [],
    refusals: new Map(),
  };
  if (start !== null && start !== known) {
    const person = labelled !== null && decisions.touched.includes('stage');
    const ordered = moving.orders.findLast((asked) => chose(asked, moving));
    const carriedOut = person ? null : (ordered ?? moving.chosenBefore);
    work.chosen = carriedOut !== null;
    const by = person ? moving.movedBy : (carriedOut?.by ?? null);
    record(work, start, by, carriedOut, moving);
  }
  for (const asked of moving.orders) {
    // Of what was done before we were stopped, only the date of a pause has to be remembered still.
    const { order } = asked;
    if (!isDone(asked, moving)) obey(asked, work, road, moving);
    else if (paused && order.kind === 'hold') work.hold = { until: order.until, command: asked.id };
  }
  let assessment = judge(work.stage);
  let held: string | undefined;
  for (let step = 0; step < road.length && !work.hold && !moving.frozen; step += 1) {
    const next = road.find(({ id }) => id === assessment.stage.next);
    const forward = next?.auto === true && assessment.stage.passed;
    const conclusion = (forward ? next.id : work.stage) ?? '';
    held = work.chosen ? conclusion : holdOn('stage', conclusion, decisions, memory);
    if (!forward || held !== undefined) break;
    work.acts.push({ kind: 'move', from: work.stage, to: next.id });
    work.stage = next.id;
    work.history.push({ stage: next.id, at: now, by: null });
    assessment = judge(work.stage);
  }
  if (work.hold) held = memory.held.stage;
  const takenOff = labelled === null && !made && memory.stage !== null && work.stage === start;
  const { stage, hold, history, acts, refusals } = work;
  return { stage, hold, labelled: !takenOff, history, held, assessment, acts, refusals };
}

/**
 * Whether the stage label gave its place to an outcome of the same scope, as on boards where endings are columns:
 * nobody took it off, so it is back once the outcome is gone.
 */
function madeWay({ policy, decisions: { peoples, own }, memory }: Moving): boolean {
  const [stages, outcomes] = (['stage', 'outcome'] as const).map((id) =>
    policy.labels.find((family) => family.id === id),
  );
  if (!stages?.scoped || !outcomes?.scoped) return false;
  const scopes = new Set([...stages.names.values()].map((name) => scopeOf(stages, name)));
  const ended = outcomes.names.get(memory.outcome?.outcome ?? '');
  const seen = new Set([...peoples, ...own, ...memory.labels, ended]);
  return [...outcomes.names.values()].some(
    (name) => seen.has(name) && scopes.has(scopeOf(outcomes, name)),
  );
}

/** Carried out before we were stopped. */
function isDone({ at }: Asked, { interrupted }: Moving): boolean {
  return interrupted !== null && at <= interrupted;
}

/** Whether this order, carried out before we were stopped, is why the issue stands where it does. */
function chose(asked: Asked, moving: Moving): boolean {
  return isDone(asked, moving) && ['advance', 'back', 'undo'].includes(asked.order.kind);
}
