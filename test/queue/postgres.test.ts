/** The queue on a PostgreSQL server. */
import { describe } from 'vitest';
import { hasServer, startPostgres } from '../support/servers.ts';
import { conformance } from './conformance.ts';

describe.skipIf(!hasServer('postgres', 'the queue on PostgreSQL'))(
  'with a PostgreSQL server',
  () => {
    conformance('postgres', async () => {
      const server = await startPostgres();
      return { url: server.url, dataDir: 'not used', server, drop: server.stop };
    });
  },
);
