/** What a PostgreSQL server does in the background and PGlite never does: freeing rows that are gone, and the journal. */

/** How much is written between two rounds is bounded by this, in milliseconds. */
const EVERY_MS = 60_000;

/**
 * Without it the folder grows for as long as the process runs: the journal by some kilobytes a look,
 * which a start after a crash has to read again, and the tables by every row that was ever changed.
 * Returns how to stop; a round that fails is made good by the next one.
 */
export function keepTidy(
  query: (text: string) => Promise<unknown>,
  everyMs = EVERY_MS,
): () => void {
  let running = false;
  const timer = setInterval(async () => {
    if (running) return;
    running = true;
    // One by one: neither may stand in a transaction.
    await query('VACUUM')
      .then(() => query('CHECKPOINT'))
      .catch(() => {});
    running = false;
  }, everyMs).unref();
  return () => clearInterval(timer);
}
