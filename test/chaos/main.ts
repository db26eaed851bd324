/** `npm run test:chaos`: chaos runs on every queue, with their seeds and figures; a seed that failed can be given again. */
import { parseArgs } from 'node:util';
import { hasServer, startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import { runChaos, runQuietly } from './run.ts';
import { tell } from './story.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    queue: { type: 'string', default: 'embedded,redis,postgres' },
    issues: { type: 'string', default: '200' },
    events: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '12' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = Number(values.seed);
const story = tell(seed, Number(values.issues), Number(values.events));
say(`seed ${seed}: ${values.issues} issues, ${values.events} events; first a quiet run`);
const wanted = await runQuietly(story, (line) => say(`  ${line}`));
let failed = false;
for (const queue of values.queue.split(',')) {
  const server = await startServer(queue);
  say(`\n${queue}`);
  const begun = performance.now();
  try {
    const report = await runChaos(story, wanted, {
      seed,
      kills: Number(values.kills),
      queueUrl: server?.url,
      processes: queue === 'embedded' ? 1 : 2,
      say: (line) => say(`  ${line}`),
    });
    const faults = [...report.faults].map(([kind, times]) => `${times} × ${kind}`).join(', ');
    say(`  issues ${values.issues}, events ${values.events}, hooks ${report.hooks}`);
    say(`  kills ${report.kills}, faults ${sum(report.faults)} (${faults})`);
    say(`  requests ${report.requests}, writes ${report.writes}`);
    say(`  lost ${report.lost}, doubled ${report.doubled}`);
    for (const line of report.differences.slice(0, 20)) say(`    ${line}`);
    say(`  ${Math.round((performance.now() - begun) / 1000)} s`);
    if (report.lost + report.doubled > 0) failed = true;
  } finally {
    await server?.stop();
  }
}
if (failed) say(`\nAgain: npm run test:chaos -- --seed ${values.seed}`);
process.exit(failed ? 1 : 0);

async function startServer(queue: string): Promise<TestServer | null> {
  if (queue === 'embedded') return null;
  if (queue !== 'redis' && queue !== 'postgres') {
    say(`--queue: read "${queue}", allowed are embedded, redis and postgres, separated by commas`);
    process.exit(2);
  }
  if (!hasServer(queue, 'chaos')) process.exit(1);
  return queue === 'redis' ? await startRedis() : await startPostgres();
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, one) => all + one, 0);
}
