/** What is remembered of the verdicts on commands, after they were carried out. */
import type { Weighed } from './commands/approvals.ts';
import type { Judged } from './commands/judge.ts';
import type { Memory, Verdict } from './memory.ts';
import type { StageMove } from './stage-move.ts';

export function rememberVerdicts(
  judged: readonly Judged[],
  move: StageMove,
  weighed: Weighed,
): Memory['verdicts'] {
  return Object.fromEntries(
    judged.map((each) => [each.id, { ...asDone(each, move), ...asWeighed(each, weighed) }]),
  );
}

/** What could not be carried out is no earlier command; help is shown while the issue is in this stage. */
function asDone({ id, verdict, order, fresh }: Judged, move: StageMove): Verdict {
  if (move.refusals.has(id)) return { ...verdict, accepted: false };
  const shown = order?.kind === 'help' || order?.kind === 'explain';
  return shown && fresh ? { ...verdict, stage: move.stage ?? '' } : verdict;
}

/** Of an approval: what it was given for, and whether that is gone. */
function asWeighed({ id }: Judged, { given, old }: Weighed): Partial<Verdict> {
  const subject = given.get(id);
  return {
    ...(subject === undefined ? {} : { given: subject }),
    ...(old.some((each) => each.id === id) ? { old: true } : {}),
  };
}
