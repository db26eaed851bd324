/** Which database carries the queue, chosen by `QUEUE_URL` (`interfaces.md` §1): embedded, Redis or PostgreSQL. */
import { type Backend, type BackendOptions, onPool } from './backend.ts';
import { openEmbedded } from './embedded.ts';
import { openPostgres } from './postgres.ts';
import { QueueError } from './queue-error.ts';
import { openRedis } from './redis.ts';
import { takeFromSql } from './sql-places.ts';
import { tallyInSql } from './sql-tally.ts';

/** Connects and makes the tables where there are some. Throws `QueueError`; no sentence holds the URL's password. */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  if (options.url === undefined || options.url.trim() === '') return await embedded(options);
  const url = parseQueueUrl(options.url.trim());
  if (url.protocol === 'redis:' || url.protocol === 'rediss:')
    return await openRedis(url, options.log);
  return await openPostgres(url, options);
}

/** Throws `QueueError` for what no backend can be found at. */
export function parseQueueUrl(text: string): URL {
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
  return {
    kind: 'embedded',
    factory: onPool(pool),
    ping: () => pool.query('SELECT 1'),
    takePlace: takeFromSql(pool),
    tally: tallyInSql(pool),
    close,
  };
}
