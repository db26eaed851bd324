/** The queue's database stops answering, or takes nothing, under a running bot: hooks are told in time, and nothing is lost. */
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { hasServer, startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import { issueHook } from '../webhook/given.ts';
import { type Stage, setStage } from './bot.ts';

/** GitLab gives up on a hook after so long and counts it as failed. */
const gitLabWaitsMs = 10_000;
const databases = [
  ['Redis', 'redis', startRedis],
  ['PostgreSQL', 'postgres', startPostgres],
] as const;

for (const [name, kind, start] of databases) {
  describe.skipIf(!hasServer(kind, `hooks while ${name} hangs`))(`${name} hangs`, () => {
    let stage: Stage;
    let server: TestServer;

    beforeEach(async () => {
      [server, stage] = await Promise.all([start(), setStage()]);
    });
    afterEach(async () => {
      server.signal('SIGCONT');
      await stage.stop();
      await server.stop();
    });

    it('hooks get 503 with Retry-After in time and one line; afterwards they are taken, and what was refused is done', async () => {
      const bot = await stage.spawnBot(server.url, { SWEEP_INTERVAL: '2s' });
      const { id: project = 0, hooks } = stage.sandbox.world.projects[0] ?? {};
      const address = hooks?.[0]?.url ?? '';
      const page = (path: string) => fetch(new URL(path, address));
      const deliver = async (iid: number) => {
        const begun = performance.now();
        const answer = await fetch(address, {
          method: 'POST',
          headers: {
            'x-gitlab-event': 'Issue Hook',
            'x-gitlab-token': stage.environment().WEBHOOK_SECRET_TOKEN ?? '',
          },
          body: JSON.stringify(
            issueHook({ iid, project_id: project }, { project: { id: project } }),
          ),
        });
        const ms = performance.now() - begun;
        return { status: answer.status, again: answer.headers.get('retry-after'), ms };
      };
      const lines = (part: string) =>
        bot
          .output()
          .split('\n')
          .filter((line) => line.includes(`"msg":"${part}`));

      const before = stage.createIssue(undefined, 'Oakhollow Mills');
      await until(() => stage.see(before).comment !== null, 60_000);
      server.signal('SIGSTOP');
      const missed = stage.createIssue();
      const refused = await Promise.all([1, 2, 3, 4, 5].map((each) => deliver(missed.iid + each)));
      refused.push(await deliver(missed.iid));
      expect(refused.map(({ status, again }) => [status, again])).toEqual(
        refused.map(() => [503, '30']),
      );
      const slowest = Math.max(...refused.map(({ ms }) => ms));
      process.stdout.write(`${name} hangs: the slowest 503 after ${Math.round(slowest)} ms\n`);
      expect(slowest).toBeLessThan(gitLabWaitsMs);
      const ready = await page('/readyz');
      expect(ready.status).toBe(503);
      expect(await ready.json()).toHaveProperty('reasons', [
        expect.stringContaining("The queue's database does not answer"),
      ]);
      expect((await page('/healthz')).status).toBe(200);
      expect(lines('the queue takes no hooks')).toHaveLength(1);
      expect(lines('hook"').filter((line) => line.includes('"status":503'))).toEqual([]);
      expect(stage.see(missed).comment).toBeNull();

      server.signal('SIGCONT');
      await until(async () => (await page('/readyz')).status === 200, 60_000);
      await until(async () => (await deliver(before.iid)).status === 202, 60_000);
      await until(() => stage.see(missed).comment !== null, 60_000);
      // More hooks until it is quiet: the end of it is told with how many were refused.
      await until(async () => {
        await deliver(before.iid);
        return lines('the queue takes hooks again').length > 0;
      }, 60_000);
      const over = JSON.parse(lines('the queue takes hooks again')[0] ?? '{}');
      expect(over.refused).toBeGreaterThanOrEqual(refused.length);
      expect(lines('the queue takes no hooks')).toHaveLength(1);
      expect(stage.see(missed).notes).toBe(1);
    }, 240_000);
  });
}

describe.skipIf(!hasServer('redis', 'hooks while Redis is full'))('Redis is full', () => {
  it('the hook is refused, and once there is room the sweep finds the issue and says that no hook told', async () => {
    const [server, stage] = await Promise.all([startRedis(), setStage()]);
    const admin = new Redis(server.url);
    try {
      const bot = await stage.startBot(server.url, { SWEEP_INTERVAL: '2s' });
      const said = (part: string) => stage.logged.filter(({ msg }) => msg.includes(part));
      await until(() => said('swept').length > 0, 60_000);
      await admin.config('SET', 'maxmemory', '1');
      const missed = stage.createIssue();
      await until(() => said('the queue takes no hooks').length > 0, 60_000);
      await stage.sandbox.settled();
      expect(stage.see(missed).comment).toBeNull();
      await admin.config('SET', 'maxmemory', '0');
      await until(() => stage.see(missed).comment !== null, 60_000);
      const metrics = await (await fetch(`${bot.url}/metrics`)).text();
      expect(metrics).toContain('scoping_bot_sweep_repairs_total 1');
      expect(metrics).toMatch(/scoping_bot_hooks_total\{outcome="queue_down"\} [1-9]/);
      expect(said('the sweep found a change')).toMatchObject([{ issueIid: missed.iid }]);
      expect(said('the queue takes no hooks')).toHaveLength(1);
    } finally {
      admin.disconnect();
      await stage.stop();
      await server.stop();
    }
  }, 180_000);
});
