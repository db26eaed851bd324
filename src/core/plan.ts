/**
 * Issue + facts + policy + now → the least changes that bring the issue to where it should be. Pure.
 * The one place where the order of all steps is read; each hands on what it was given and what it found.
 */
import type { Plan } from './model.ts';
import { call } from './plan/steps/call.ts';
import { judgeFirst } from './plan/steps/first-judgement.ts';
import { layGround, type PlanInput } from './plan/steps/ground.ts';
import { hear, type Round } from './plan/steps/hear.ts';
import { judge } from './plan/steps/judge.ts';
import { label } from './plan/steps/label.ts';
import { move } from './plan/steps/move.ts';
import { nextRound } from './plan/steps/next-round.ts';
import { readSaid } from './plan/steps/read.ts';
import { remember } from './plan/steps/remember.ts';
import { tell } from './plan/steps/tell.ts';
import { write } from './plan/steps/write.ts';

/**
 * Either the changes, or the lookups without which it cannot be decided: fetch them, ask again.
 * Planning again after the changes are done gives no changes.
 */
export function planIssue(input: PlanInput): Plan {
  return look(input, { shownRoles: null, reached: null });
}

function look(input: PlanInput, round: Round): Plan {
  const ground = layGround(input);
  if ('kind' in ground) return ground;
  const heard = hear(ground, round);
  const read = heard && readSaid(heard);
  const first = read && judgeFirst(read);
  if (!first) return { kind: 'lookups', lookups: ground.known.needs };
  const moved = move(judge(first));
  const again = nextRound(moved, round);
  if (again) return look(input, again);
  return write(tell(remember(call(label(moved)))));
}
