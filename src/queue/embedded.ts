/** The queue inside the process: PostgreSQL compiled to WebAssembly (PGlite) in a folder that belongs to this process alone. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type PgPool, runMigrations } from 'bullmq';
import { readCause } from './cause.ts';
import { EmbeddedPool } from './embedded-pool.ts';
import { lockFolder } from './folder-lock.ts';
import { QueueError } from './queue-error.ts';
import type { QueueLog } from './queue-log.ts';
import { demandRoomToStart, watchRoom } from './room.ts';
import { startWatchdog } from './watchdog.ts';

/** BullMQ's schema; its default, which a pool that we hand over must have in its search path. */
export const SCHEMA = 'bullmq';

/** PGlite's own, and less journal kept for later: two pieces instead of five to sixty-four. */
const START = [
  ...PGlite.defaultStartParams,
  ...['-c', 'min_wal_size=32MB', '-c', 'max_wal_size=32MB'],
];

/** An open embedded database and how to close it. */
export interface Embedded {
  readonly pool: PgPool;
  close(): Promise<void>;
}

/**
 * Opens `<dataDir>/queue`, which no other process may have open. A folder that cannot be read is
 * set aside as `queue.damaged-<time>` and a fresh one takes its place: the queue holds only which
 * issues to look at, and the sweep finds those again.
 */
export async function openEmbedded(
  dataDir: string,
  now: () => number,
  log: QueueLog,
): Promise<Embedded> {
  const lock = await lockFolder(dataDir);
  try {
    // Before anything is touched: a whole folder must not look damaged because nothing can be written.
    demandRoomToStart(dataDir);
    const pool = await openOrReplace(dataDir, now, log);
    return {
      pool,
      close: async () => {
        await pool.end();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openOrReplace(dataDir: string, now: () => number, log: QueueLog): Promise<PgPool> {
  const folder = join(dataDir, 'queue');
  const used = existsSync(folder) && readdirSync(folder).length > 0;
  try {
    // PGlite would start afresh between whatever lies there.
    if (used && !existsSync(join(folder, 'PG_VERSION'))) throw new Error('PG_VERSION is missing');
    return await openDatabase(folder, log);
  } catch (error) {
    if (!used) throw notUsable(folder, error);
    demandRoomToStart(dataDir);
    return await replace(folder, now, log, error);
  }
}

async function replace(
  folder: string,
  now: () => number,
  log: QueueLog,
  why: unknown,
): Promise<PgPool> {
  const aside = `${folder}.damaged-${new Date(now()).toISOString().replaceAll(':', '-')}`;
  renameSync(folder, aside);
  try {
    const pool = await openDatabase(folder, log);
    log.error(
      { folder, aside, cause: readCause(why) },
      'The queue in this folder could not be read. It was set aside and a new one was started; the sweep finds the issues again. Delete the old folder when nobody wants to look at it.',
    );
    return pool;
  } catch (error) {
    // A new one cannot be had either, so the old one may well be whole: a full disk, say.
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
    throw notUsable(folder, error);
  }
}

async function openDatabase(folder: string, log: QueueLog): Promise<PgPool> {
  const db = await PGlite.create({ dataDir: folder, startParams: START });
  const pool = new EmbeddedPool(db, {
    room: watchRoom(folder, log),
    watchdog: startWatchdog(),
  });
  try {
    await runMigrations(pool);
    await pool.query(`SET search_path TO "${SCHEMA}"`);
    await pool.query('SELECT count(*) FROM job');
    return pool;
  } catch (error) {
    await pool.end().catch(() => {});
    throw error;
  }
}

function notUsable(folder: string, error: unknown): QueueError {
  return new QueueError(
    'configuration',
    `The queue cannot be started in ${folder} (${readCause(error)}). Look whether the disk is full and the folder writable, or set DATA_DIR to another one.`,
    { cause: error },
  );
}
