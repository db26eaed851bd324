/** Addresses that cannot be used, and the sentence that the person gets. */
import { describe, expect, it } from 'vitest';
import { openQueue } from '../../src/queue/queue.ts';
import { freePort } from '../support/servers.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The error, with everything that an error printed in full would show. */
async function refusal(url: string): Promise<{ kind: unknown; message: string; all: string }> {
  const error = await openQueue({
    url,
    dataDir: 'not used',
    concurrency: 1,
    log: quiet,
    isTerminal: () => false,
  }).then(
    () => new Error('it opened'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error('not an error');
  const kind = 'kind' in error ? error.kind : undefined;
  return { kind, message: error.message, all: `${error.stack} ${String(error.cause)}` };
}

describe('an address that cannot be used', () => {
  it.each([
    ['mysql://bot:hunter2@db/queue', 'mysql:'],
    ['localhost:6379', 'localhost:'],
    ['redis://', 'redis:'],
    ['postgres://bot:hunter2@/queue', 'postgres:'],
    ['hunter2', 'redis://host:port'],
    ['https://bot:hunter2@example.test', 'https:'],
  ])('%s is refused with what is allowed, without the password', async (url, part) => {
    const { kind, message, all } = await refusal(url);
    expect(kind).toBe('configuration');
    expect(message).toContain('QUEUE_URL');
    expect(message).toContain(part);
    expect(all).not.toContain('hunter2');
  });

  it.each(['redis', 'postgres'])(
    'says that nobody answers at a %s address, without the password',
    async (scheme) => {
      const port = await freePort();
      const { kind, message, all } = await refusal(`${scheme}://bot:hunter2@127.0.0.1:${port}/0`);
      expect(kind).toBe('unreachable');
      expect(message).toContain(`127.0.0.1:${port}`);
      expect(message).toContain('ECONNREFUSED');
      expect(message).toContain('QUEUE_URL');
      expect(all).not.toContain('hunter2');
    },
  );
});
