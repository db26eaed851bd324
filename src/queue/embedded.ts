/** The queue inside the process: PostgreSQL compiled to WebAssembly (PGlite) behind the small pool that BullMQ asks for. */
import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type PgPool, type PgPoolClient, type PgQueryResult, runMigrations } from 'bullmq';
import { readCause } from './cause.ts';
import { lockFolder } from './folder-lock.ts';
import { QueueError } from './queue-error.ts';
import type { QueueLog } from './queue-log.ts';

/** BullMQ's schema; its default, which a pool that we hand over must have in its search path. */
export const SCHEMA = 'bullmq';

/** A client that BullMQ borrows. All of them are the one session that PGlite has, which lines queries up by itself. */
class EmbeddedClient extends EventEmitter implements PgPoolClient {
  readonly #db: PGlite;
  readonly #unsubscribe: () => void;

  constructor(db: PGlite) {
    super();
    this.#db = db;
    this.#unsubscribe = db.onNotification((channel, payload) =>
      this.emit('notification', { channel, payload }),
    );
  }

  async query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    if (params !== undefined) return await this.#db.query<R>(text, [...params]);
    // Migrations are several statements in one text, which only the simple protocol takes.
    const results = await this.#db.exec(text);
    return { rows: (results.at(-1)?.rows ?? []) as R[] };
  }

  release(): void {
    this.#unsubscribe();
  }
}

class EmbeddedPool extends EmbeddedClient implements PgPool {
  readonly #db: PGlite;
  /** Nothing crosses a network, so no notification gets lost in silence: BullMQ may wait long for one. */
  readonly options = { keepAlive: true };

  constructor(db: PGlite) {
    super(db);
    this.#db = db;
  }

  async connect(): Promise<PgPoolClient> {
    return new EmbeddedClient(this.#db);
  }

  /** Waits for the query that runs; the folder is whole afterwards. */
  async end(): Promise<void> {
    if (!this.#db.closed) await this.#db.close();
  }
}

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
    return await openDatabase(folder);
  } catch (error) {
    if (!used) throw notUsable(folder, error);
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
    const pool = await openDatabase(folder);
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

async function openDatabase(folder: string): Promise<PgPool> {
  const db = await PGlite.create({ dataDir: folder });
  try {
    const pool = new EmbeddedPool(db);
    await runMigrations(pool);
    await pool.query(`SET search_path TO "${SCHEMA}"`);
    await pool.query('SELECT count(*) FROM job');
    return pool;
  } catch (error) {
    await db.close().catch(() => {});
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
