/** SIGTERM on the whole service: it ends in time whatever GitLab does, and the next one does the rest. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { hasServer, startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import { type Stage, setStage } from './bot.ts';

const route = '/projects/:id/issues/:iid/notes';
/** Issues under load; below what may be commented in a minute. */
const MANY = 30;

describe.skipIf(!hasServer('redis', 'ending in time'))('SIGTERM', () => {
  let stage: Stage;
  let server: TestServer;

  beforeEach(async () => {
    [server, stage] = await Promise.all([startRedis(), setStage()]);
  });
  afterEach(async () => {
    await stage.stop();
    await server.stop();
  });

  it('ends within ten seconds with 0 while GitLab does not answer; the next one does what was left; a second signal ends at once', async () => {
    const { faults, requests } = stage.sandbox.world;
    faults.push({ kind: 'slow', ms: 15_000, method: 'GET', route, times: 2 });
    const first = await stage.spawnBot(server.url);
    const issues = ['Tarnfield Insurance', 'Oakhollow Mills', 'Brackwater Rail'].map((customer) =>
      stage.createIssue(undefined, customer),
    );
    await until(() => requests.filter((each) => each.route === route).length >= 2);

    const begun = performance.now();
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_500);
    expect(first.output()).toContain('closed with work unfinished');

    faults.push({ kind: 'slow', ms: 15_000, method: 'GET', route, times: 1 });
    const second = await stage.spawnBot(server.url);
    const count = requests.filter((each) => each.route === route).length;
    await until(() => requests.filter((each) => each.route === route).length > count, 60_000);
    second.child.kill('SIGTERM');
    await second.prints('"msg":"closing"');
    const again = performance.now();
    second.child.kill('SIGTERM');
    expect(await second.exited).toBe(143);
    expect(performance.now() - again).toBeLessThan(2_000);

    await stage.spawnBot(server.url);
    await until(() => issues.every((issue) => stage.see(issue).comment !== null), 60_000);
    await stage.sandbox.settled();
    expect(issues.map((issue) => stage.see(issue).notes)).toEqual([1, 1, 1]);
  });
});

const embedded = async (): Promise<Pick<TestServer, 'stop'> & { readonly url: undefined }> => ({
  url: undefined,
  stop: async () => {},
});

describe.each([
  ['the embedded queue', null, embedded],
  ['Redis', 'redis', startRedis],
  ['PostgreSQL', 'postgres', startPostgres],
] as const)('SIGTERM while hooks stream in, on %s', (on, kind, start) => {
  const here = kind === null || hasServer(kind, `ending under load on ${on}`);
  let stage: Stage;
  let server: Awaited<ReturnType<typeof start>>;

  beforeEach(async () => {
    if (here) [server, stage] = await Promise.all([start(), setStage()]);
  });
  afterEach(async () => {
    await stage?.stop();
    await server?.stop();
  });

  it.skipIf(!here)(
    'ends within ten seconds with 0, and the next process does everything that was acknowledged',
    async () => {
      const { faults, deliveries } = stage.sandbox.world;
      faults.push({ kind: 'slow', ms: 1_000, method: 'GET', route, times: 10_000 });
      const first = await stage.spawnBot(server.url);
      const issues: ReturnType<Stage['createIssue']>[] = [];
      let streaming = true;
      const stream = (async () => {
        for (let event = 0; streaming; event += 1) {
          const old = issues[event % MANY];
          if (old === undefined) issues.push(stage.createIssue(undefined, `Customer ${event}`));
          else stage.sandbox.as('sa-one').editDescription(old, `${old.description}\nedit ${event}`);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      await until(() => deliveries.filter(({ code }) => code === 202).length > MANY / 2, 60_000);

      const begun = performance.now();
      first.child.kill('SIGTERM');
      expect(await first.exited).toBe(0);
      expect(performance.now() - begun).toBeLessThan(10_500);
      streaming = false;
      await stream;
      await stage.sandbox.settled();
      const acknowledged = issues.filter((issue) =>
        deliveries.some(
          ({ code, body }) => code === 202 && JSON.parse(body).object_attributes.iid === issue.iid,
        ),
      );
      // It came in the middle of things: hooks went on after it, and work was left.
      expect(deliveries.some(({ status }) => status === 'failed')).toBe(true);
      const left = acknowledged.filter((issue) => stage.see(issue).comment === null);
      expect(left.length).toBeGreaterThan(0);

      faults.length = 0;
      await stage.spawnBot(server.url);
      await until(() => acknowledged.every((issue) => stage.see(issue).comment !== null), 90_000);
      await stage.sandbox.settled();
      expect(acknowledged.filter((issue) => stage.see(issue).notes !== 1)).toEqual([]);
    },
    180_000,
  );
});
