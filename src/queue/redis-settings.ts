/** Settings of a Redis server by which it may forget what it took. */
import type { Redis } from 'ioredis';
import { withDeadline } from './deadline.ts';
import type { QueueLog } from './queue-log.ts';

const ANSWER_MS = 2_000;

/**
 * One warning for each: an eviction policy other than `noeviction` (BullMQ's documentation asks for
 * that one: any other throws waiting work away when memory runs out), and neither an append-only
 * file nor snapshots. A server that keeps its settings to itself (`CONFIG` is often forbidden on
 * hosted ones) is believed. Never throws.
 */
export async function warnOfForgetting(redis: Redis, log: QueueLog): Promise<void> {
  const [policy, append, save] = await Promise.all([
    // INFO is allowed where CONFIG is not.
    memoryPolicy(redis),
    setting(redis, 'appendonly'),
    setting(redis, 'save'),
  ]);
  if (policy !== null && policy !== 'noeviction') {
    log.warn(
      { policy },
      'this Redis throws the queue away when its memory runs out: set maxmemory-policy to noeviction',
    );
  }
  if (append === 'no' && save === '') {
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
