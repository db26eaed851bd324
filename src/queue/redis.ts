/** The queue on a Redis server: two clients, one of which wants to know soon when the server is gone. */
import { createRedisBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { type Backend, CONNECT_MS, unreachable } from './backend.ts';
import { readCause } from './cause.ts';
import { withDeadline } from './deadline.ts';
import type { QueueLog } from './queue-log.ts';
import { takeFromRedis } from './redis-places.ts';
import { warnOfForgetting } from './redis-settings.ts';
import { tallyInRedis } from './redis-tally.ts';

/** Written to see whether Redis takes anything; below BullMQ's prefix, so that no further key must be allowed. */
const PROBE_KEY = 'bull:scoping-bot-ready';
const PROBE_TTL_MS = 1_000;

/** A connection that answers. Throws `QueueError` when the server does not. */
export async function connectRedis(url: URL): Promise<Redis> {
  const redis = new Redis(url.href, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    // A machine that is gone without a word must not be waited for longer than one that says no.
    socketTimeout: CONNECT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
    // After a failover the old address answers as a replica: ask for the way again.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  let cause: Error | null = null;
  redis.on('error', (error: Error) => {
    cause = error;
  });
  const late = () => new Error('no answer in time');
  // BullMQ tells what happens later; here the event knows the reason, the promise only that there is no connection.
  await withDeadline(
    redis.connect().then(() => redis.ping()),
    CONNECT_MS,
    late,
  ).catch((error) => {
    redis.disconnect();
    throw unreachable(url, cause ?? error);
  });
  return redis;
}

/** A Redis that is full or a replica answers PING, but takes no issue. */
export async function probeRedis(redis: Redis): Promise<void> {
  await redis.set(PROBE_KEY, '1', 'PX', PROBE_TTL_MS);
}

/** Connects, and warns of settings by which the server may forget. Throws `QueueError` when it does not answer. */
export async function openRedis(url: URL, log: QueueLog): Promise<Backend> {
  const producer = await connectRedis(url);
  await warnOfForgetting(producer, log);
  // The worker's client waits for work as long as it takes, and for the server as well.
  const worker = producer.duplicate({ maxRetriesPerRequest: null, socketTimeout: undefined });
  worker.on('error', (error) => log.debug({ cause: readCause(error) }, 'redis connection'));
  return {
    kind: 'redis',
    factory: (name, options, extra = {}) => {
      const client = extra.withBlockingConnection ? worker : producer;
      return createRedisBackend(name, { ...options, connection: client }, extra);
    },
    ping: () => probeRedis(producer),
    takePlace: (ask) => takeFromRedis(producer, ask),
    tally: tallyInRedis(producer),
    close: async () => {
      producer.disconnect();
      worker.disconnect();
    },
  };
}
