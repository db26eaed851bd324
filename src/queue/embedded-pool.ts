/** The small pool of clients that BullMQ asks for, on the one session that PGlite has. */
import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import type { Room } from './room.ts';
import { keepTidy } from './tidy.ts';
import type { Watchdog } from './watchdog.ts';

/** What stands around the database. */
interface Guards {
  readonly room: Room;
  readonly watchdog: Watchdog;
}

/** A client that BullMQ borrows. All of them are the one session that PGlite has, which lines queries up by itself. */
class EmbeddedClient extends EventEmitter implements PgPoolClient {
  readonly #db: PGlite;
  readonly #guards: Guards;
  readonly #unsubscribe: () => void;

  constructor(db: PGlite, guards: Guards) {
    super();
    this.#db = db;
    this.#guards = guards;
    this.#unsubscribe = db.onNotification((channel, payload) =>
      this.emit('notification', { channel, payload }),
    );
  }

  async query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    const { room, watchdog } = this.#guards;
    // The one session must not be left in a transaction for lack of room.
    if (text !== 'ROLLBACK') room.demand();
    if (params !== undefined) return await watchdog.during(this.#db.query<R>(text, [...params]));
    // Migrations are several statements in one text, which only the simple protocol takes.
    const results = await watchdog.during(this.#db.exec(text));
    return { rows: (results.at(-1)?.rows ?? []) as R[] };
  }

  release(): void {
    this.#unsubscribe();
  }
}

export class EmbeddedPool extends EmbeddedClient implements PgPool {
  readonly #db: PGlite;
  readonly #guards: Guards;
  readonly #untidy: () => void;
  /** Nothing crosses a network, so no notification gets lost in silence: BullMQ may wait long for one. */
  readonly options = { keepAlive: true };

  constructor(db: PGlite, guards: Guards) {
    super(db, guards);
    this.#db = db;
    this.#guards = guards;
    this.#untidy = keepTidy((text) => this.query(text));
  }

  async connect(): Promise<PgPoolClient> {
    return new EmbeddedClient(this.#db, this.#guards);
  }

  /** Waits for the query that runs; the folder is whole afterwards. */
  async end(): Promise<void> {
    this.#untidy();
    const { room, watchdog } = this.#guards;
    // Closing writes. Without room the folder is left as a kill would leave it, which loses nothing.
    if (!this.#db.closed && !room.short()) await watchdog.during(this.#db.close());
    await watchdog.stop();
  }
}
