/** GitLab refuses the token, or everything, or one issue: what stops, what goes on, what is told. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Service } from '../../src/service/options.ts';
import { until } from '../queue/until.ts';
import { type Stage, setStage } from './bot.ts';

const issueRoute = '/projects/:id/issues/:iid';
const probe = 'GET /api/v4/user';

describe('a GitLab that refuses', () => {
  let stage: Stage;
  let bot: Service;

  beforeEach(async () => {
    stage = await setStage();
  });

  afterEach(async () => {
    await stage.stop();
  });

  const start = async (env: Record<string, string> = {}): Promise<void> => {
    bot = await stage.startBot(undefined, env, { probeMs: 300 });
    asked();
  };
  const refuse = (status: number, route = '*'): (() => void) => {
    const fault = { kind: 'answer', status, when: 'before', route, times: 1e6 } as const;
    const { faults } = stage.sandbox.world;
    faults.push({ ...fault });
    return () => faults.splice(0, faults.length);
  };
  const notReady = async (): Promise<string> => (await fetch(`${bot.url}/readyz`)).text();
  /** All requests since the last call; the stage's own list leaves out those without a user. */
  const asked = () =>
    stage.sandbox.world.requests.splice(0).map(({ method, path }) => `${method} ${path}`);
  const said = (part: string) => stage.logged.filter(({ msg }) => msg.includes(part));
  const commented = () =>
    Promise.resolve(
      stage.sandbox.world.projects[0]?.issues.every((issue) => stage.see(issue).notes === 1) ===
        true,
    );

  it('everything (403): work stops after a few issues, one gentle probe now and then, nothing is lost', async () => {
    await start();
    const allow = refuse(403);
    for (const customer of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) {
      stage.createIssue(undefined, customer);
    }
    await until(async () => (await notReady()).includes('GitLab answers 403 to everything.'));
    await until(() => asked().at(-1) === probe);
    const seen: string[] = [];
    await until(() => {
      seen.push(...asked());
      return seen.length >= 2;
    });
    expect(new Set(seen)).toEqual(new Set([probe]));
    expect(said('GitLab answers 403 to everything')).toMatchObject([{ level: 'error' }]);
    // The first two could not know; from the third on nobody is given up any more.
    expect(said('issue given up')).toHaveLength(2);

    allow();
    await until(commented, 60_000);
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
    expect(said('GitLab lets us in again')).toHaveLength(1);
  }, 90_000);

  it('one issue (403): it is given up and the others go on', async () => {
    await start();
    const { faults } = stage.sandbox.world;
    faults.push({ kind: 'answer', status: 403, when: 'before', route: issueRoute, times: 1 });
    const first = stage.createIssue();
    await until(() => said('issue given up').length === 1);
    const second = stage.createIssue(undefined, 'Oakhollow Mills');
    await until(() => stage.see(second).comment !== null);
    expect(stage.see(first).comment).toBeNull();
    expect(said('work is paused')).toEqual([]);
  }, 60_000);

  it('an issue given up (403) is done by the next sweep once the role is mended, and is no repair', async () => {
    await start({ SWEEP_INTERVAL: '2s' });
    await until(() => said('swept').length > 0);
    const allow = refuse(403, issueRoute);
    const issue = stage.createIssue();
    await until(() => said('issue given up').length >= 1);
    // Between this sweep and the next the issue does not change, and no listing names it any more.
    issue.updatedAt = new Date(Date.now() - 3_600_000).toISOString();
    await stage.sandbox.settled();
    allow();
    await until(() => stage.see(issue).comment !== null, 60_000);
    expect(said('work is paused')).toEqual([]);
    expect(said('no hook had announced')).toEqual([]);
  }, 150_000);

  it('several issues, but not us (403): one probe tells, and nothing stops', async () => {
    await start();
    refuse(403, issueRoute);
    refuse(403, `${issueRoute}/notes`);
    for (const customer of ['One', 'Two', 'Three']) stage.createIssue(undefined, customer);
    await until(() => said('issue given up').length === 3);
    expect(asked().filter((request) => request === probe)).toHaveLength(1);
    expect(said('work is paused')).toEqual([]);
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  }, 60_000);

  it('the token (401): work stops at once and goes on with the next probe that works', async () => {
    await start();
    const allow = refuse(401);
    const issue = stage.createIssue();
    await until(async () => (await notReady()).includes('GitLab refuses the token.'));
    await until(() => asked().at(-1) === probe);
    expect(said('put a valid one into GITLAB_TOKEN')).toHaveLength(1);
    allow();
    await until(() => stage.see(issue).comment !== null, 60_000);
    expect(stage.see(issue).notes).toBe(1);
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  }, 90_000);

  const lastSweep = async (): Promise<number> => {
    const text = await (await fetch(`${bot.url}/metrics`)).text();
    return Number(/^scoping_bot_last_sweep_timestamp_seconds (\S+)$/m.exec(text)?.[1]);
  };

  it.each([
    [401, 'GitLab refuses the token.', 'the token works again'],
    [403, 'GitLab answers 403 to everything.', 'GitLab lets us in again'],
  ])(
    'a sweep that meets %i stops everything too, and does not count as a sweep',
    async (status, why, over) => {
      await start({ SWEEP_INTERVAL: '1s' });
      await until(() => said('swept').length > 0);
      const allow = refuse(status);
      await until(async () => (await notReady()).includes(why));
      const before = await lastSweep();
      asked();
      const seen: string[] = [];
      await until(() => {
        seen.push(...asked());
        return seen.length >= 5;
      });
      expect(new Set(seen)).toEqual(new Set([probe]));
      expect(await lastSweep()).toBe(before);
      allow();
      await until(() => said(over).length === 1);
      await until(async () => (await lastSweep()) > before);
      expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
    },
    90_000,
  );

  it('a ban leaves nobody blind for webhooks: a sweep after it looks at them again', async () => {
    await start({ SWEEP_INTERVAL: '1s' });
    await until(() => said('swept').length > 0);
    const allow = refuse(403);
    await until(() => said('work is paused').length === 1);
    allow();
    await until(() => said('GitLab lets us in again').length === 1);
    asked();
    await until(() => asked().some((request) => /\/hooks\b/.test(request)));
    expect(said('may not look at webhooks')).toEqual([]);
  }, 90_000);
});
