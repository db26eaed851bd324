/** Looks at all parts of a project, and does what is to be done, one step after the other. */
import { RetryableError, TerminalError } from '../gitlab/errors.ts';
import type { SetupGround } from './ground.ts';
import type { FindSteps, SetupDone, SetupStep } from './step.ts';

export interface SetupPart {
  readonly id: string;
  readonly find: FindSteps;
}

export interface PartFound {
  readonly id: string;
  readonly steps: readonly SetupStep[];
  /** Why nobody could look; the other parts do not suffer from it. */
  readonly error: GitLabError | null;
}

export type GitLabError = RetryableError | TerminalError;

/** A step that GitLab did not carry out. */
export interface StepFailed {
  readonly part: string;
  readonly what: string;
  readonly error: GitLabError;
}

/** What was done; `again` is the second look, null where nothing was written. */
export interface SetupRun {
  readonly ground: SetupGround;
  readonly found: readonly PartFound[];
  readonly done: readonly SetupDone[];
  readonly failed: readonly StepFailed[];
  readonly again: readonly PartFound[] | null;
}

/** In the order of the parts; writes nothing. */
export async function lookAt(parts: readonly SetupPart[]): Promise<readonly PartFound[]> {
  const found: PartFound[] = [];
  for (const { id, find } of parts) {
    try {
      found.push({ id, steps: await find(), error: null });
    } catch (error) {
      found.push({ id, steps: [], error: asGitLabError(error) });
    }
  }
  return found;
}

/**
 * A step that fails ends its part, because what follows may rest on it; a token that GitLab no longer
 * takes ends everything. `tell` hears of every step that is done, at once.
 */
export async function carryOut(
  found: readonly PartFound[],
  tell: (done: SetupDone) => void,
): Promise<readonly StepFailed[]> {
  const failed: StepFailed[] = [];
  for (const { id, steps } of found) {
    for (const step of steps) {
      if (step.kind !== 'do') continue;
      try {
        tell(await step.apply());
      } catch (error) {
        const cause = asGitLabError(error);
        failed.push({ part: id, what: step.what, error: cause });
        if (cause instanceof TerminalError && cause.kind === 'unauthorised') return failed;
        break;
      }
    }
  }
  return failed;
}

export function stepsToDo(
  found: readonly PartFound[],
): readonly Extract<SetupStep, { kind: 'do' }>[] {
  return found.flatMap(({ steps }) => steps.filter((step) => step.kind === 'do'));
}

function asGitLabError(error: unknown): GitLabError {
  if (error instanceof RetryableError || error instanceof TerminalError) return error;
  throw error;
}
