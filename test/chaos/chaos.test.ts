/** The short form of the chaos runs, for every queue; `npm run test:chaos` is the long one. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hasServer, type ServerKind, startPostgres, startRedis } from '../support/servers.ts';
import type { End } from './end.ts';
import { runChaos, runQuietly } from './run.ts';
import { tell } from './story.ts';

const seed = 20_261_130;
const kills = 2;
const story = tell(seed, 8, 56);
const minutes = 5;

// Mostly waiting, so all at once.
describe.concurrent('with kills, faults and lost, doubled and late hooks every issue ends as after a quiet run', () => {
  let wanted: readonly End[];

  beforeAll(async () => {
    wanted = await runQuietly(story, () => {});
  }, minutes * 60_000);

  async function endsWell(queueUrl: string | undefined, processes: number): Promise<void> {
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    const report = await runChaos(story, wanted, { seed, kills, queueUrl, processes, say });
    expect(report.differences, lines.join('\n')).toEqual([]);
    expect([report.lost, report.doubled]).toEqual([0, 0]);
    // Otherwise nothing was put to the test.
    expect(report.kills).toBe(kills);
    expect([...report.faults.values()].reduce((all, one) => all + one, 0)).toBeGreaterThan(5);
  }

  async function on(kind: ServerKind): Promise<void> {
    const server = await (kind === 'redis' ? startRedis() : startPostgres());
    try {
      await endsWell(server.url, 2);
    } finally {
      await server.stop();
    }
  }

  it('on the embedded queue', () => endsWell(undefined, 1), minutes * 60_000);

  it.skipIf(!hasServer('redis', 'chaos on Redis'))(
    'on Redis, with two processes',
    () => on('redis'),
    minutes * 60_000,
  );

  it.skipIf(!hasServer('postgres', 'chaos on PostgreSQL'))(
    'on PostgreSQL, with two processes',
    () => on('postgres'),
    minutes * 60_000,
  );
});
