/** A bot process reduced to its queue, to be killed by a test: says what it does, one line each. */
import { openQueue } from '../../src/queue/queue.ts';

const [url = '', dataDir = '', name = '', role = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

try {
  const queue = await openQueue({
    url,
    dataDir,
    name,
    concurrency: 1,
    log,
    isTerminal: () => false,
  });
  say('open');
  if (role === 'work') {
    queue.work(async () => {
      say('working');
      return await new Promise(() => {});
    });
    await Promise.all([1, 2, 3].map((issueIid) => queue.enqueue({ projectId: 1, issueIid })));
    say('enqueued');
  }
  setInterval(() => {}, 1_000);
} catch (error) {
  say(error instanceof Error ? error.message : 'failed');
  process.exitCode = 1;
}
