/** Looks at the database that would carry the queue, without opening a queue on it; for `doctor`. */
import { lookAtFolder } from './look-embedded.ts';
import { lookAtPostgres } from './look-postgres.ts';
import { lookAtRedis } from './look-redis.ts';
import { parseQueueUrl } from './open-backend.ts';
import type { QueueLook } from './queue-look.ts';

/** `url`: `QUEUE_URL`, null for the embedded queue in `dataDir`. Throws `QueueError` where no queue could be opened. */
export async function lookAtQueue(where: {
  readonly url: string | null;
  readonly dataDir: string;
}): Promise<QueueLook> {
  if (where.url === null) return await lookAtFolder(where.dataDir);
  const url = parseQueueUrl(where.url);
  return url.protocol.startsWith('redis') ? await lookAtRedis(url) : await lookAtPostgres(url);
}
