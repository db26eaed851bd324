/** Places in a stretch of time, kept by Redis in one list of times. */
import type { Redis } from 'ioredis';
import type { PlaceAsk } from './places.ts';

/** Below BullMQ's prefix, so that no further key must be allowed. */
const PREFIX = 'bull:scoping-bot-places:';

/** Times stand in the order in which they were taken; one that lies a window ahead was written by a wrong clock. */
const TAKE = `
local most, window, at = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
if not at then
  local time = redis.call('TIME')
  at = time[1] * 1000 + math.floor(time[2] / 1000)
end
local last = tonumber(redis.call('LINDEX', KEYS[1], -1) or at)
if last >= at + window then redis.call('DEL', KEYS[1]) end
local first = tonumber(redis.call('LINDEX', KEYS[1], 0) or at)
while first <= at - window do
  redis.call('LPOP', KEYS[1])
  first = tonumber(redis.call('LINDEX', KEYS[1], 0) or at)
end
if redis.call('LLEN', KEYS[1]) < most then
  redis.call('RPUSH', KEYS[1], string.format('%.0f', at))
  redis.call('PEXPIRE', KEYS[1], 2 * window)
  return 0
end
return math.ceil(tonumber(redis.call('LINDEX', KEYS[1], -most)) + window - at)
`;

/** 0 when a place was free and is taken now, else the milliseconds until one is. */
export async function takeFromRedis(
  redis: Redis,
  { name, most, windowMs, at }: PlaceAsk,
): Promise<number> {
  return Number(await redis.eval(TAKE, 1, PREFIX + name, most, windowMs, at ?? ''));
}
