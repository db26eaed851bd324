/** The queue on Redis. */
import { describe } from 'vitest';
import { hasServer, startRedis } from '../support/servers.ts';
import { conformance } from './conformance.ts';

describe.skipIf(!hasServer('redis', 'the queue on Redis'))('with a Redis server', () => {
  conformance('redis', async () => {
    const server = await startRedis();
    return { url: server.url, dataDir: 'not used', server, drop: server.stop };
  });
});
