/** Several processes on one queue: one look at an issue at a time, whoever is stopped, woken or replaced. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IssueQueue } from '../../src/queue/issue-queue.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { runTs, type TsProcess } from '../support/run-ts.ts';
import { hasServer, startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import { ref } from './observed.ts';
import { until } from './until.ts';

interface Look {
  readonly issue: number;
  readonly pid: number;
  readonly begin: number;
  readonly end: number;
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe.each([
  ['redis', startRedis],
  ['postgres', startPostgres],
] as const)('several processes on %s', (kind, start) => {
  const here = hasServer(kind, `several processes on ${kind}`);
  let server: TestServer;
  let queue: IssueQueue;
  let name: string;
  let processes: TsProcess[];

  beforeAll(async () => {
    if (here) server = await start();
  });
  beforeEach(async () => {
    if (!here) return;
    [name, processes] = [`test-${randomUUID()}`, []];
    const options = { dataDir: 'not used', concurrency: 1, log: quiet, isTerminal: () => false };
    queue = await openQueue({ ...options, url: server.url, name });
  });
  afterEach(async () => {
    if (!here) return;
    await Promise.all(processes.map((each) => each.kill('SIGKILL')));
    await queue.close();
  });
  afterAll(async () => {
    await server?.stop();
  });

  async function worker(lookMs: number, lockMs: number): Promise<TsProcess> {
    const args = [server.url, name, `${lookMs}`, `${lockMs}`];
    const started = runTs(new URL('./pausable.ts', import.meta.url), { args });
    processes.push(started);
    await started.prints('working\n');
    return started;
  }

  /** All looks that ended, of all processes. */
  function looks(): Look[] {
    return processes.flatMap((each) => {
      const open = new Map<string, number>();
      const ended: Look[] = [];
      for (const [, what, issue = '', pid, at] of each
        .output()
        .matchAll(/^(begin|end) (\d+) (\d+) (\d+)$/gm)) {
        if (what === 'begin') open.set(issue, Number(at));
        else {
          const begin = open.get(issue) ?? Number.NaN;
          ended.push({ issue: Number(issue), pid: Number(pid), begin, end: Number(at) });
        }
      }
      return ended;
    });
  }

  /** Pairs of looks at one issue of which the second began before the first had ended. */
  function overlaps(since = 0): [Look, Look][] {
    const sorted = looks()
      .filter(({ begin }) => begin >= since)
      .sort((a, b) => a.issue - b.issue || a.begin - b.begin);
    return sorted.flatMap((look, index): [Look, Look][] => {
      const before = sorted[index - 1];
      return before?.issue === look.issue && look.begin < before.end ? [[before, look]] : [];
    });
  }

  async function idle(): Promise<void> {
    await until(async () => {
      const { waiting, active, delayed } = await queue.counts();
      return waiting + active + delayed === 0;
    }, 30_000);
  }

  it.skipIf(!here)(
    'a process that slept past its lock: another does its work, and its late result harms nothing',
    async () => {
      const sleeper = await worker(300, 1_000);
      await queue.enqueue(ref(1));
      await sleeper.prints('begin 1 ');
      sleeper.child.kill('SIGSTOP');
      const other = await worker(300, 1_000);
      await other.prints('end 1 ');
      sleeper.child.kill('SIGCONT');
      await sleeper.prints('end 1 ');
      await idle();

      const woken = Date.now();
      for (let round = 0; round < 4; round += 1) {
        await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((issue) => queue.enqueue(ref(issue))));
        await until(() => looks().filter(({ begin }) => begin >= woken).length >= 8 * (round + 1));
      }
      await idle();
      expect(
        new Set(
          looks()
            .filter(({ begin }) => begin >= woken)
            .map(({ pid }) => pid),
        ).size,
      ).toBe(2);
      expect(overlaps(woken)).toEqual([]);
      expect(sleeper.output()).not.toContain('crash');
    },
  );

  it.skipIf(!here)(
    'a sweep in one is told to the look in another, a hook is not taken for one',
    async () => {
      const options = { dataDir: 'not used', concurrency: 1, log: quiet, isTerminal: () => false };
      const other = await openQueue({ ...options, url: server.url, name });
      try {
        await queue.enqueue(ref(1), true);
        await queue.enqueue(ref(2));
        await queue.enqueue(ref(3), 'all');
        const told: [number, boolean | 'all'][] = [];
        other.work(async ({ issueIid }, swept) => {
          told.push([issueIid, swept]);
          return { lookAgainAt: null };
        });
        await until(() => told.length === 3);
        expect(told.sort()).toEqual([
          [1, true],
          [2, false],
          [3, 'all'],
        ]);
      } finally {
        await other.close();
      }
    },
  );

  it.skipIf(!here)(
    'replaced one after the other under a stream of events: one at a time, nothing lost, clean ends',
    async () => {
      const old = await Promise.all([worker(15, 10_000), worker(15, 10_000)]);
      const last = new Map<number, number>();
      let streaming = true;
      const stream = (async () => {
        for (let event = 0; streaming; event += 1) {
          // Few issues, so that most events meet a look at the same issue.
          const issue = event % 12;
          last.set(issue, Date.now());
          await queue.enqueue(ref(issue));
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      const ends: (number | null)[] = [];
      await Promise.all([worker(15, 10_000), worker(15, 10_000)]);
      for (const each of old) {
        each.child.kill('SIGTERM');
        ends.push(await each.exited);
      }
      const count = looks().length;
      await until(() => looks().length > count + 30);
      streaming = false;
      await stream;
      await idle();

      expect(ends).toEqual([0, 0]);
      expect(overlaps()).toEqual([]);
      expect(new Set(looks().map(({ pid }) => pid)).size).toBe(4);
      for (const [issue, at] of last) {
        // The clock may stand still between an event and the look that it causes.
        expect(looks().some((look) => look.issue === issue && look.begin >= at)).toBe(true);
      }
    },
  );
});
