/** What the database's clients complain about in the background, told once in a while. */
import { readCause } from './cause.ts';
import type { QueueLog } from './queue-log.ts';

/** One line about the same trouble in this time: a database that is away is noticed many times a minute. */
const SAME_TROUBLE_MS = 30_000;

/** A listener for `error` events; silent while `closing()`, because connections then end on purpose. */
export function createTroubleLog(log: QueueLog, closing: () => boolean): (error: Error) => void {
  const told = new Map<string, number>();
  return (error) => {
    const cause = readCause(error);
    const at = Date.now();
    for (const [old, when] of told) if (at - when >= SAME_TROUBLE_MS) told.delete(old);
    if (closing() || told.has(cause)) return;
    told.set(cause, at);
    log.warn({ error: error.name, cause }, 'trouble with the queue');
  };
}
