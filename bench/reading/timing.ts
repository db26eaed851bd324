/** Time per description from 1 KB to 1 MB: it has to grow as the text does, not faster. */
import { assessText } from '../../src/cli/check.ts';
import type { Policy } from '../../src/core/policy.ts';
import { type Body, hostileBodies, typicalBody } from './bodies.ts';
import { layOut } from './table.ts';

const KB = 1024;
const SIZES = [1, 4, 16, 64, 256, 1024] as const;
const CELLS = 100_000;
const NOW = '2026-11-23T00:00:00.000Z';
/** A body that took longer is not tried any larger. */
const MOST_MS = 20_000;

/** Best of several runs in milliseconds, after one that does not count. */
export function best(run: () => void, budgetMs = 250): number {
  run();
  let least = Number.POSITIVE_INFINITY;
  const end = performance.now() + budgetMs;
  for (let runs = 0; runs < 2 || (performance.now() < end && runs < 200); runs += 1) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
    if (least > MOST_MS) break;
  }
  return least;
}

/** Lines of a table; the last column is the time per KB at 1 MB over that at 64 KB: about 1 is linear. */
export function timeBodies(folder: string, policy: Policy): readonly string[] {
  const read = (text: string): void => {
    assessText(text, { title: 'Acme - Scope Issue and Write SOW', label: [] }, policy, NOW);
  };
  const typical = typicalBody(folder);
  // The engine has seen all of the code before the first figure counts.
  best(() => read(typical.make(64 * KB)), 1000);
  const rows = [typical, ...hostileBodies].map((body) => [body.name, ...timeSizes(body, read)]);
  const cells = cellBody();
  const ms = best(() => read(cells));
  return [
    ...layOut(['', ...SIZES.map(sizeName), 'per KB at 1 MB', '1 MB : 64 KB'], rows),
    '',
    `${CELLS.toLocaleString('en-US')} table cells in one table (${Math.round(cells.length / KB)} KB): ${inMs(ms)}`,
  ];
}

function timeSizes(body: Body, read: (text: string) => void): readonly string[] {
  const times: number[] = [];
  for (const size of SIZES) {
    if ((times.at(-1) ?? 0) > MOST_MS) break;
    const text = body.make(size * KB);
    times.push(best(() => read(text)));
  }
  const perKb = (at: number): number => (times[at] ?? Number.NaN) / (SIZES[at] ?? 1);
  const [middle, last] = [perKb(SIZES.indexOf(64)), perKb(SIZES.length - 1)];
  const shown = SIZES.map((_, at) => (times[at] === undefined ? '–' : inMs(times[at])));
  return [...shown, `${(last * 1000).toFixed(0)} µs`, `× ${(last / middle).toFixed(2)}`];
}

function cellBody(): string {
  const row = `${'| a '.repeat(10)}|\n`;
  return `${row}${'|---'.repeat(10)}|\n${row.repeat(CELLS / 10 - 1)}`;
}

function sizeName(kilobytes: number): string {
  return kilobytes === KB ? '1 MB' : `${kilobytes} KB`;
}

function inMs(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;
}
