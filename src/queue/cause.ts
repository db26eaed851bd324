/** What a database's refusal means, in words that the person who runs it can act on. */

/** By Redis's error prefix, PostgreSQL's SQLSTATE, the system's code, or the beginning of BullMQ's message. */
const MEANING: readonly (readonly [begins: string, means: string])[] = [
  ['OOM', 'Redis is full: its maxmemory is used up'],
  ['READONLY', 'this Redis is a read-only replica; it takes nothing until it is promoted'],
  ['MISCONF', 'Redis cannot save to its disk and takes nothing until it can'],
  ['LOADING', 'Redis has just started and still loads its data'],
  ['Unknown RESP type', 'what answers there is no Redis'],
  ['Missing lock for job', 'a look ended after its lock had run out'],
  ['Lock mismatch for job', 'a look ended after its lock had gone to another worker'],
  ['could not renew lock for job', 'the lock of a look could not be renewed'],
  ['25006', 'this PostgreSQL is read-only: a standby, or default_transaction_read_only is on'],
  ['53100', "PostgreSQL's disk is full"],
  ['53300', "PostgreSQL has no connection left: max_connections or the role's limit is reached"],
  ['57P01', 'PostgreSQL ended the connection: it is shut down, or an administrator did so'],
  ['57P02', 'PostgreSQL ended the connection: one of its processes crashed'],
  ['57P03', 'PostgreSQL is starting or shutting down'],
  ['ENOSPC', 'the disk is full'],
];

/**
 * The cause of an error for use inside a sentence, and the same for the same trouble: what it means
 * where that is known, else the short technical code (`ECONNREFUSED`), else the error's own words.
 */
export function readCause(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown cause';
  const code = 'code' in error ? error.code : undefined;
  const told = typeof code === 'string' && code !== '' ? code : error.message || error.name;
  const known = MEANING.find(
    ([begins]) => told.startsWith(begins) || error.message.startsWith(begins),
  );
  return known?.[1] ?? told;
}
