/** An embedded database that can neither write nor come back, and one that is written to for long. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openEmbedded } from '../../src/queue/embedded.ts';
import { keepTidy } from '../../src/queue/tidy.ts';
import { runTs } from '../support/run-ts.ts';
import { observe } from './observed.ts';
import { until } from './until.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let dataDir = '';

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'queue-stuck-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function issues(output: string, what: string): number[] {
  return [...output.matchAll(new RegExp(`^${what} (\\d+)$`, 'gm'))].map(([, issue]) =>
    Number(issue),
  );
}

/** Pieces of the journal, 16 MB each. */
function journal(folder: string): number {
  return readdirSync(join(folder, 'pg_wal')).filter((name) => /^[0-9A-F]{24}$/.test(name)).length;
}

it('that spins at a limit which the free space does not show is ended with a sentence, and the next process does what was taken', async () => {
  await (await openEmbedded(dataDir, Date.now, quiet)).close();
  // No file may reach the full size of a piece of journal: as on a quota, statfs knows nothing of it.
  const limited = ['bash', '-c', 'ulimit -f 10000 && exec "$@"', 'limited'];
  const script = new URL('./embedded-load.ts', import.meta.url);
  const stuck = runTs(script, { args: [dataDir, '0'], as: limited });
  await stuck.prints('The embedded queue has not answered for');
  expect(await stuck.exited).toBeNull();
  expect(stuck.child.signalCode).toBe('SIGKILL');
  const taken = issues(stuck.output(), 'taken');
  const looked = new Set(issues(stuck.output(), 'looked'));
  expect(taken.length).toBeGreaterThan(0);

  const next = await observe({ url: undefined, dataDir, name: 'scoping' });
  await until(() => taken.every((issue) => looked.has(issue) || next.looked.includes(issue)));
  expect(next.lines.filter((line) => line.includes('set aside'))).toEqual([]);
  await next.queue.close();
}, 240_000);

it('that is written to for long keeps a folder of the same size', async () => {
  const { pool, close } = await openEmbedded(dataDir, Date.now, quiet);
  const folder = join(dataDir, 'queue');
  await pool.query('CREATE TABLE much (words text)');
  const write = async (rounds: number): Promise<number> => {
    for (let round = 0; round < rounds; round += 1) {
      await pool.query("INSERT INTO much SELECT repeat('x', 1000) FROM generate_series(1, 10000)");
      await pool.query('DELETE FROM much');
    }
    return journal(folder);
  };
  const grown = await write(8);
  let rounds = 0;
  const stop = keepTidy(async (text) => {
    await pool.query(text);
    if (text === 'CHECKPOINT') rounds += 1;
  }, 20);
  await until(() => rounds > 0);
  for (let more = 0; more < 8; more += 1) {
    await write(1);
    const before = rounds;
    await until(() => rounds > before + 1);
  }
  stop();
  const size = await pool.query<{ bytes: number }>("SELECT pg_table_size('much') AS bytes");
  expect(grown).toBeGreaterThan(5);
  expect(journal(folder)).toBeLessThanOrEqual(3);
  expect(size.rows[0]?.bytes).toBeLessThan(20_000_000);
  await close();
}, 120_000);
