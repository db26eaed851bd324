/** Whether a token may do a thing in a project, and what to do when not. */
import type { SetupGround } from './ground.ts';
import type { SetupStep } from './step.ts';

/** Enough to run the bot, and for labels and boards (`gitlab-platform.md` §3.1, §3.8). */
export const PLANNER = 15;
export const MAINTAINER = 40;
/** Below every role. */
const NO_ROLE = 0;

/** GitLab's own names, highest first. */
const ROLES: readonly (readonly [level: number, name: string])[] = [
  [50, 'Owner'],
  [MAINTAINER, 'Maintainer'],
  [30, 'Developer'],
  [20, 'Reporter'],
  [PLANNER, 'Planner'],
  [10, 'Guest'],
  [5, 'user with minimal access'],
];

/** With its article; levels in between are called by the role below. */
export function roleOf(level: number | null): string {
  const name = ROLES.find(([least]) => (level ?? 0) >= least)?.[1];
  if (level === null || name === undefined) return 'no member';
  return `${name === 'Owner' ? 'an' : 'a'} ${name}`;
}

/** Null when the token may write with at least this role in the project. */
export function refusalOf(
  { project, user, level, scopes }: SetupGround,
  least: number,
): { readonly why: string; readonly todo: string } | null {
  if (scopes !== null && !scopes.includes('api')) {
    return {
      why: `The token's scope is ${scopes.join(', ') || 'none'}, and only "api" may write.`,
      todo: 'Make a token with scope "api" and set GITLAB_TOKEN.',
    };
  }
  if ((level ?? 0) >= least) return null;
  const needed = least === PLANNER ? 'Reporter (or Planner, from GitLab 17.7)' : 'Maintainer';
  return {
    why: `@${user.username} is ${roleOf(level)} in ${project.path}.`,
    todo: `Set GITLAB_TOKEN to the token of somebody with the role ${needed} or more, or let a Maintainer give @${user.username} that role.`,
  };
}

/** The step as it is when the token may do it, and blocked with what to do when not. */
export function whereAllowed(
  ground: SetupGround,
  least: number,
  step: Extract<SetupStep, { kind: 'do' }>,
): SetupStep {
  const refusal = refusalOf(ground, least);
  return refusal ? { kind: 'blocked', what: step.what, ...refusal, exit: 77 } : step;
}

/** Steps of which GitLab told already that the role is enough, blocked where the token's scope is not. */
export function whereInScope(
  ground: SetupGround,
  steps: readonly SetupStep[],
): readonly SetupStep[] {
  return steps.map((step) => (step.kind === 'do' ? whereAllowed(ground, NO_ROLE, step) : step));
}
