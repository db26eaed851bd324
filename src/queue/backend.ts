/** Which database carries the queue, chosen by `QUEUE_URL` (`interfaces.md` §1): embedded, Redis or PostgreSQL. */
import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type PgPool,
  runMigrations,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { withDeadline } from './deadline.ts';
import { openEmbedded, SCHEMA } from './embedded.ts';
import { QueueError, readCause } from './queue-error.ts';
import type { QueueLog } from './queue-log.ts';

/** How long a server may take to answer at start. */
const CONNECT_MS = 5_000;
/** How long PostgreSQL's clients may take to come home when the queue is closed. */
const END_MS = 1_000;
/** Beside one connection per job that is being finished: the listener and those who enqueue. */
const SPARE_CONNECTIONS = 4;

/** BullMQ wants a connection option; ours are inside the factory, so that all three look alike. */
export const connection = { inside: 'factory' } as const;

export interface Backend {
  readonly kind: 'embedded' | 'redis' | 'postgres';
  readonly factory: BackendFactory<IQueueBackend, typeof connection>;
  /** Rejects when the database does not answer; may take as long as the network does. */
  ping(): Promise<unknown>;
  /** To be called after all queues and workers on it are closed, or given up. */
  close(): Promise<void>;
}

export interface BackendOptions {
  /** `QUEUE_URL`; undefined or '' means embedded. */
  readonly url: string | undefined;
  /** `DATA_DIR`; used by the embedded backend only. */
  readonly dataDir: string;
  readonly concurrency: number;
  readonly now: () => number;
  readonly log: QueueLog;
}

/** Connects and makes the tables where there are some. Throws `QueueError`; no sentence holds the URL's password. */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  if (options.url === undefined || options.url.trim() === '') return await embedded(options);
  const url = parseUrl(options.url.trim());
  if (url.protocol === 'redis:' || url.protocol === 'rediss:') return await redis(url, options.log);
  return await postgres(url, options);
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^(rediss?|postgres(ql)?):$/.test(url.protocol) && url.hostname !== '') {
    return url;
  }
  const read = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0];
  throw new QueueError(
    'configuration',
    `QUEUE_URL cannot be used${read ? ` (it starts with ${read})` : ''}. Allowed are redis://host:port, rediss://…, postgres://user:password@host/database; leave it out for the embedded queue.`,
  );
}

async function embedded({ dataDir, now, log }: BackendOptions): Promise<Backend> {
  const { pool, close } = await openEmbedded(dataDir, now, log);
  return { kind: 'embedded', factory: onPool(pool), ping: () => pool.query('SELECT 1'), close };
}

function onPool(pool: PgPool): Backend['factory'] {
  return (name, options, extra) =>
    createPostgresBackend(name, { ...options, connection: pool }, extra);
}

async function redis(url: URL, log: QueueLog): Promise<Backend> {
  // Two clients: who enqueues wants to know soon that Redis is gone, the worker just waits for it.
  const producer = new Redis(url.href, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
  });
  let cause: Error | null = null;
  producer.on('error', (error: Error) => {
    cause = error;
  });
  const late = () => new Error('no answer in time');
  // BullMQ tells what happens later; here the event knows the reason, the promise only that there is no connection.
  await withDeadline(
    producer.connect().then(() => producer.ping()),
    CONNECT_MS,
    late,
  ).catch((error) => {
    producer.disconnect();
    throw unreachable(url, cause ?? error);
  });
  const worker = producer.duplicate({ maxRetriesPerRequest: null });
  worker.on('error', (error) => log.debug({ cause: readCause(error) }, 'redis connection'));
  return {
    kind: 'redis',
    factory: (name, options, extra = {}) => {
      const client = extra.withBlockingConnection ? worker : producer;
      return createRedisBackend(name, { ...options, connection: client }, extra);
    },
    ping: () => producer.ping(),
    close: async () => {
      producer.disconnect();
      worker.disconnect();
    },
  };
}

async function postgres(url: URL, { concurrency, log }: BackendOptions): Promise<Backend> {
  const pool = new pg.Pool({
    connectionString: url.href,
    options: `-c search_path="${SCHEMA}"`,
    max: concurrency + SPARE_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  });
  const clients = new Set<pg.PoolClient & { end(): Promise<void> }>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  pool.on('error', (error) => log.debug({ cause: readCause(error) }, 'postgres connection'));
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
    ping: () => pool.query('SELECT 1'),
    close: async () => {
      // The pool waits for every client that is lent out; a worker that was given up keeps its listener.
      const late = () => new Error('clients are still lent out');
      await withDeadline(pool.end(), END_MS, late).catch(() => {
        for (const client of clients) void client.end().catch(() => {});
      });
    },
  };
}

function unreachable(url: URL, error: unknown): QueueError {
  const what = url.protocol.startsWith('redis') ? 'Redis' : 'PostgreSQL';
  return new QueueError(
    'unreachable',
    `The queue's ${what} server at ${url.host} cannot be used (${readCause(error)}). Look whether it runs and whether QUEUE_URL names the right host, user and password.`,
  );
}
