/** Whether PostgreSQL takes what is written: an answer alone says nothing of its disk. */

interface Database {
  query(text: string): Promise<unknown>;
}

/**
 * A row changed in place needs no room, so that a full disk would not show. New pages do: a table is made, filled
 * with about 100 KB and dropped in one go, and nobody else ever sees it. Not logged, because the room for the
 * journal is PostgreSQL's own care; not temporary, because those may lie on another disk.
 */
const WRITE = `CREATE UNLOGGED TABLE scoping_bot_ready (filling text NOT NULL);
INSERT INTO scoping_bot_ready SELECT repeat('-', 1000) FROM generate_series(1, 100);
DROP TABLE scoping_bot_ready`;

/** Rejects as the database does when it takes nothing: full, or read-only as a standby is. */
export async function writeToSql(database: Database): Promise<void> {
  await database.query(WRITE);
}
