/** A worker process for tests: works the named queue and says when each look begins and ends; ends in peace on SIGTERM. */
import { openQueue } from '../../src/queue/queue.ts';

const [url = '', name = '', lookMs = '20', lockMs = '1000'] = process.argv.slice(2);
const say = (what: string, issueIid: number) =>
  process.stdout.write(`${what} ${issueIid} ${process.pid} ${Date.now()}\n`);
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
process.on('uncaughtException', (error) => {
  process.stdout.write(`crash ${error.message}\n`);
  process.exit(1);
});
const queue = await openQueue({
  ...{ url, name, log, dataDir: 'not used', concurrency: 4, paceMs: 5 },
  lockMs: Number(lockMs),
  isTerminal: () => false,
});
queue.work(async ({ issueIid }) => {
  say('begin', issueIid);
  await new Promise((resolve) => setTimeout(resolve, Number(lookMs)));
  say('end', issueIid);
  return { lookAgainAt: null };
});
process.once('SIGTERM', () => {
  void queue.close().then(() => process.exit(0));
});
process.stdout.write('working\n');
