/** The main job on PostgreSQL. */
import { afterAll, beforeAll, describe } from 'vitest';
import { hasServer, startPostgres, type TestServer } from '../support/servers.ts';
import { life } from './life.ts';

describe.skipIf(!hasServer('postgres', 'the main job on PostgreSQL'))('on PostgreSQL', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startPostgres();
  });

  afterAll(async () => {
    await server.stop();
  });

  life(() => server.url);
});
