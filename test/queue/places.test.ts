/** Places in a stretch of time are shared by all who ask the same database, and nobody waits long for one that is silent. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IssueQueue } from '../../src/queue/issue-queue.ts';
import { createPlaces } from '../../src/queue/places.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { fc } from '../support/property.ts';
import { hasServer, startPostgres, startRedis, type TestServer } from '../support/servers.ts';

const windowMs = 60_000;
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe.each([
  ['embedded', null],
  ['redis', startRedis],
  ['postgres', startPostgres],
] as const)('places on %s', (kind, start) => {
  const here = kind === 'embedded' || hasServer(kind, `places on ${kind}`);
  let server: TestServer | undefined;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'scoping-bot-places-'));
    if (here) server = await start?.();
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** As many as can be: a folder is opened once. */
  async function withTwo(use: (queues: readonly IssueQueue[]) => Promise<void>): Promise<void> {
    const name = `test-${randomUUID()}`;
    const options = { dataDir, name, concurrency: 1, log: quiet, isTerminal: () => false };
    const queues: IssueQueue[] = [];
    try {
      for (let at = 0; at < (kind === 'embedded' ? 1 : 2); at += 1) {
        queues.push(await openQueue({ ...options, url: server?.url }));
      }
      await use(queues);
    } finally {
      for (const queue of queues) await queue.close();
    }
  }

  it.skipIf(!here)(
    'no window holds more than were allowed, whoever asks and whenever',
    async () => {
      const steps = fc.array(fc.nat({ max: 25_000 }), { minLength: 20, maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 5 }), steps, async (most, gaps) => {
          await withTwo(async (queues) => {
            const taken: number[] = [];
            let now = 1_800_000_000_000;
            for (const [turn, gap] of gaps.entries()) {
              now += gap;
              const inWindow = taken.filter((at) => at > now - windowMs);
              const wait = await queues[turn % queues.length]?.takePlace(most, windowMs, now);
              // Free exactly when it may be, and the wait is until the place before the last ones is free again.
              const oldest = inWindow.at(-most);
              expect(wait).toBe(oldest === undefined ? 0 : oldest + windowMs - now);
              if (wait === 0) taken.push(now);
            }
            expect(taken.length).toBeGreaterThan(0);
          });
        }),
        { numRuns: 5 },
      );
    },
  );

  it.skipIf(!here)('asked for at the same time, by the clock of the database', async () => {
    await withTwo(async (queues) => {
      const asked = Array.from({ length: 40 }, (_, turn) =>
        queues[turn % queues.length]?.takePlace(7, windowMs),
      );
      const waits = await Promise.all(asked);
      expect(waits.filter((wait) => wait === 0)).toHaveLength(7);
      for (const wait of waits) expect(wait).toBeLessThanOrEqual(windowMs);
    });
  });

  it.skipIf(!here)('a clock that was a day ahead holds nobody up for a day', async () => {
    await withTwo(async ([queue]) => {
      const now = 1_800_000_000_000;
      expect(await queue?.takePlace(1, windowMs, now + 86_400_000)).toBe(0);
      expect(await queue?.takePlace(1, windowMs, now)).toBe(0);
      expect(await queue?.takePlace(1, windowMs, now + 1)).toBe(windowMs - 1);
    });
  });

  it.skipIf(!here || kind === 'embedded')('a database that hangs says no in time', async () => {
    await withTwo(async ([queue]) => {
      await queue?.takePlace(5, windowMs);
      server?.signal('SIGSTOP');
      try {
        const begun = performance.now();
        await expect(queue?.takePlace(5, windowMs)).rejects.toThrow('no answer in time');
        expect(performance.now() - begun).toBeLessThan(3_000);
      } finally {
        server?.signal('SIGCONT');
      }
    });
  });
});

it('while one question is overdue the next is refused at once, and asked again after its answer', async () => {
  let answer = (_: number): void => {};
  let asked = 0;
  const take = createPlaces(() => {
    asked += 1;
    return new Promise<number>((resolve) => {
      answer = resolve;
    });
  }, 20);
  const ask = { name: 'x', most: 1, windowMs, at: null };
  await expect(take(ask)).rejects.toThrow('no answer in time');
  await expect(take(ask)).rejects.toThrow('no answer in time');
  expect(asked).toBe(1);
  answer(0);
  await Promise.resolve();
  const third = take(ask);
  answer(7);
  expect(await third).toBe(7);
  expect(asked).toBe(2);
});
