/** Times in Redis: one key each, which Redis forgets by itself. */
import type { Redis } from 'ioredis';
import { KEEP_MS, type TimeStore } from './times.ts';

/** Below BullMQ's prefix, so that no further key must be allowed. */
const PREFIX = 'bull:scoping-bot-times:';

/** Keeps what `TimeStore` says. */
export function timesInRedis(redis: Redis): TimeStore {
  const key = (name: string, what: string): string => `${PREFIX}${name}:${what}`;
  return {
    keep: (name, what, at) => redis.set(key(name, what), at, 'PX', KEEP_MS),
    kept: async (name, what) => {
      const at = await redis.get(key(name, what));
      return at === null ? null : Number(at);
    },
  };
}
