/** One chaos run: the same story told twice, once quietly and once with everything failing, and what differs in the end. */
import { fileURLToPath } from 'node:url';
import { type Chance, chance } from '../../src/sandbox/chance.ts';
import { makeMischief } from '../../src/sandbox/mischief.ts';
import { DEMO_BOT } from '../../src/sandbox/seed.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import { type Stage, setStage } from '../e2e/bot.ts';
import { until } from '../queue/until.ts';
import type { TsProcess } from '../support/run-ts.ts';
import { differences, type End, endOf } from './end.ts';
import { openIssue, type Story } from './story.ts';

export interface ChaosOptions {
  /** For the faults and the kills. */
  readonly seed: number;
  readonly kills: number;
  /** Undefined: the embedded queue. */
  readonly queueUrl: string | undefined;
  /** Bots at once; the embedded queue takes one. */
  readonly processes: number;
  readonly say: (line: string) => void;
}

export interface Report {
  readonly hooks: number;
  readonly faults: ReadonlyMap<string, number>;
  readonly kills: number;
  readonly requests: number;
  readonly writes: number;
  /** Issues that do not stand as a quiet run left them. */
  readonly lost: number;
  /** Comments of the bot beyond those of a quiet run. */
  readonly doubled: number;
  /** In words. */
  readonly differences: readonly string[];
}

const policy = fileURLToPath(new URL('policy.yaml', import.meta.url));
const sweepSeconds = 3;
/** People's steps come this far apart. */
const stepMs = 25;

/** How the story ends when nothing goes wrong. */
export async function runQuietly(
  story: Story,
  say: (line: string) => void,
): Promise<readonly End[]> {
  const stage = await setStage();
  try {
    await stage.startBot(undefined, { CONCURRENCY: '8', POLICY: policy });
    const issues = await act(story, stage, async () => {});
    await settle(stage, () => true, say);
    return issues.map((issue) => endOf(stage.sandbox, issue));
  } finally {
    await stage.stop();
  }
}

/** The same story with everything failing; `wanted` is how it has to end. */
export async function runChaos(
  story: Story,
  wanted: readonly End[],
  { seed, kills, queueUrl, processes, say }: ChaosOptions,
): Promise<Report> {
  const luck = chance(seed ^ 0x5eed);
  const stage = await setStage();
  const mischief = makeMischief(stage.sandbox.world, luck);
  const env = { SWEEP_INTERVAL: `${sweepSeconds}s`, CONCURRENCY: '8', POLICY: policy };
  try {
    const bots: TsProcess[] = [];
    const start = async (at: number): Promise<void> => {
      bots[at] = await stage.spawnBot(queueUrl, env, at);
    };
    for (let at = 0; at < processes; at += 1) await start(at);
    const deadly = spread(kills, story.issues + story.steps.length, luck);
    let killed = 0;
    const issues = await act(story, stage, async (done) => {
      if (luck.happens(0.5)) mischief.stir();
      if (!deadly.has(done)) return;
      const at = luck.below(processes);
      await bots[at]?.kill('SIGKILL');
      killed += 1;
      say(`killed ${killed} of ${kills} after ${done} steps`);
      await start(at);
    });
    mischief.end();
    say('everything works again; waiting until all is caught up');
    const differing = (): string[] =>
      issues.flatMap((issue, at) => {
        const end = wanted[at];
        return end ? differences(at, endOf(stage.sandbox, issue), end) : [];
      });
    await settle(stage, () => differing().length === 0, say);
    const told = differing();
    const { requests, deliveries } = stage.sandbox.world;
    const ours = requests.filter(({ username }) => username === DEMO_BOT);
    return {
      hooks: deliveries.length,
      faults: mischief.counts(),
      kills: killed,
      requests: ours.length,
      writes: ours.filter(({ method }) => method !== 'GET').length,
      lost: new Set(told.map((line) => line.split(':')[0])).size,
      doubled: issues.reduce((sum, issue, at) => sum + surplus(stage, issue, wanted[at]), 0),
      differences: told,
    };
  } finally {
    await stage.stop();
  }
}

/** Opens the issues and takes the steps; `between` is awaited after each with how many were taken. */
async function act(
  story: Story,
  stage: Stage,
  between: (done: number) => Promise<void>,
): Promise<readonly Issue[]> {
  const issues: Issue[] = [];
  let done = 0;
  const next = async (): Promise<void> => {
    done += 1;
    await between(done);
    await new Promise((resolve) => setTimeout(resolve, stepMs));
  };
  for (let index = 0; index < story.issues; index += 1) {
    issues.push(openIssue(stage.sandbox, index));
    await next();
  }
  for (const { issue, act } of story.steps) {
    const on = issues[issue];
    if (on) act((username) => stage.sandbox.as(username), on);
    await next();
  }
  return issues;
}

/** Waits until the bot has written nothing for two sweeps and `isRight`; gives up when it is quiet and still not right. */
async function settle(
  stage: Stage,
  isRight: () => boolean,
  say: (line: string) => void,
): Promise<void> {
  await stage.sandbox.settled();
  const written = (): number =>
    stage.sandbox.world.requests.filter(
      ({ username, method }) => username === DEMO_BOT && method !== 'GET',
    ).length;
  let last = written();
  let since = Date.now();
  await until(() => {
    const now = written();
    if (now !== last) {
      last = now;
      since = Date.now();
    }
    const quietMs = Date.now() - since;
    return quietMs > (isRight() ? 2.5 : 8) * sweepSeconds * 1000;
  }, 600_000);
  say(`nothing was written any more after ${last} writes`);
}

/** At which of `steps` steps the bot dies. */
function spread(kills: number, steps: number, luck: Chance): ReadonlySet<number> {
  const deadly = new Set<number>();
  while (deadly.size < Math.min(kills, steps)) deadly.add(1 + luck.below(steps));
  return deadly;
}

function surplus(stage: Stage, issue: Issue, wanted: End | undefined): number {
  const { statusComments, replies } = endOf(stage.sandbox, issue);
  const is = statusComments + replies.length;
  return wanted ? Math.max(0, is - wanted.statusComments - wanted.replies.length) : 0;
}
