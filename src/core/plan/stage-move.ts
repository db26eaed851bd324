/** In which stage the issue is, and into which it moves now: as people order it, and forward by itself when the gates hold. */
import { gatesBefore, roadOf, stageOrFirst } from '../judge/stages.ts';
import type { Assessment, LabelEvent } from '../model.ts';
import type { Policy } from '../policy.ts';
import { form, quote } from './commands/context.ts';
import type { Asked } from './commands/standing.ts';
import type { LabelDecisions } from './label-decisions.ts';
import { holdOn } from './labels.ts';
import type { Act, Memory } from './memory.ts';
import { scopeOf } from './scopes.ts';
import { overtake } from './undo.ts';

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

interface Moving {
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
  /** What each `undo` takes back. */
  readonly undo: ReadonlyMap<string, Act>;
  /** Assesses the issue as standing in a stage. */
  readonly judge: (stage: string | null) => Assessment;
  readonly now: string;
  /** Who set the stage label last. */
  readonly movedBy: string;
}

/** The bot itself never moves backwards (`rulings.md` 19); people do as they like. */
export function moveStage(moving: Moving): StageMove {
  const { policy, labelled, decisions, memory, judge, now } = moving;
  const road = roadOf(policy);
  const made = labelled === null && madeWay(moving);
  const onHold = policy.stages.some(({ id, hold }) => hold && id === labelled);
  const paused = onHold || (made && memory.hold !== null);
  const known = memory.stage ?? null;
  const first = stageOrFirst(policy, null)?.id ?? null;
  const start = (paused ? null : labelled) ?? known ?? first;
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

interface Work {
  stage: string | null;
  hold: Memory['hold'];
  /** A person chose the stage now. */
  chosen: boolean;
  /** The command that moved the issue at this look: whoever wrote another comment by then did not know of it. */
  ordered: Asked | null;
  readonly history: Memory['history'][number][];
  readonly acts: Act[];
  readonly refusals: Map<string, string>;
}

function obey(asked: Asked, work: Work, road: Policy['stages'], moving: Moving): void {
  const { id, order } = asked;
  const refuse = (why: string): void => void work.refusals.set(id, why);
  if (order.kind === 'hold') {
    work.acts.push({ kind: 'hold', from: work.hold });
    work.hold = { until: order.until, command: id };
  } else if (order.kind === 'resume') {
    if (work.hold) work.acts.push({ kind: 'hold', from: work.hold });
    else refuse('This issue is not on hold, so there is nothing to resume.');
    work.hold = null;
  } else if (order.kind === 'advance') {
    advance(asked, order.force, work, road, moving);
  } else if (order.kind === 'back') {
    const target = road.findIndex((stage) => stage.id === order.stage);
    const current = road.findIndex((stage) => stage.id === work.stage);
    if (target > current) {
      refuse(`That stage comes later. To go forward: ${form('advance')}.`);
    } else if (target === current) {
      refuse('The issue is in that stage already.');
    } else go(asked, order.stage, work, moving);
  } else if (order.kind === 'undo') {
    const act = moving.undo.get(id);
    if (act?.kind === 'hold') work.hold = act.from;
    if (act?.kind !== 'move' || act.from === null) return;
    go(asked, act.from, work, moving);
    work.hold = act.hold ?? null;
    // Taken back is not done: a further undo goes on to what was before it.
    work.acts.pop();
    work.ordered = null;
  }
}

function advance(
  asked: Asked,
  force: boolean,
  work: Work,
  road: Policy['stages'],
  moving: Moving,
): void {
  const { stage } = moving.judge(work.stage);
  const next = road.find(({ id }) => id === stage.next);
  const moved = work.ordered;
  if (moved && noteOf(moved) !== noteOf(asked)) {
    const title = road.find(({ id }) => id === work.stage)?.title ?? '';
    work.refusals.set(
      asked.id,
      `When you wrote this, the line of ${quote(`@${moved.by}`)} that moved the issue to ${title} was not carried out yet, so I did not move it a second time. To go on from there: ${form('advance force REASON')}.`,
    );
  } else if (!next) {
    work.refusals.set(asked.id, 'This is the last stage.');
  } else if (force || stage.passed) go(asked, next.id, work, moving);
  else {
    const open = gatesBefore(next, stage).map(({ reason }) => `- ${reason}`);
    const until = work.hold?.until ? ` until ${work.hold.until}` : '';
    const paused = work.hold ? `This issue is on hold${until}; ${form('resume')} ends that. ` : '';
    work.refusals.set(
      asked.id,
      `${paused}Not yet: ${next.title} still needs this.\n\n${open.join('\n')}\n\n${form('advance force REASON')} moves all the same, and the gaps stay visible.`,
    );
  }
}

/** As a person wants it: it stays there until something changes what we would conclude. */
function go(asked: Asked, stage: string, work: Work, moving: Moving): void {
  const ended = work.hold ? { hold: work.hold } : {};
  work.acts.push({ kind: 'move', from: work.stage, to: stage, ...ended });
  work.stage = stage;
  work.hold = null;
  work.chosen = true;
  work.ordered = asked;
  record(work, stage, asked.by, asked, moving);
}

/** Lines of one comment were written together, each in knowledge of the one above it. */
function noteOf({ id }: Asked): string {
  return id.slice(0, id.indexOf(':'));
}

function record(
  work: Work,
  stage: string,
  by: string | null,
  asked: Asked | null,
  { judge, now }: Moving,
): void {
  const gaps = by === null ? [] : judge(stage).stage.lapsed.map(({ id }) => id);
  work.history.push({
    stage,
    at: now,
    by,
    ...(gaps.length > 0 ? { gaps } : {}),
    ...(asked ? { command: asked.id } : {}),
    ...(asked?.order.kind === 'undo' ? { undo: true as const } : {}),
  });
}

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
  const paused = policy.stages.some(({ id, hold }) => hold && id === labelled);
  if (paused) return [...acts, { kind: 'hold', from: memory.hold }];
  if (labelled === memory.stage) {
    return memory.hold ? [...acts, { kind: 'hold', from: memory.hold }] : acts;
  }
  return [...acts, { kind: 'move', from: memory.stage, to: labelled }];
}
