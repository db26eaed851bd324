/** Issues are counted once for all who share a queue, whoever looked last, on each of the three databases. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IssueQueue } from '../../src/queue/issue-queue.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { createTally, TALLY_MS } from '../../src/queue/tally.ts';
import { hasServer, startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import { until } from './until.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const ref = (issueIid: number) => ({ projectId: 7, issueIid });

describe.each([
  ['embedded', null],
  ['redis', startRedis],
  ['postgres', startPostgres],
] as const)('the tally on %s', (kind, start) => {
  const here = kind === 'embedded' || hasServer(kind, `the tally on ${kind}`);
  const name = `test-${randomUUID()}`;
  const queues: IssueQueue[] = [];
  let server: TestServer | undefined;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'scoping-bot-tally-'));
    if (!here) return;
    server = await start?.();
    const options = { dataDir, name, concurrency: 1, log: quiet, isTerminal: () => false };
    // An embedded folder is opened once.
    for (let at = 0; at < (kind === 'embedded' ? 1 : 2); at += 1) {
      queues.push(await openQueue({ ...options, url: server?.url }));
    }
  }, 120_000);
  afterAll(async () => {
    for (const queue of queues) await queue.close();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it.skipIf(!here)(
    'counts each issue under its newest words, and forgets what is old',
    async () => {
      const [one, other = one] = queues;
      if (!one || !other) throw new Error('there is no queue');
      const counts = async (at?: number) => Object.fromEntries(await other.tallied(at));
      const comes = async (wanted: object) => {
        await until(async () => JSON.stringify(sorted(await counts())) === JSON.stringify(wanted));
      };
      expect(await counts()).toEqual({});
      one.tally(ref(1), ['stage:none', 'gap:a', 'gap:b', 'gap:a']);
      one.tally(ref(2), ['stage:none', 'gap:b']);
      await comes({ 'gap:a': 1, 'gap:b': 2, 'stage:none': 2 });
      // Another process looks at the first issue: it moves, and is not there twice.
      other.tally(ref(1), ['stage:proposal', 'gap:b']);
      await comes({ 'gap:b': 2, 'stage:none': 1, 'stage:proposal': 1 });
      one.tally(ref(2), []);
      await comes({ 'gap:b': 1, 'stage:proposal': 1 });
      const now = Date.now();
      expect(await counts(now + TALLY_MS - 60_000)).toEqual({ 'gap:b': 1, 'stage:proposal': 1 });
      expect(await counts(now + TALLY_MS + 60_000)).toEqual({});
      expect(await counts()).toEqual({});
    },
  );

  it.skipIf(!here)('the wait of the next in line grows until somebody takes it', async () => {
    const [queue] = queues;
    if (!queue) throw new Error('there is no queue');
    expect(await queue.oldestWaitingMs()).toBe(0);
    await queue.enqueue(ref(1));
    await until(async () => (await queue.oldestWaitingMs()) > 50);
    await queue.enqueue(ref(2));
    expect(await queue.oldestWaitingMs()).toBeGreaterThan(50);
    const heard: (number | null)[] = [];
    await queue.enqueue(ref(3), false, 1234);
    queue.work(async (_ref, _swept, heardAt) => {
      heard.push(heardAt);
      return { lookAgainAt: null };
    });
    await until(() => heard.length === 3);
    expect(heard.toSorted()).toEqual([1234, null, null]);
    await until(async () => (await queue.oldestWaitingMs()) === 0);
  });
});

it('a database that hangs is asked once, and then for the newest words of each issue', async () => {
  const put: string[] = [];
  let answer = () => {};
  const tally = createTally(
    {
      put: (_name, key, words) => {
        put.push(`${key} ${words.join(',')}`);
        return new Promise<void>((resolve) => {
          answer = resolve;
        });
      },
      counts: async () => new Map(),
    },
    'test',
  );
  tally.note('7:1', ['a'], null);
  for (const word of ['b', 'c', 'd']) tally.note('7:2', [word], null);
  expect(put).toEqual(['7:1 a']);
  answer();
  await until(() => put.length === 2);
  expect(put).toEqual(['7:1 a', '7:2 d']);
  answer();
  await tally.drained();
});

function sorted(counts: object): object {
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
