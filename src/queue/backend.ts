/** What carries the queue, as the queue sees it: embedded, Redis and PostgreSQL look alike from here on. */
import {
  type BackendFactory,
  createPostgresBackend,
  type IQueueBackend,
  type PgPool,
} from 'bullmq';
import { readCause } from './cause.ts';
import type { PlaceAsk } from './places.ts';
import { QueueError } from './queue-error.ts';
import type { QueueLog } from './queue-log.ts';
import type { TallyStore } from './tally.ts';

/** How long a server may take to answer at start, in milliseconds. */
export const CONNECT_MS = 5_000;

/** BullMQ wants a connection option; ours are inside the factory, so that all three look alike. */
export const connection = { inside: 'factory' } as const;

export interface Backend {
  readonly kind: 'embedded' | 'redis' | 'postgres';
  readonly factory: BackendFactory<IQueueBackend, typeof connection>;
  /** Rejects when the database does not answer or takes nothing; may take as long as the network does. */
  ping(): Promise<unknown>;
  /** Takes a place in a stretch of time; may take as long as the network does. */
  takePlace(ask: PlaceAsk): Promise<number>;
  readonly tally: TallyStore;
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

/** BullMQ on something that speaks PostgreSQL. */
export function onPool(pool: PgPool): Backend['factory'] {
  return (name, options, extra) =>
    createPostgresBackend(name, { ...options, connection: pool }, extra);
}

/** Somebody or something at that address, but nothing that the queue can be kept in. */
export function unreachable(url: URL, error: unknown): QueueError {
  const what = url.protocol.startsWith('redis') ? 'Redis' : 'PostgreSQL';
  return new QueueError(
    'unreachable',
    `The queue's ${what} server at ${url.host} cannot be used (${readCause(error)}). Look whether it runs and whether QUEUE_URL names the right host, user and password.`,
  );
}
