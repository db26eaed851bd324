/** A bot that is started again goes on where the sweep ended, and looks at everything only where something else decides. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Issue } from '../../src/sandbox/world.ts';
import { until } from '../queue/until.ts';
import { type Stage, setStage } from './bot.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await stage.stop();
});

it('finds what changed while it was away and leaves the rest alone; another policy makes it look at all', async () => {
  const env = { SWEEP_INTERVAL: '1s' };
  const first = await stage.startBot(undefined, env);
  const old = stage.createIssue();
  await until(() => stage.see(old).comment !== null);
  // Changed long ago, so that no sweep that looks back takes it; what sweeps before that asked for is done with.
  await stage.sandbox.settled();
  old.updatedAt = new Date(Date.parse(old.updatedAt) - 3_600_000).toISOString();
  const quiet = stage.logged.length;
  await until(() => sweepsSince(quiet) > 4);
  await first.close();
  const missed = stage.createIssue(undefined, 'Oakhollow Mills');
  await stage.sandbox.settled();

  const begun = stage.logged.length;
  const second = await stage.startBot(undefined, env);
  await until(() => stage.see(missed).comment !== null);
  await until(() => sweepsSince(begun) > 2);
  await second.close();
  expect(looksSince(begun, missed)).toBeGreaterThan(0);
  expect(looksSince(begun, old)).toBe(0);
  // Nobody was there whose hook could have been lost.
  const repair = 'the sweep found a change that no hook had announced';
  expect(stage.logged.filter(({ msg }) => msg === repair)).toEqual([]);

  const policy = join(stage.dataDir, 'policy.yaml');
  const { POLICY: given = '' } = stage.environment();
  writeFileSync(policy, `${readFileSync(given, 'utf8')}\nlimits: { notes_a_minute: 49 }\n`);
  const changed = stage.logged.length;
  await stage.startBot(undefined, { ...env, POLICY: policy });
  await until(() => looksSince(changed, old) > 0);
}, 120_000);

function sweepsSince(line: number): number {
  return stage.logged.slice(line).filter(({ msg }) => msg === 'swept').length;
}

function looksSince(line: number, { iid }: Issue): number {
  const lines: readonly { readonly msg: string; readonly issueIid?: number }[] = stage.logged;
  return lines.slice(line).filter(({ msg, issueIid }) => msg === 'looked' && issueIid === iid)
    .length;
}
