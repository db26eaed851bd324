/** A sandbox project to set up, the connection of a person to it, and carrying out what was found. */
import { connectGitLab, type GitLabConnection } from '../../src/gitlab/connect.ts';
import type { SandboxSettings } from '../../src/sandbox/start.ts';
import type { FindSteps, SetupDone, SetupStep } from '../../src/setup/step.ts';
import { openSandbox, type Tester } from '../sandbox/tester.ts';

export interface Place {
  readonly sandbox: Tester;
  /** As the bot, a Maintainer, unless another username is given. */
  connect(username?: string): GitLabConnection;
  /** `POST`, `PUT` and `DELETE` requests so far, by route. */
  writes(): readonly string[];
}

export async function openPlace(settings: SandboxSettings = {}): Promise<Place> {
  const sandbox = await openSandbox(settings);
  return {
    sandbox,
    connect: (username = 'scoping-bot') =>
      connectGitLab({
        url: sandbox.url,
        token: sandbox.token(username),
        sleep: () => Promise.resolve(),
      }),
    writes: () =>
      sandbox.world.requests
        .filter(({ method }) => method !== 'GET')
        .map(({ method, route }) => `${method} ${route}`),
  };
}

/** Applies what is to be done, one after the other, as the command does. */
export async function applyAll(find: FindSteps): Promise<readonly SetupDone[]> {
  const done: SetupDone[] = [];
  for (const step of await find()) if (step.kind === 'do') done.push(await step.apply());
  return done;
}

export function kinds(steps: readonly SetupStep[]): readonly string[] {
  return steps.map(({ kind }) => kind);
}

/** Everything that a person reads of the steps of one kind. */
export function words(steps: readonly SetupStep[], kind: SetupStep['kind']): string {
  return steps
    .filter((step) => step.kind === kind)
    .map((step) =>
      Object.values(step)
        .filter((each) => typeof each === 'string')
        .join('\n'),
    )
    .join('\n\n');
}
