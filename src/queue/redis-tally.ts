/** The tally in Redis: the words of each issue, when they were put, and the counts, which are kept up with every change. */
import type { Redis } from 'ioredis';
import { TALLY_MS, type TallyStore } from './tally.ts';

/** Below BullMQ's prefix, so that no further key must be allowed. */
const PREFIX = 'bull:scoping-bot-tally:';

/** Scraping must not grow with the number of issues, so counting is done when an issue changes. */
const COMMON = `
local words, seen, counts = KEYS[1], KEYS[2], KEYS[3]
local function forget(key)
  for word in string.gmatch(redis.call('HGET', words, key) or '', '%S+') do
    if redis.call('HINCRBY', counts, word, -1) <= 0 then redis.call('HDEL', counts, word) end
  end
  redis.call('HDEL', words, key)
  redis.call('ZREM', seen, key)
end
local at = tonumber(ARGV[1])
if not at then
  local time = redis.call('TIME')
  at = time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

const PUT = `${COMMON}
forget(ARGV[2])
if ARGV[3] == '' then return end
redis.call('HSET', words, ARGV[2], ARGV[3])
redis.call('ZADD', seen, at, ARGV[2])
for word in string.gmatch(ARGV[3], '%S+') do redis.call('HINCRBY', counts, word, 1) end
`;

/** A thousand at a time, so that nobody waits long; the next question goes on. */
const COUNTS = `${COMMON}
local old = redis.call('ZRANGEBYSCORE', seen, '-inf', at - tonumber(ARGV[2]), 'LIMIT', 0, 1000)
for _, key in ipairs(old) do forget(key) end
return redis.call('HGETALL', counts)
`;

const keys = (name: string): string[] =>
  ['words', 'seen', 'counts'].map((part) => `${PREFIX}${name}:${part}`);

/** Keeps what `TallyStore` says. */
export function tallyInRedis(redis: Redis): TallyStore {
  return {
    put: (name, key, words, at) =>
      redis.eval(PUT, 3, ...keys(name), at ?? '', key, words.join(' ')),
    counts: async (name, at) => {
      const flat = (await redis.eval(COUNTS, 3, ...keys(name), at ?? '', TALLY_MS)) as string[];
      const counts = new Map<string, number>();
      for (let each = 0; each + 1 < flat.length; each += 2) {
        counts.set(String(flat[each]), Number(flat[each + 1]));
      }
      return counts;
    },
  };
}
