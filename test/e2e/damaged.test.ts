/** The embedded folder is damaged: what was only in it is found again in GitLab. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { type Stage, setStage } from './bot.ts';

const route = '/projects/:id/issues/:iid/notes';
let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await stage.stop();
});

it('a damaged folder is set aside with a sentence, and the sweep comments on every issue whose hook was in it', async () => {
  const { faults, deliveries } = stage.sandbox.world;
  // Nothing is finished before the end of the first process.
  faults.push({ kind: 'slow', ms: 60_000, method: 'GET', route, times: 1_000 });
  const first = await stage.spawnBot();
  const issues = Array.from({ length: 12 }, (_, index) =>
    stage.createIssue(undefined, `Customer ${index}`),
  );
  await until(() => deliveries.filter(({ code }) => code === 202).length >= issues.length, 60_000);
  await first.kill('SIGKILL');
  writeFileSync(join(stage.dataDir, 'queue', 'global', 'pg_control'), 'not a control file');
  faults.length = 0;
  const told = deliveries.length;
  expect(issues.filter((issue) => stage.see(issue).comment !== null)).toEqual([]);

  const second = await stage.spawnBot(undefined, { SWEEP_INTERVAL: '2s' });
  expect(second.output()).toContain('could not be read. It was set aside');
  await until(() => issues.every((issue) => stage.see(issue).comment !== null), 120_000);
  await stage.sandbox.settled();
  expect(issues.map((issue) => stage.see(issue).notes)).toEqual(issues.map(() => 1));
  // GitLab told of nothing but what the bot itself wrote.
  expect(deliveries.slice(told).filter(({ code }) => code === 202)).toEqual([]);
  expect(readdirSync(stage.dataDir).filter((name) => name.includes('damaged'))).toHaveLength(1);
}, 240_000);
