/** The queue inside the process, and what only it has: a folder that belongs to one process. */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IssueQueue } from '../../src/queue/issue-queue.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { runTs } from '../support/run-ts.ts';
import { conformance } from './conformance.ts';
import { until } from './until.ts';

// The first start of a fresh folder writes forty megabytes, which a busy machine does slowly.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const fields = {
  url: undefined,
  concurrency: 1,
  isTerminal: () => false,
  now: () => Date.parse('2026-03-04T05:06:07Z'),
};
/** How often it is killed; each start takes a second or two. */
const KILLS = 4;
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const template = temporary();
const prepared = openQueue({ ...fields, dataDir: template, log: quiet }).then((queue) =>
  queue.close(),
);

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'queue-'));
}

/** A folder in which a queue was opened and closed before. */
async function usedFolder(): Promise<string> {
  await prepared;
  const folder = temporary();
  cpSync(template, folder, { recursive: true });
  return folder;
}

afterAll(() => {
  rmSync(template, { recursive: true, force: true });
});

conformance('embedded', async () => {
  const dataDir = await usedFolder();
  return {
    url: undefined,
    dataDir,
    drop: async () => rmSync(dataDir, { recursive: true, force: true }),
  };
});

describe('the folder of the embedded queue', () => {
  let dataDir = '';
  let told: string[] = [];
  beforeEach(async () => {
    dataDir = await usedFolder();
    told = [];
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  function open(folder = dataDir): Promise<IssueQueue> {
    const write = (_: unknown, message: string) => told.push(message);
    const log = { ...quiet, warn: write, error: write };
    return openQueue({ ...fields, dataDir: folder, log });
  }

  it('is refused to a second queue and to a second process, by name and with what to do', async () => {
    const queue = await open();
    await expect(open()).rejects.toThrow(/Another process .* already works in .*DATA_DIR/);
    const second = runTs(new URL('./child.ts', import.meta.url), { args: ['', dataDir, 'x', ''] });
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(`already works in ${dataDir}`);
    await queue.close();
    await (await open()).close();
  });

  it('is free again when the process that had it was killed', async () => {
    const first = runTs(new URL('./child.ts', import.meta.url), { args: ['', dataDir, 'x', ''] });
    await first.prints('open');
    await expect(open()).rejects.toThrow(/already works/);
    await first.kill('SIGKILL');
    await (await open()).close();
    expect(readdirSync(dataDir)).toEqual(['queue']);
  });

  it('loses nothing that was taken when it is killed under load, time after time', async () => {
    const [taken, looked] = [new Set<string>(), new Set<string>()];
    const read = (output: string) => {
      for (const [, what, issue = ''] of output.matchAll(/^(taken|looked) (\d+)$/gm)) {
        (what === 'taken' ? taken : looked).add(issue);
      }
    };
    for (let round = 1; round <= KILLS; round += 1) {
      const first = round * 100_000;
      const args = [dataDir, `${first}`];
      const doomed = runTs(new URL('./embedded-load.ts', import.meta.url), { args });
      await doomed.prints(`taken ${first + 1}`);
      // At another moment of its work each time.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      await doomed.kill('SIGKILL');
      expect(doomed.output()).not.toContain('set aside');
      read(doomed.output());
    }
    const queue = await openQueue({ ...fields, dataDir, log: quiet, paceMs: 1, lockMs: 1_000 });
    queue.work(async ({ issueIid }) => {
      looked.add(`${issueIid}`);
      return { lookAgainAt: null };
    });
    await until(() => [...taken].every((issue) => looked.has(issue)), 60_000);
    await queue.close();
    expect(taken.size).toBeGreaterThanOrEqual(KILLS);
    // Five starts of a process, each of which takes ten seconds and more on a busy machine.
  }, 240_000);

  it.each([
    ['is damaged', join('global', 'pg_control'), 'not a control file'],
    ['lost its end', join('global', 'pg_control'), ''],
    ['has a page of nonsense', join('global', '1262'), 'x'.repeat(8_192)],
    ['is something else', 'PG_VERSION', null],
  ])(
    'is set aside with a sentence when it %s, and the queue starts empty',
    async (_, file, text) => {
      const before = await open();
      await before.enqueue({ projectId: 1, issueIid: 1 });
      await before.close();
      if (text === null) rmSync(join(dataDir, 'queue', file));
      else writeFileSync(join(dataDir, 'queue', file), text);
      const queue = await open();
      expect(await queue.counts()).toMatchObject({ waiting: 0 });
      await queue.enqueue({ projectId: 1, issueIid: 2 });
      await queue.close();
      expect(readdirSync(dataDir).sort()).toEqual([
        'queue',
        'queue.damaged-2026-03-04T05-06-07.000Z',
      ]);
      expect(told).toEqual([expect.stringMatching(/could not be read\. It was set aside/)]);
    },
  );
});
