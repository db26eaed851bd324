/** Settings of a Redis server by which it may forget what it took. */
import type { Redis } from 'ioredis';
import { withDeadline } from './deadline.ts';
import type { QueueLog } from './queue-log.ts';

const ANSWER_MS = 2_000;

/** Null: the server keeps it to itself. */
export interface RedisSettings {
  readonly maxmemoryPolicy: string | null;
  readonly appendonly: string | null;
  /** When snapshots are taken; empty: never. */
  readonly save: string | null;
}

/** A server may keep its settings to itself (`CONFIG` is often forbidden on hosted ones). Never throws. */
export async function readSettings(redis: Redis): Promise<RedisSettings> {
  const [maxmemoryPolicy, appendonly, save] = await Promise.all([
    // INFO is allowed where CONFIG is not.
    memoryPolicy(redis),
    setting(redis, 'appendonly'),
    setting(redis, 'save'),
  ]);
  return { maxmemoryPolicy, appendonly, save };
}

/** BullMQ's documentation asks for `noeviction`: any other policy throws waiting work away when memory runs out. */
export function evicts({ maxmemoryPolicy }: RedisSettings): boolean {
  return maxmemoryPolicy !== null && maxmemoryPolicy !== 'noeviction';
}

/** Neither an append-only file nor snapshots: everything is gone when the server stops. */
export function forgets({ appendonly, save }: RedisSettings): boolean {
  return appendonly === 'no' && save === '';
}

/** One warning for each way of forgetting; a server that tells nothing is believed. Never throws. */
export async function warnOfForgetting(redis: Redis, log: QueueLog): Promise<void> {
  const settings = await readSettings(redis);
  if (evicts(settings)) {
    log.warn(
      { policy: settings.maxmemoryPolicy },
      'this Redis throws the queue away when its memory runs out: set maxmemory-policy to noeviction',
    );
  }
  if (forgets(settings)) {
    log.warn(
      {},
      'this Redis forgets the queue when it stops: set appendonly to yes; until then only the sweep finds the issues again',
    );
  }
}

async function memoryPolicy(redis: Redis): Promise<string | null> {
  const info = await answer(redis.info('memory'));
  return /^maxmemory_policy:(\S+)/m.exec(info ?? '')?.[1] ?? null;
}

async function setting(redis: Redis, name: string): Promise<string | null> {
  const pair = await answer(redis.config('GET', name));
  return Array.isArray(pair) && typeof pair[1] === 'string' ? pair[1] : null;
}

async function answer<T>(asked: Promise<T>): Promise<T | null> {
  return await withDeadline(asked, ANSWER_MS, () => new Error('no answer in time')).catch(
    () => null,
  );
}
