/** A port that is taken: nothing has begun, everything is closed again, and the process ends with a sentence. */
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTs } from '../support/run-ts.ts';
import { hasServer, startPostgres, startRedis } from '../support/servers.ts';
import { type Stage, setStage } from './bot.ts';

const start = { redis: startRedis, postgres: startPostgres } as const;

describe('a port that another program has', () => {
  let stage: Stage;
  let other: Server;
  let port: string;

  beforeEach(async () => {
    stage = await setStage();
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    port = String((other.address() as AddressInfo).port);
  });
  afterEach(async () => {
    await new Promise((resolve) => other.close(resolve));
    await stage.stop();
  });

  const attempt = (env: Record<string, string>) =>
    runTs(new URL('./failed-start.ts', import.meta.url), {
      env: { ...stage.environment(), SWEEP_INTERVAL: '1s', ...env },
    });

  it.each([
    ['PORT', 'EADDRINUSE', () => ({ PORT: port })],
    [
      'PORT, beside an address for /metrics,',
      'EADDRINUSE',
      () => ({ PORT: port, ADMIN_ADDRESS: '127.0.0.1:0' }),
    ],
    [
      'ADMIN_ADDRESS',
      'AdminAddressError',
      () => ({ PORT: '0', ADMIN_ADDRESS: `127.0.0.1:${port}` }),
    ],
  ])(
    'for %s leaves the embedded queue closed, and its folder free',
    async (_, error, env) => {
      const failed = attempt(env());
      expect(await failed.exited).toBe(0);
      expect(failed.output()).toContain(error);
      // The folder is locked to one process: this would be refused.
      expect(await stage.startBot()).toHaveProperty('url');
    },
    120_000,
  );

  it('leaves no timer that would ask GitLab again, while GitLab is out of reach', async () => {
    const failed = attempt({ PORT: port, GITLAB_URL: 'http://127.0.0.1:9' });
    expect(await failed.exited).toBe(0);
    expect(failed.output()).toContain('EADDRINUSE');
  }, 60_000);

  for (const kind of ['redis', 'postgres'] as const) {
    const here = hasServer(kind, `a failed start on ${kind}`);
    it.skipIf(!here)(
      `leaves no connection to ${kind}`,
      async () => {
        const server = await start[kind]();
        try {
          const failed = attempt({ PORT: port, QUEUE_URL: server.url });
          expect(await failed.exited).toBe(0);
          expect(failed.output()).toContain('EADDRINUSE');
        } finally {
          await server.stop();
        }
      },
      60_000,
    );
  }

  it('ends serve with one sentence and code 78, before anything was looked at', async () => {
    stage.createIssue();
    const bot = runTs(new URL('../../src/main.ts', import.meta.url), {
      args: ['serve'],
      env: { ...stage.environment(), SWEEP_INTERVAL: '1s', PORT: port },
    });
    expect(await bot.exited).toBe(78);
    expect(bot.output()).toContain(
      `PORT: read ${port} (at 127.0.0.1), but another program already listens there\n`,
    );
    // Who it is and what it may do there was asked; no issue was.
    expect(stage.requests().filter((each) => /issues/.test(each))).toEqual([]);
  }, 60_000);
});
