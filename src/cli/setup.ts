/** `setup PROJECT`: shows what a project lacks for the bot, and with `--yes` (or a yes on a terminal) makes it. */

import { webAddress } from '../config/values.ts';
import { type Config, type Environment, processEnvironment, readConfig } from '../config.ts';
import type { Policy } from '../core/policy.ts';
import { connectGitLab } from '../gitlab/connect.ts';
import { isNotFound } from '../gitlab/errors.ts';
import { loadPolicy } from '../policy/load.ts';
import { openGround, type SetupGround } from '../setup/ground.ts';
import { findObstacles } from '../setup/obstacles.ts';
import { readProjectName } from '../setup/project-name.ts';
import type { SetupDone } from '../setup/step.ts';
import { carryOut, lookAt, type PartFound, type SetupRun, stepsToDo } from '../setup/work.ts';
import { exitCodeOf, exitCodes, UsageError } from './failure.ts';
import { chooseParts, confirmSteps, type Dialogue, fillIn, openDialogue } from './setup-ask.ts';
import { findFileSteps } from './setup-files.ts';
import { setupJson } from './setup-json.ts';
import { choosePart, partsFor } from './setup-parts.ts';
import {
  describeDone,
  describeFound,
  describeMade,
  describeNext,
  describeSecrets,
  describeWayOn,
} from './setup-words.ts';

export interface SetupOptions {
  readonly yes: boolean;
  readonly json: boolean;
  /** Where GitLab reaches the bot; beats PUBLIC_URL. */
  readonly url: string | undefined;
  /** Parts to look at; none: all. */
  readonly only: readonly string[];
  /** Files to write; undefined: none. */
  readonly env: string | undefined;
  readonly policyStarter: string | undefined;
}

/**
 * Off a terminal nothing is asked. The code is 0 when nothing is to do (any more), 1 when something is, and
 * 69 or 77 where GitLab or the role stands in the way. Throws `UsageError`, `ConfigError`, `PolicyError`,
 * `RetryableError` or `TerminalError` before anything is written.
 */
export async function setup(project: string, options: SetupOptions): Promise<number> {
  const dialogue = options.json ? null : openDialogue();
  const given = { ...processEnvironment(), ...givenUrl(options.url) };
  const only = options.only.map(choosePart);
  const answers = dialogue ? await fillIn(dialogue, project, given, options.yes) : {};
  const config = readConfig({ ...given, ...answers }, ['gitlab']);
  const policy = loadPolicy({ file: config.policyFile ?? undefined });
  const ground = await standOn(project, config, policy);
  const obstacles = await findObstacles(ground);
  const may = obstacles.length === 0;
  const asks = may && dialogue !== null && only.length === 0 && !options.yes;
  const done: SetupDone[] = [];
  const files = { env: options.env, policy: options.policyStarter };
  const chosen = asks ? await chooseParts(dialogue) : only;
  const noFiles = files.env === undefined && files.policy === undefined;
  // Where the project cannot be set up at all, to promise a part of it would mislead.
  const parts = may
    ? [
        ...partsFor(ground, config, chosen),
        ...(noFiles
          ? []
          : [{ id: 'files', find: () => findFileSteps({ ...ground, config, done }, files) }]),
      ]
    : [{ id: 'project', find: () => Promise.resolve(obstacles) }];
  const found = await lookAt(parts);
  const before: SetupRun = { ground, found, done, failed: [], again: null };
  say(options, describeFound(ground, config, found));
  const todo = stepsToDo(found).length;
  if (todo === 0 || !(await agreed(options, dialogue, todo, ground))) {
    if (options.json) print(setupJson(before));
    else if (todo > 0) print(`${dialogue ? 'Nothing was written.' : '--yes does it.'}\n`);
    else if (options.yes) say(options, describeWayOn(options.env, codeOf(before)));
    return codeOf(before);
  }
  const run = await doIt(before, done, options, config, () => lookAt(parts));
  const code = codeOf(run);
  say(options, describeWayOn(options.env, code));
  return code;
}

/** What is made is told at once, and secrets even when something goes wrong on the way: nobody can read them again. */
async function doIt(
  before: SetupRun,
  done: SetupDone[],
  options: SetupOptions,
  config: Config,
  look: () => Promise<readonly PartFound[]>,
): Promise<SetupRun> {
  let run = before;
  let labels = 0;
  const tellLabels = () => {
    say(options, describeMade(labels));
    labels = 0;
  };
  try {
    const failed = await carryOut(before.found, (step) => {
      done.push(step);
      if (step.sort === 'label') {
        labels += 1;
        return;
      }
      tellLabels();
      say(options, [`  ${step.what}`]);
    });
    tellLabels();
    run = { ...run, failed, again: await look() };
    say(options, [...describeDone(run), ...describeNext(config, done)]);
    return run;
  } finally {
    if (options.json) print(setupJson(run));
    else say(options, describeSecrets(done, options.env));
  }
}

async function standOn(project: string, config: Config, policy: Policy): Promise<SetupGround> {
  const name = readProjectName(project, config.gitlabUrl);
  if (name === null) {
    throw new UsageError(
      `read "${project}", expected a project of GITLAB_URL (${config.gitlabUrl}): its full path such as acme/ps/scoping, its id, or its address`,
    );
  }
  const gitlab = connectGitLab({
    url: config.gitlabUrl,
    token: config.gitlabToken ?? '',
    patienceMs: 60_000,
  });
  try {
    return await openGround(gitlab, policy, name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new UsageError(
      `${project}: ${config.gitlabUrl} shows no such project; it may also be that the token's user may not see it`,
    );
  }
}

async function agreed(
  { yes }: SetupOptions,
  dialogue: Dialogue | null,
  todo: number,
  { project }: SetupGround,
): Promise<boolean> {
  return yes || (dialogue !== null && (await confirmSteps(dialogue, todo, project.path)));
}

/** The worst of what stands in the way now. */
function codeOf({ found, failed, again }: SetupRun): number {
  const now = again ?? found;
  const codes = [
    ...failed.map(({ error }) => exitCodeOf(error) ?? exitCodes.no),
    ...now.flatMap(({ error }) => (error ? [exitCodeOf(error) ?? exitCodes.no] : [])),
    ...now.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'blocked' ? [step.exit] : [])),
    ),
    ...(stepsToDo(now).length > 0 ? [exitCodes.no] : []),
  ];
  return Math.max(exitCodes.fine, ...codes);
}

function givenUrl(url: string | undefined): Environment {
  if (url === undefined) return {};
  const read = webAddress('https://bot.example.com').safeParse(url);
  if (read.success) return { PUBLIC_URL: read.data };
  throw new UsageError(`--url: read "${url}", allowed: ${read.error.issues[0]?.message}`);
}

function say({ json }: SetupOptions, lines: readonly string[]): void {
  if (!json && lines.length > 0) print(`${lines.join('\n')}\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}
