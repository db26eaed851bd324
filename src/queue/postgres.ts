/** The queue on a PostgreSQL server. */
import { type PgPool, runMigrations } from 'bullmq';
import pg from 'pg';
import { type Backend, type BackendOptions, CONNECT_MS, onPool, unreachable } from './backend.ts';
import { readCause } from './cause.ts';
import { withDeadline } from './deadline.ts';
import { SCHEMA } from './embedded.ts';
import { takeFromSql } from './sql-places.ts';
import { writeToSql } from './sql-probe.ts';
import { tallyInSql } from './sql-tally.ts';

/** How long the clients may take to come home when the queue is closed, in milliseconds. */
const END_MS = 1_000;
/** Beside one connection per job that is being finished: the listener and those who enqueue. */
const SPARE_CONNECTIONS = 4;

/** Connects and makes the tables. Throws `QueueError` when that cannot be done. */
export async function openPostgres(
  url: URL,
  { concurrency, log }: BackendOptions,
): Promise<Backend> {
  const pool = new pg.Pool({
    connectionString: url.href,
    options: `-c search_path="${SCHEMA}"`,
    max: concurrency + SPARE_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  });
  const tell = (error: Error) => log.debug({ cause: readCause(error) }, 'postgres connection');
  const clients = new Set<pg.PoolClient & { end(): Promise<void> }>();
  pool.on('connect', (client) => {
    clients.add(client);
    // The pool hears only those that are at home; one that is lent out and cut off would end the process.
    client.on('error', tell);
  });
  pool.on('remove', (client) => clients.delete(client));
  pool.on('error', tell);
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw unreachable(url, error);
  }
  return {
    kind: 'postgres',
    // pg's own types tie an event's name and listener closer together than BullMQ's; the objects fit.
    factory: onPool(pool as unknown as PgPool),
    // A standby or a full disk answers, but takes no issue.
    ping: () => writeToSql(pool),
    takePlace: takeFromSql(pool),
    tally: tallyInSql(pool),
    close: async () => {
      // The pool waits for every client that is lent out; a worker that was given up keeps its listener.
      const late = () => new Error('clients are still lent out');
      await withDeadline(pool.end(), END_MS, late).catch(() => {
        for (const client of clients) void client.end().catch(() => {});
      });
    },
  };
}
