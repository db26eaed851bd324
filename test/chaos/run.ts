/** One chaos run: the same story told twice, once quietly and once with everything failing, and what differs in the end. */
import { setTimeout as delay } from 'node:timers/promises';
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
import { deletedComments, lastHookTaken, surplusOf } from './trail.ts';

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
  /** Issues whose last hook the bot had taken; those need no sweep. */
  readonly taken: number;
  /** Issues that do not stand as a quiet run left them, or did so only after a sweep although their hook was taken. */
  readonly lost: number;
  /** Comments of the bot beyond those of a quiet run, deleted ones included. */
  readonly doubled: number;
  /** In words. */
  readonly differences: readonly string[];
}

const env = {
  CONCURRENCY: '8',
  POLICY: fileURLToPath(new URL('policy.yaml', import.meta.url)),
};
const sweepSeconds = 3;
/** People's steps come this far apart. */
const stepMs = 25;
/** Two sweeps without a write are calm; a killed bot's work is taken over and a failed look tried again well within the long one. */
const calmMs = 2.5 * sweepSeconds * 1_000;
const longMs = 30_000;
/** A bot dies up to this long after a step: while it takes the hook, looks or writes. */
const deathMs = 60;

/** How the story ends when nothing goes wrong. */
export async function runQuietly(
  story: Story,
  say: (line: string) => void,
): Promise<readonly End[]> {
  const stage = await setStage();
  try {
    await stage.startBot(undefined, env);
    const issues = await act(story, stage, async () => {});
    await settle(stage, () => true, say);
    return issues.map((issue) => endOf(stage.sandbox, issue));
  } finally {
    await stage.stop();
  }
}

/**
 * The same story with everything failing; `wanted` is how it has to end. There is no sweep at first, because
 * it would repair what a bot took and forgot; then the bots are replaced by ones that sweep.
 */
export async function runChaos(
  story: Story,
  wanted: readonly End[],
  { seed, kills, queueUrl, processes, say }: ChaosOptions,
): Promise<Report> {
  const stage = await setStage();
  const mischief = makeMischief(stage.sandbox.world, chance(seed ^ 0x5eed));
  const luck = chance(seed ^ 0xdead);
  try {
    const bots: TsProcess[] = [];
    const start = async (at: number, sweep: string): Promise<void> => {
      bots[at] = await stage.spawnBot(queueUrl, { ...env, SWEEP_INTERVAL: sweep }, at);
    };
    for (let at = 0; at < processes; at += 1) await start(at, 'off');
    const deadly = spread(kills, story.issues + story.steps.length, luck);
    let killed = 0;
    const issues = await act(story, stage, async (done) => {
      if (luck.happens(0.5)) mischief.stir();
      if (!deadly.has(done)) return;
      const at = luck.below(processes);
      await delay(luck.below(deathMs));
      await bots[at]?.kill('SIGKILL');
      killed += 1;
      say(`killed ${killed} of ${kills} after ${done} steps`);
      await start(at, 'off');
    });
    mischief.end();
    const differing = (among: (at: number) => boolean): string[] =>
      issues.flatMap((issue, at) => {
        const end = wanted[at];
        return end && among(at) ? differences(issue.iid, endOf(stage.sandbox, issue), end) : [];
      });

    say('everything works again; catching up without a sweep');
    await stage.sandbox.settled();
    const taken = lastHookTaken(stage.sandbox, issues);
    const forgotten = (): string[] => differing((at) => taken.has(at));
    await settle(stage, () => forgotten().length === 0, say);
    const unswept = forgotten().map((line) => `${line} (its hook was taken, no sweep yet)`);

    say('with sweeps, for what no hook told');
    for (const [at, bot] of bots.entries()) {
      await bot.kill('SIGTERM');
      await start(at, `${sweepSeconds}s`);
    }
    await settle(stage, () => differing(() => true).length === 0, say);
    const swept = differing(() => true);
    const deleted = deletedComments(stage.sandbox);

    const { requests, deliveries } = stage.sandbox.world;
    const ours = requests.filter(({ username }) => username === DEMO_BOT);
    const surplus = issues.map((issue, at) => surplusOf(stage.sandbox, issue, wanted[at]));
    return {
      hooks: deliveries.length,
      taken: taken.size,
      faults: mischief.counts(),
      kills: killed,
      requests: ours.length,
      writes: ours.filter(({ method }) => method !== 'GET').length,
      lost: new Set([...unswept, ...swept].map((line) => line.split(':')[0])).size,
      doubled: surplus.reduce((sum, each) => sum + each, 0) + deleted.length,
      differences: [...unswept, ...swept, ...deleted],
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
    await delay(stepMs);
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

/** Waits until the bot has written nothing for a while and `isRight`; gives up when it is quiet for long and still not right. */
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
    return quietMs > longMs || (quietMs > calmMs && isRight());
  }, 600_000);
  say(`nothing was written any more after ${last} writes`);
}

/** At which of `steps` steps the bot dies. */
function spread(kills: number, steps: number, luck: Chance): ReadonlySet<number> {
  const deadly = new Set<number>();
  while (deadly.size < Math.min(kills, steps)) deadly.add(1 + luck.below(steps));
  return deadly;
}
