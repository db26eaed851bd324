/** A webhook that GitLab switched off, and what only the sweep found: noticed, told, counted, mended. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Service } from '../../src/service/options.ts';
import { until } from '../queue/until.ts';
import { type Stage, setStage } from './bot.ts';

describe('a webhook that GitLab switched off', () => {
  let stage: Stage;
  let bot: Service;

  beforeEach(async () => {
    stage = await setStage();
    stage.sandbox.world.switchesHooksOff = true;
  });

  afterEach(async () => {
    await stage.stop();
  });

  const start = async (env: Record<string, string> = {}): Promise<void> => {
    bot = await stage.startBot(undefined, { SWEEP_INTERVAL: '1s', ...env });
  };
  const hook = () => {
    const found = stage.sandbox.world.projects[0]?.hooks[0];
    if (!found) throw new Error('the bot has no hook');
    return found;
  };
  const switchOff = (failures = 40): void => {
    hook().failures = failures;
  };
  const said = (part: string) => stage.logged.filter(({ msg }) => msg.includes(part));
  const metric = async (line: string): Promise<boolean> =>
    (await (await fetch(`${bot.url}/metrics`)).text()).includes(line);
  const tests = () =>
    stage.sandbox.world.requests.filter(({ route }) => route?.endsWith('/test/:trigger'));

  it('is told once, and switched on again by the next sweep', async () => {
    await start();
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null, 60_000);
    await stage.sandbox.settled();
    switchOff();
    await until(() => said('this webhook is on again').length === 1, 60_000);
    expect(hook().failures).toBe(0);
    expect(tests()).toMatchObject([{ status: 201 }]);
    expect(said('has switched this webhook off for good')).toMatchObject([
      { level: 'warn', project: stage.sandbox.world.projects[0]?.id, hook: hook().id },
    ]);
    const on = `scoping_bot_hook_state{project="${stage.sandbox.world.projects[0]?.id}",state="executable"} 1`;
    await until(() => metric(on));
    // The test looked like a new issue to the bot; it wrote nothing for it.
    expect(stage.see(issue).notes).toBe(1);
    expect(stage.strange).toEqual([]);
  }, 120_000);

  it('stays off while its test fails, is tried once a sweep, and the sweep finds the work', async () => {
    await start();
    await until(() => said('swept').length > 0, 60_000);
    const { url } = hook();
    hook().url = url.replace('127.0.0.1', '127.0.0.2');
    switchOff();
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null, 60_000);
    await until(() => metric('scoping_bot_sweep_repairs_total 1'));
    expect(said('the sweep found a change that no hook had announced')).toMatchObject([
      { level: 'warn', issueIid: issue.iid },
    ]);
    const answered = () => tests().filter(({ status }) => status !== 0);
    await until(() => answered().length >= 2, 60_000);
    expect(tests().length).toBeLessThanOrEqual(said('swept').length + 1);
    expect(new Set(answered().map(({ status }) => status))).toEqual(new Set([422]));
    expect(said('has switched this webhook off')).toHaveLength(1);
    expect(await metric('state="disabled"} 1')).toBe(true);
  }, 120_000);

  it('what a hook announced is no repair of the sweep', async () => {
    await start();
    await until(() => said('swept').length > 0, 60_000);
    const issue = stage.createIssue();
    await until(() => stage.see(issue).comment !== null, 60_000);
    const before = said('swept').length;
    await until(() => said('swept').length >= before + 2, 60_000);
    expect(await metric('scoping_bot_sweep_repairs_total 0')).toBe(true);
  }, 120_000);

  it('what was there before the bot, and what changed while it was away, is no repair either', async () => {
    const issue = stage.createIssue();
    await stage.sandbox.settled();
    await start();
    await until(() => stage.see(issue).comment !== null, 60_000);
    await until(() => said('swept').length >= 2, 60_000);
    expect(said('that no hook had announced')).toEqual([]);
    expect(await metric('scoping_bot_sweep_repairs_total 0')).toBe(true);
  }, 120_000);

  it('a token that may not look is no trouble: one debug line, and the sweep goes on', async () => {
    const { users, projects } = stage.sandbox.world;
    const me = users.find(({ username }) => username === 'scoping-bot')?.id ?? 0;
    await start({ SWEEP_INTERVAL: 'off' });
    await bot.close();
    projects[0]?.members.set(me, 20);
    await start({ PORT: new URL(bot.url).port });
    await until(() => said('swept').length >= 2, 60_000);
    expect(said('may not look at webhooks')).toMatchObject([{ level: 'debug' }]);
    expect(stage.logged.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  }, 120_000);

  it('a dry run tells and leaves it off', async () => {
    await start({ DRY_RUN: 'on' });
    stage.createIssue();
    await stage.sandbox.settled();
    switchOff();
    await until(() => said('has switched this webhook off').length === 1, 60_000);
    const before = said('swept').length;
    await until(() => said('swept').length > before, 60_000);
    expect(tests()).toEqual([]);
    expect(hook().failures).toBe(40);
  }, 120_000);
});
