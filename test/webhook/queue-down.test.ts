/** A queue that fails or hangs, and what the health routes say about it. */
import { describe, expect, it } from 'vitest';
import { delivery, givenServer, issueHook } from './given.ts';

const never = () => new Promise<never>(() => {});

describe('a queue that cannot take it', () => {
  it.each([
    ['fails', async () => Promise.reject(new Error('ECONNREFUSED redis://bot:canary-pw@10.0.0.1'))],
    [
      'fails at once',
      () => {
        throw new Error('closed');
      },
    ],
    ['never answers', never],
  ])('because it %s, is a 503 with Retry-After', async (_, enqueue) => {
    const { app, lines, metrics } = givenServer({ enqueue, patienceMs: 20 });
    const answer = await app.inject(delivery(issueHook()));
    expect(answer.statusCode).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(Object.keys(answer.json())).toEqual(['error']);
    expect(lines.join('')).toContain('"projectId":5,"issueIid":7');
    expect(lines.join('') + answer.body).not.toContain('canary-pw');
    expect(await metrics.text()).toContain('scoping_bot_hooks_total{outcome="queue_down"} 1');
  });

  it('does not matter to deliveries that are not queued', async () => {
    const { app } = givenServer({ enqueue: never, patienceMs: 20 });
    const answer = await app.inject(delivery(issueHook({ type: 'Task' })));
    expect(answer.statusCode).toBe(204);
  });
});

describe('an outage of the queue', () => {
  it('is told once however many hooks are refused, and once more when it is over', async () => {
    let [down, at] = [true, 0];
    const enqueue = () => (down ? Promise.reject(new Error('full')) : Promise.resolve());
    const { app, lines } = givenServer({ enqueue, now: () => at });
    const send = async () => (await app.inject(delivery(issueHook()))).statusCode;
    const told = () =>
      lines.map((line) => JSON.parse(line)).filter(({ level }) => !/debug|info/.test(level));

    for (let count = 0; count < 50; count += 1) expect(await send()).toBe(503);
    expect(told()).toMatchObject([{ level: 'error', projectId: 5, issueIid: 7 }]);
    // One that is taken in between does not make it two outages.
    down = false;
    expect(await send()).toBe(202);
    down = true;
    at += 9_000;
    expect(await send()).toBe(503);
    expect(told()).toHaveLength(1);

    down = false;
    at += 10_000;
    expect([await send(), await send()]).toEqual([202, 202]);
    expect(told().slice(1)).toMatchObject([
      { level: 'warn', refused: 51, seconds: 9, msg: 'the queue takes hooks again' },
    ]);
    down = true;
    expect(await send()).toBe(503);
    expect(told()).toHaveLength(3);
  });
});

describe('GET /healthz', () => {
  it('is 200 while the process lives, ready or not', async () => {
    const { app } = givenServer({ ready: async () => ['no queue'] });
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('GET /readyz', () => {
  it('is 200 when nothing stands in the way', async () => {
    const { app } = givenServer();
    expect((await app.inject('/readyz')).statusCode).toBe(200);
  });

  it('is 503 with every reason', async () => {
    const reasons = ['the queue does not answer', 'GitLab cannot be reached'];
    const { app } = givenServer({ ready: async () => reasons });
    const answer = await app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ reasons });
  });

  it.each([
    ['fails', async () => Promise.reject(new Error('redis://bot:canary-pw@10.0.0.1 is gone'))],
    ['never answers', never],
  ])('is 503 when the check itself %s, and gives no inner detail away', async (_, ready) => {
    const { app } = givenServer({ ready, patienceMs: 20 });
    const answer = await app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json().reasons).toHaveLength(1);
    expect(answer.body).not.toMatch(/redis|canary/);
  });
});
