/** Carries out what people order about the stage: `advance`, `back`, `hold`, `resume`, `undo`; or says why not. */
import { gatesBefore } from '../judge/stages.ts';
import type { Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import { form, quote } from './commands/context.ts';
import type { Asked } from './commands/standing.ts';
import type { Act, Memory } from './memory.ts';

/** What an order is carried out with. */
export interface Obeying {
  /** What each `undo` takes back. */
  readonly undo: ReadonlyMap<string, Act>;
  /** Assesses the issue as standing in a stage. */
  readonly judge: (stage: string | null) => Assessment;
  readonly now: string;
}

/** Where the issue stands so far, changed by one order after the other. */
export interface Work {
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

/** Changes `work` as the order says; what cannot be done is refused there, with the reason. */
export function obey(asked: Asked, work: Work, road: Policy['stages'], moving: Obeying): void {
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
  moving: Obeying,
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
function go(asked: Asked, stage: string, work: Work, moving: Obeying): void {
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

/** Adds a move to the history: `by` null is our own, `asked` the command that ordered it. */
export function record(
  work: Work,
  stage: string,
  by: string | null,
  asked: Asked | null,
  { judge, now }: Obeying,
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
