/** `npm run test:chaos`: chaos runs on every queue, with their seeds and figures; a seed that failed can be given again. */
import { CommanderError } from 'commander';
import { exitCodes, fail } from '../../src/cli/failure.ts';
import { hasServer, startPostgres, startRedis, type TestServer } from '../support/servers.ts';
import type { End } from './end.ts';
import { asCommand, type Options, type QueueKind, readOptions } from './options.ts';
import { runChaos, runQuietly } from './run.ts';
import { type Story, tell } from './story.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exit(await main().catch(codeOf));

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  for (const kind of options.queue) {
    if (kind !== 'embedded' && !hasServer(kind, 'chaos')) return exitCodes.unreachable;
  }
  const story = tell(options.seed, options.issues, options.events);
  // Before anything can fail, so that whatever happens can be run again.
  say(asCommand(options));
  say(`\na quiet run`);
  const wanted = await runQuietly(story, (line) => say(`  ${line}`));
  let failed = false;
  for (const kind of options.queue) {
    say(`\n${kind}`);
    if (!(await endsWell(kind, story, wanted, options))) failed = true;
  }
  if (failed) say(`\nAgain: ${asCommand(options)}`);
  return failed ? exitCodes.no : exitCodes.fine;
}

async function endsWell(
  kind: QueueKind,
  story: Story,
  wanted: readonly End[],
  { seed, kills }: Options,
): Promise<boolean> {
  const begun = performance.now();
  const server = await startServer(kind);
  try {
    const report = await runChaos(story, wanted, {
      seed,
      kills,
      queueUrl: server?.url,
      processes: kind === 'embedded' ? 1 : 2,
      say: (line) => say(`  ${line}`),
    });
    const faults = [...report.faults].map(([fault, times]) => `${times} × ${fault}`).join(', ');
    const all = [...report.faults.values()].reduce((sum, times) => sum + times, 0);
    say(
      `  seed ${seed}, issues ${story.issues}, events ${story.steps.length}, hooks ${report.hooks}, last ones taken ${report.taken}`,
    );
    say(`  kills ${report.kills}, faults ${all} (${faults})`);
    say(`  requests ${report.requests}, writes ${report.writes}`);
    say(`  lost ${report.lost}, doubled ${report.doubled}`);
    for (const line of report.differences.slice(0, 20)) say(`    ${line}`);
    say(`  ${Math.round((performance.now() - begun) / 1000)} s`);
    return report.lost + report.doubled === 0;
  } finally {
    await server?.stop();
  }
}

async function startServer(kind: QueueKind): Promise<TestServer | null> {
  if (kind === 'embedded') return null;
  return kind === 'redis' ? await startRedis() : await startPostgres();
}

function codeOf(error: unknown): number {
  if (!(error instanceof CommanderError)) return fail(error);
  return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
}
