/** The queue in the browser, on whatever database it lives; the same story for each. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Stage, setStage } from '../e2e/bot.ts';
import { until } from '../queue/until.ts';

const token = 'board-token-canary-0123456789';
const bearer = { authorization: `Bearer ${token}` };

interface Queues {
  readonly queues: readonly {
    readonly name: string;
    readonly readOnlyMode: boolean;
    readonly counts: Readonly<Record<string, number>>;
    readonly jobs: readonly { readonly data: object }[];
  }[];
}

/** `queueUrl`: undefined is the embedded queue. */
export function board(queueUrl: () => string | undefined): void {
  let stage: Stage;

  beforeEach(async () => {
    stage = await setStage();
  });

  afterEach(async () => {
    await stage.stop();
  });

  it('is seen with the token only, shows what waits as ids, and changes nothing', async () => {
    const { url } = await stage.startBot(queueUrl(), { QUEUE_BOARD_TOKEN: token });
    const status = async (path: string, headers = {}, method = 'GET') =>
      (await fetch(`${url}${path}`, { headers, method })).status;
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`me:${password}`).toString('base64')}`,
    });

    for (const path of ['/queue', '/queue/api/queues', '/queue/queue/scoping']) {
      expect([path, await status(path)]).toEqual([path, 401]);
      expect(await status(path, { authorization: `Bearer ${token}x` })).toBe(401);
      expect(await status(path, basic(token.slice(1)))).toBe(401);
      expect(await status(path, { authorization: token })).toBe(401);
      expect([path, await status(path, bearer)]).toEqual([path, 200]);
      expect(await status(path, basic(token))).toBe(200);
    }
    const page = await (await fetch(`${url}/queue`, { headers: bearer })).text();
    const asset = /(?:src|href)="([^"]*static[^"]+\.js)"/.exec(page)?.[1] ?? '';
    const script = new URL(asset, `${url}/queue/`).pathname;
    expect([script, await status(script, bearer)]).toEqual([script, 200]);
    expect(await status(script)).toBe(401);

    stage.sandbox.world.faults.push({ kind: 'rate_limited', retryAfter: 60, times: 1 });
    const issues = ['Tarnfield Insurance', 'Oakhollow Mills', 'Quillon Freight'].map((customer) =>
      stage.createIssue(undefined, customer),
    );
    const list = async (): Promise<{
      text: string;
      queue: Queues['queues'][number] | undefined;
    }> => {
      const path = '/queue/api/queues?activeQueue=scoping&status=latest&page=1&jobsPerPage=20';
      const text = await (await fetch(`${url}${path}`, { headers: bearer })).text();
      return { text, queue: (JSON.parse(text) as Queues).queues[0] };
    };
    await until(async () => (await list()).queue?.jobs.length === issues.length);
    const { text, queue } = await list();
    expect(queue).toMatchObject({ name: 'scoping', readOnlyMode: true });
    for (const { data } of queue?.jobs ?? []) {
      expect(Object.keys(data).toSorted()).toEqual(['heardAt', 'issueIid', 'projectId']);
    }
    expect(text).not.toMatch(/Tarnfield|Oakhollow|Quillon/);

    for (const deed of ['pause', 'empty', 'obliterate', 'clean/delayed', 'retry/failed']) {
      const path = `/queue/api/queues/scoping/${deed}`;
      expect(await status(path, bearer, 'PUT')).toBe(405);
    }
    expect(await status('/queue/api/queues/scoping/add', bearer, 'POST')).toBe(405);
    expect((await list()).queue?.jobs).toHaveLength(issues.length);
  });
}
