/** `serve --role`: hooks taken in here, issues worked there, in processes of their own over one real queue. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { figure } from '../seeing/scrape.ts';
import { runTs } from '../support/run-ts.ts';
import { hasServer, startRedis, type TestServer } from '../support/servers.ts';
import { type Stage, setStage } from './bot.ts';

const notes = '/projects/:id/issues/:iid/notes';
const healthCheck = fileURLToPath(new URL('../../scripts/healthy.mjs', import.meta.url));
/** Processes start slowly on a machine that has much to do. */
const longMs = 60_000;
const lastSweep = 'scoping_bot_last_sweep_timestamp_seconds';
const web = ['--role', 'web'];
const worker = ['--role', 'worker'];
/** What a worker is started with has no secret of a webhook in it. */
const noSecret = { WEBHOOK_SECRET_TOKEN: '' };

const status = async (url: string, method = 'GET') =>
  (await fetch(url, { method, ...(method === 'POST' && { body: '{}' }) })).status;

describe.skipIf(!hasServer('redis', 'web and workers apart'))(
  'web and workers apart',
  { timeout: 180_000 },
  () => {
    let stage: Stage;
    let server: TestServer;

    beforeEach(async () => {
      [server, stage] = await Promise.all([startRedis(), setStage()]);
    });
    afterEach(async () => {
      await stage.stop();
      await server.stop();
    });

    it('one web process and two workers: hooks become comments, and when a worker is killed the other takes over', async () => {
      const front = await stage.spawnBot(server.url, {}, 0, web);
      const single = { ...noSecret, CONCURRENCY: '1' };
      const [one, two] = await Promise.all([
        stage.spawnBot(server.url, single, 1, worker),
        stage.spawnBot(server.url, single, 2, worker),
      ]);

      // One issue at a time each: two that are held at once are held by both workers.
      const { faults, requests } = stage.sandbox.world;
      faults.push({ kind: 'slow', ms: 8_000, method: 'GET', route: notes, times: 2 });
      const issues = ['Tarnfield Insurance', 'Oakhollow Mills'].map((customer) =>
        stage.createIssue(undefined, customer),
      );
      await until(() => requests.filter(({ route }) => route === notes).length === 2, longMs);
      await one.kill('SIGKILL');
      expect(issues.map((issue) => stage.see(issue).comment)).toEqual([null, null]);

      await until(() => issues.every((issue) => stage.see(issue).comment !== null), longMs);
      await stage.sandbox.settled();
      expect(issues.map((issue) => stage.see(issue).notes)).toEqual([1, 1]);
      expect(two.output()).toContain('taken over from a worker that died');
      expect(front.output()).not.toContain('"msg":"looked"');
    });

    it('web alone: the hook is queued and never worked, nothing is swept, until a worker comes', async () => {
      const front = await stage.spawnBot(server.url, { SWEEP_INTERVAL: '1s' }, 0, web);
      const issue = stage.createIssue();
      await stage.sandbox.settled();
      expect(stage.sandbox.world.deliveries.map(({ code }) => code)).toEqual([202]);

      // As long as several sweeps would take; each would have listed the project's issues.
      await until(async () => waiting(await metrics(front.url)) === 1, longMs);
      const end = Date.now() + 3_000;
      await until(() => Date.now() > end);
      expect(waiting(await metrics(front.url))).toBe(1);
      const asked = stage.requests().filter((request) => request.includes('/issues'));
      expect(asked).toEqual([]);
      // A figure here would be the alert that nothing is swept.
      expect(await figure(front.url, lastSweep)).toBeNull();
      expect(stage.see(issue).comment).toBeNull();

      await stage.spawnBot(server.url, noSecret, 1, worker);
      await until(() => stage.see(issue).comment !== null, longMs);
      expect(stage.see(issue).notes).toBe(1);
    });

    it('both tell how they are at HOST and PORT, to the health check of the image too; hooks go to the web process only', async () => {
      const front = await stage.spawnBot(server.url, {}, 0, web);
      const back = await stage.spawnBot(server.url, noSecret, 1, worker);
      for (const { url } of [front, back]) {
        for (const page of ['healthz', 'readyz', 'metrics']) {
          expect([page, await status(`${url}/${page}`)]).toEqual([page, 200]);
        }
        const asked = spawnSync(process.execPath, [healthCheck], {
          env: { ...process.env, HOST: '0.0.0.0', PORT: new URL(url).port },
        });
        expect(asked.status).toBe(0);
      }
      expect(await status(`${front.url}/webhooks/gitlab`, 'POST')).toBe(401);
      expect(await status(`${back.url}/webhooks/gitlab`, 'POST')).toBe(404);
    });

    it('a worker sweeps: an issue that no hook announced gets its comment', async () => {
      const back = await stage.spawnBot(
        server.url,
        { ...noSecret, SWEEP_INTERVAL: '1s' },
        1,
        worker,
      );
      const issue = stage.createIssue();
      await until(() => stage.see(issue).comment !== null, longMs);
      expect(stage.sandbox.world.deliveries).toEqual([]);
      expect(back.output()).toContain('"msg":"swept"');
    });

    it('a web process stays ready for hooks while GitLab is out of reach; a worker says that it is not', async () => {
      const away = { GITLAB_URL: 'http://127.0.0.1:9' };
      const front = await stage.spawnBot(server.url, away, 0, web);
      const back = await stage.spawnBot(server.url, { ...noSecret, ...away }, 1, worker);
      expect(await status(`${front.url}/readyz`)).toBe(200);
      expect(await status(`${back.url}/readyz`)).toBe(503);
      expect(await status(`${back.url}/healthz`)).toBe(200);
      // Neither waits for it to end, and the timers that ask again are no reason to stay.
      for (const process of [front, back]) process.child.kill('SIGTERM');
      expect(await Promise.all([front.exited, back.exited])).toEqual([0, 0]);
    });

    it('a web process without the secret of a webhook ends with 78; with it, it asks GitLab for the ids of its projects', async () => {
      const bare = runTs(new URL('../../src/main.ts', import.meta.url), {
        args: ['serve', ...web],
        env: { ...stage.environment(server.url), ...noSecret, PORT: '0' },
      });
      expect(await bare.exited).toBe(78);
      expect(bare.output()).toContain('WEBHOOK_SIGNING_TOKEN: read nothing');

      await stage.spawnBot(server.url, {}, 0, web);
      await until(() => stage.requests().includes('GET /projects/:id'), longMs);
    });
  },
);

describe('the embedded queue', () => {
  it.each(['web', 'worker'])('ends serve --role %s with one sentence and 78', async (role) => {
    const stage = await setStage();
    const bot = runTs(new URL('../../src/main.ts', import.meta.url), {
      args: ['serve', '--role', role],
      env: { ...stage.environment(), PORT: '0' },
    });
    expect(await bot.exited).toBe(78);
    expect(bot.output().trim().split('\n')).toEqual([
      `QUEUE_URL: read embedded, but that queue belongs to one process and serve --role ${role} shares it with others: ` +
        'name a Redis (redis://…) or a PostgreSQL (postgres://…), or leave --role away',
    ]);
    await stage.stop();
  });

  it('a role that does not exist is wrong use', async () => {
    const bot = runTs(new URL('../../src/main.ts', import.meta.url), {
      args: ['serve', '--role', 'sweeper'],
    });
    expect(await bot.exited).toBe(2);
    expect(bot.output()).toContain('Allowed choices are all, web, worker');
  });
});

async function metrics(url: string): Promise<string> {
  return (await fetch(`${url}/metrics`)).text();
}

function waiting(text: string): number {
  return Number(/^scoping_bot_queue_jobs\{state="waiting"\} (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
}
