/** A look at a Redis server: does it take anything, and will it keep it. */
import { unreachable } from './backend.ts';
import type { QueueLook } from './queue-look.ts';
import { connectRedis, probeRedis } from './redis.ts';
import { readSettings } from './redis-settings.ts';

/** Writes one key that is gone after a second, as `/readyz` does. Throws `QueueError`. */
export async function lookAtRedis(url: URL): Promise<QueueLook> {
  const redis = await connectRedis(url);
  try {
    await probeRedis(redis).catch((error: unknown) => {
      throw unreachable(url, error);
    });
    return { kind: 'redis', host: url.host, settings: await readSettings(redis) };
  } finally {
    redis.disconnect();
  }
}
