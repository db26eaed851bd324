/** A look at a PostgreSQL server: does it take anything, and may this user make the queue's tables. */
import pg from 'pg';
import { CONNECT_MS, unreachable } from './backend.ts';
import { SCHEMA } from './embedded.ts';
import { QueueError } from './queue-error.ts';
import type { QueueLook } from './queue-look.ts';

/** One row: read-only, version, and whether the schema is there or may be made. */
const ASK = `SELECT current_setting('transaction_read_only') AS read_only,
  current_setting('server_version') AS version,
  to_regnamespace($1) IS NOT NULL OR has_database_privilege(current_database(), 'CREATE') AS able`;

/** Changes nothing. Throws `QueueError`. */
export async function lookAtPostgres(url: URL): Promise<QueueLook> {
  const client = new pg.Client({
    connectionString: url.href,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
  });
  client.on('error', () => undefined);
  const row = await ask(client)
    .catch((error: unknown) => {
      throw unreachable(url, error);
    })
    .finally(() => client.end().catch(() => undefined));
  if (row.read_only === 'on') {
    throw unreachable(url, Object.assign(new Error('read-only'), { code: '25006' }));
  }
  if (!row.able) {
    throw new QueueError(
      'configuration',
      `The user of QUEUE_URL may not make the queue's tables on the PostgreSQL server at ${url.host}. Let its administrator run: GRANT CREATE ON DATABASE … TO …;`,
    );
  }
  return { kind: 'postgres', host: url.host, version: row.version };
}

async function ask(
  client: pg.Client,
): Promise<{ read_only: string; version: string; able: boolean }> {
  await client.connect();
  const { rows } = await client.query(ASK, [SCHEMA]);
  return rows[0];
}
