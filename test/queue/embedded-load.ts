/** An embedded queue under load in a process of its own, for tests: says what was taken, what was looked at, what was refused. */
import { rmSync, writeFileSync } from 'node:fs';
import { openQueue } from '../../src/queue/queue.ts';

const [dataDir = '', first = '0', filler = ''] = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);
const tell = (fields: object, message: string) => say(`log ${message} ${JSON.stringify(fields)}`);
const log = { debug: () => {}, info: () => {}, warn: tell, error: tell };

try {
  const queue = await openQueue({
    ...{ url: undefined, dataDir, log, concurrency: 4, paceMs: 5, lockMs: 1_000 },
    isTerminal: () => false,
  });
  queue.work(async ({ issueIid }) => {
    say(`looked ${issueIid}`);
    return { lookAgainAt: null };
  });
  say('open');
  process.on('SIGUSR2', () => rmSync(filler, { force: true }));
  if (filler !== '') {
    await queue.enqueue({ projectId: 7, issueIid: 1 });
    say('taken 1');
    try {
      for (let size = 1 << 20; size >= 512; size /= 2) {
        try {
          for (;;) writeFileSync(filler, Buffer.alloc(size, 1), { flag: 'a' });
        } catch {
          // No room for one of this size: a smaller one.
        }
      }
    } finally {
      say('full');
    }
  }
  for (let issueIid = Number(first) + 1; ; issueIid += 1) {
    const refusal = await queue.enqueue({ projectId: 7, issueIid }).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : 'not an error'),
    );
    say(refusal === null ? `taken ${issueIid}` : `refused ${issueIid} ${refusal}`);
    if (filler !== '') await new Promise((resolve) => setTimeout(resolve, 20));
  }
} catch (error) {
  say(error instanceof Error ? `failed ${error.message}` : 'failed');
  process.exitCode = 69;
}
