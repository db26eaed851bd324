/** The disk under the embedded queue is full: told, survived, and nothing of it is lost. */
import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { runTs } from '../support/run-ts.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { type Stage, setStage } from './bot.ts';

const MEGABYTES = 200;
const probe = mountSmallDisk(MEGABYTES);
probe?.remove();
if (probe === null) {
  process.stdout.write('Left out: the bot on a full disk (needs root that may mount a tmpfs).\n');
}
const sentence = 'The disk that holds DATA_DIR is full';
const count = (text: string, part: string) => text.split(part).length - 1;

describe.skipIf(probe === null)('a full disk under the embedded queue', () => {
  let disk: SmallDisk;
  let stage: Stage;
  let env: Record<string, string>;

  beforeEach(async () => {
    disk = mountSmallDisk(MEGABYTES) as SmallDisk;
    stage = await setStage();
    env = { DATA_DIR: disk.folder, SWEEP_INTERVAL: '2s' };
  });
  afterEach(async () => {
    await stage.stop();
    disk.remove();
  });

  const hookUrl = () => stage.sandbox.world.projects[0]?.hooks[0]?.url ?? '';
  const page = (path: string) => fetch(new URL(path, hookUrl()));
  const answers = () => stage.sandbox.world.deliveries.map(({ code }) => code);
  const commented = (issue: Parameters<Stage['see']>[0]) => stage.see(issue).comment !== null;

  it('hooks get 503 and one sentence is said while it lasts; with room it goes on by itself, and the sweep finds the rest', async () => {
    const bot = await stage.spawnBot(undefined, env);
    const before = stage.createIssue();
    await until(() => commented(before), 60_000);

    disk.fill();
    const turnedAway = ['Oakhollow Mills', 'Brackwater Rail', 'Lindqvist Foods'].map((customer) =>
      stage.createIssue(undefined, customer),
    );
    await until(() => answers().filter((code) => code === 503).length >= turnedAway.length, 30_000);
    const ready = await page('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain('the disk is full');
    expect((await page('/healthz')).status).toBe(200);
    expect(turnedAway.filter(commented)).toEqual([]);
    // Sweeps and looks for work go on against the full disk meanwhile.
    await until(() => count(bot.output(), 'trouble with the queue') >= 1);
    await new Promise((resolve) => setTimeout(resolve, 3_000));

    disk.clear();
    await until(async () => (await page('/readyz')).status === 200);
    const after = stage.createIssue(undefined, 'Harrowgate Glass');
    await until(() => [...turnedAway, after].every(commented), 90_000);
    await stage.sandbox.settled();
    expect([before, ...turnedAway, after].map((issue) => stage.see(issue).notes)).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(count(bot.output(), sentence)).toBe(1);
    expect(count(bot.output(), 'There is room on the disk that holds DATA_DIR again')).toBe(1);
    expect(bot.child.exitCode).toBeNull();
  }, 240_000);

  it('stopped while it is full: ends in time with 0; a start says what is full; with room the rest is done', async () => {
    const { faults, requests } = stage.sandbox.world;
    const route = '/projects/:id/issues/:iid/notes';
    const withoutSweep = { ...env, SWEEP_INTERVAL: 'off' };
    faults.push({ kind: 'slow', ms: 3_000, method: 'GET', route, times: 1 });
    const first = await stage.spawnBot(undefined, withoutSweep);
    const taken = stage.createIssue();
    await until(() => requests.some((each) => each.route === route), 60_000);
    await until(() => answers().includes(202));
    disk.fill();
    const begun = performance.now();
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_500);

    const second = runTs(new URL('../../src/main.ts', import.meta.url), {
      args: ['serve'],
      env: { ...stage.environment(), ...withoutSweep, PORT: '0' },
    });
    expect(await second.exited).toBe(69);
    expect(second.output()).toMatch(/^The queue cannot be started in \S+ \(the disk is full\)\./m);
    expect(existsSync(`${disk.folder}/queue/PG_VERSION`)).toBe(true);

    disk.clear();
    const third = await stage.spawnBot(undefined, { ...withoutSweep, LOG_LEVEL: 'debug' });
    // What was taken is there still, though no sweep looks and its first look may have written.
    await third.prints('"looked"');
    await until(() => commented(taken), 60_000);
    await stage.sandbox.settled();
    expect(stage.see(taken).notes).toBe(1);
    expect(readdirSync(disk.folder).filter((name) => name.includes('damaged'))).toEqual([]);
  }, 240_000);
});
