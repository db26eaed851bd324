/** The main job on Redis. */
import { afterAll, beforeAll, describe } from 'vitest';
import { hasServer, startRedis, type TestServer } from '../support/servers.ts';
import { life } from './life.ts';

describe.skipIf(!hasServer('redis', 'the main job on Redis'))('on Redis', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startRedis();
  });

  afterAll(async () => {
    await server.stop();
  });

  life(() => server.url);
});
