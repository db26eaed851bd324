/** SIGTERM on the whole service: it ends in time whatever GitLab does, and the next one does the rest. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../queue/until.ts';
import { hasServer, startRedis, type TestServer } from '../support/servers.ts';
import { type Stage, setStage } from './bot.ts';

const route = '/projects/:id/issues/:iid/notes';

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
