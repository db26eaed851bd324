/** A Redis that is full, turned into a replica, cut off, stopped, or set up to forget. */
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openQueue } from '../../src/queue/queue.ts';
import { hasServer, startRedis, type TestServer } from '../support/servers.ts';
import { type Observed, observe, ref } from './observed.ts';
import { until } from './until.ts';

describe.skipIf(!hasServer('redis', 'the queue on a Redis in trouble'))(
  'a Redis in trouble',
  () => {
    let server: TestServer;
    let admin: Redis;
    let seen: Observed;

    beforeAll(async () => {
      server = await startRedis();
      admin = new Redis(server.url);
    });
    beforeEach(async () => {
      seen = await observe({ url: server.url, dataDir: 'not used' });
    });
    afterEach(async () => {
      await seen.queue.close();
    });
    afterAll(async () => {
      admin.disconnect();
      await server.stop();
    });

    it('full: refuses by name, says so once, keeps what it took, goes on when there is room', async () => {
      for (const issue of [1, 2, 3]) await seen.offer(issue);
      await admin.config('SET', 'maxmemory', '1');
      const begun = performance.now();
      const refusals = await Promise.all([11, 12, 13, 14, 15].map(seen.offer));
      refusals.push(await seen.offer(16));
      expect(performance.now() - begun).toBeLessThan(5_000);
      expect(new Set(refusals)).toEqual(
        new Set([
          'The queue does not take anything at the moment (Redis is full: its maxmemory is used up).',
        ]),
      );
      expect(await seen.queue.ready()).toContain('Redis is full');
      await admin.config('SET', 'maxmemory', '0');
      expect(await seen.queue.ready()).toBeNull();
      expect(await seen.offer(17)).toBeNull();
      await seen.allDone();
      expect(seen.looked).toEqual(expect.arrayContaining([1, 2, 3, 17]));
      const full = seen.lines.filter((line) => line.includes('Redis is full'));
      expect(full).toEqual(['trouble with the queue: Redis is full: its maxmemory is used up']);
    });

    it('made a replica and promoted again: refuses by name, loses nothing, goes on by itself', async () => {
      const other = await startRedis();
      try {
        for (const issue of [1, 2, 3, 4, 5, 6]) await seen.offer(issue);
        // Promoted later, it holds what the new master gave it; that one is a copy of it first.
        const master = new Redis(other.url);
        await master.replicaof('127.0.0.1', new URL(server.url).port);
        await until(async () => /master_link_status:up/.test(await master.info('replication')));
        await until(async () => {
          const [mine, theirs] = await Promise.all([
            admin.info('replication'),
            master.info('replication'),
          ]);
          const offset = /master_repl_offset:(\d+)/.exec(mine)?.[1];
          return offset !== undefined && theirs.includes(`slave_repl_offset:${offset}`);
        });
        await master.replicaof('NO', 'ONE');
        await admin.replicaof('127.0.0.1', new URL(other.url).port);
        expect(await seen.offer(11)).toContain('a read-only replica');
        expect(await seen.queue.ready()).toContain('a read-only replica');
        await until(async () => /master_link_status:up/.test(await admin.info('replication')));
        await admin.replicaof('NO', 'ONE');
        master.disconnect();
        await until(async () => (await seen.offer(12)) === null);
        await seen.allDone();
      } finally {
        await other.stop();
      }
      const said = seen.lines.filter((line) => line.includes('read-only replica'));
      expect(said).toHaveLength(1);
    });

    it.each(['wait', 'prioritized'] as const)(
      'a part of it lost, the list of what is %s: the next hook, and the next tick, are worked all the same',
      async (list) => {
        const name = `lost-${list}`;
        const queue = await openQueue({
          name,
          url: server.url,
          dataDir: 'not used',
          concurrency: 1,
          isTerminal: () => false,
          log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
        });
        try {
          await queue.enqueue(ref(1), list === 'wait' ? false : 'all');
          let ticks = 0;
          const never = queue.every('sweep', 100, async () => void ticks++);
          await until(async () => (await queue.counts()).waiting === 2);
          expect(await admin.del(`bull:${name}:wait`, `bull:${name}:prioritized`)).toBeGreaterThan(
            0,
          );
          const looked: number[] = [];
          await queue.enqueue(ref(1), false, 1);
          queue.work(async ({ issueIid }) => {
            looked.push(issueIid);
            return { lookAgainAt: null };
          });
          await until(() => looked.length > 0 && ticks > 0, 30_000);
          expect(looked).toEqual([1]);
          never();
        } finally {
          await queue.close();
        }
      },
    );

    it('all connections killed, ten times under load: nothing that was taken is lost', async () => {
      const results: (string | null)[] = [];
      for (let round = 0; round < 10; round += 1) {
        const offers = Array.from({ length: 10 }, (_, index) => seen.offer(round * 10 + index));
        await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
        results.push(...(await Promise.all(offers)));
      }
      expect(seen.taken.size).toBeGreaterThan(0);
      await seen.allDone();
      expect(await seen.offer(1_000)).toBeNull();
    });

    it('stopped for some seconds: refuses in time however many wait, and goes on afterwards', async () => {
      for (const issue of [1, 2, 3]) await seen.offer(issue);
      server.signal('SIGSTOP');
      const times: number[] = [];
      const timed = async (issue: number) => {
        const begun = performance.now();
        const refusal = await seen.offer(issue);
        times.push(performance.now() - begun);
        return refusal;
      };
      const first = timed(11);
      // In the middle of the first one's time, so that it waits behind it.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const refusals = await Promise.all([first, timed(12), timed(13)]);
      expect(await seen.queue.ready()).toContain('does not answer');
      for (const refusal of refusals) expect(refusal).toMatch(/does not take anything/);
      expect(Math.max(...times)).toBeLessThan(5_500);
      server.signal('SIGCONT');
      await until(async () => (await seen.queue.ready()) === null);
      expect(await seen.offer(21)).toBeNull();
      await seen.allDone();
    });

    it('stopped for good: the queue closes in time all the same', async () => {
      await seen.offer(1);
      server.signal('SIGSTOP');
      const waiting = seen.offer(2);
      const begun = performance.now();
      await seen.queue.close(2_000);
      expect(performance.now() - begun).toBeLessThan(3_000);
      server.signal('SIGCONT');
      await waiting;
    });
  },
);

describe.skipIf(!hasServer('redis', 'a forgetful Redis'))(
  'a Redis that is set up to forget',
  () => {
    it.each([
      ['evicts', ['--maxmemory-policy', 'allkeys-lru'], /set maxmemory-policy to noeviction/],
      ['keeps nothing on disk', ['--appendonly', 'no'], /set appendonly to yes/],
      ['is as it should be', [], null],
    ])('%s: one warning at start, none when all is well', async (_, settings, warning) => {
      const server = await startRedis(settings);
      try {
        const { queue, lines } = await observe({ url: server.url, dataDir: 'not used' });
        await queue.close();
        expect(lines).toEqual(warning === null ? [] : [expect.stringMatching(warning)]);
      } finally {
        await server.stop();
      }
    });
  },
);
