/** An embedded queue under load in a process of its own, for tests: says what was taken, what was looked at, what was refused. */
import { openQueue } from '../../src/queue/queue.ts';

const [dataDir = '', first = '0'] = process.argv.slice(2);
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
  for (let issueIid = Number(first) + 1; ; issueIid += 1) {
    const refusal = await queue.enqueue({ projectId: 7, issueIid }).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : 'not an error'),
    );
    say(refusal === null ? `taken ${issueIid}` : `refused ${issueIid} ${refusal}`);
  }
} catch (error) {
  say(error instanceof Error ? `failed ${error.message}` : 'failed');
  process.exitCode = 69;
}
