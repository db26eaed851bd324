/** Times in PostgreSQL, embedded or not: one row each. */
import { KEEP_MS, type TimeStore } from './times.ts';

interface Database {
  query(text: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
}

const TABLE = `CREATE TABLE IF NOT EXISTS scoping_bot_times (
  name text, what text, at double precision NOT NULL, kept_until timestamptz NOT NULL,
  PRIMARY KEY (name, what))`;

const KEEP = `WITH gone AS (
  DELETE FROM scoping_bot_times WHERE name = $1 AND what <> $2 AND kept_until <= now()
)
INSERT INTO scoping_bot_times (name, what, at, kept_until)
VALUES ($1, $2, $3, now() + $4::float8 * interval '1 millisecond')
ON CONFLICT (name, what) DO UPDATE SET at = excluded.at, kept_until = excluded.kept_until`;

const KEPT =
  'SELECT at FROM scoping_bot_times WHERE name = $1 AND what = $2 AND kept_until > now()';

/** Keeps what `TimeStore` says; the table is made with the first question. */
export function timesInSql(database: Database): TimeStore {
  let made: Promise<unknown> | null = null;
  async function ask(text: string, params: unknown[]): Promise<unknown[]> {
    // Two processes that make it at the same time get in each other's way; the table is there all the same.
    made ??= database.query(TABLE).catch(() => {});
    await made;
    try {
      return (await database.query(text, params)).rows;
    } catch (error) {
      made = null;
      throw error;
    }
  }
  return {
    keep: (name, what, at) => ask(KEEP, [name, what, at, KEEP_MS]),
    kept: async (name, what) => {
      const [row] = (await ask(KEPT, [name, what])) as { at: number }[];
      return row === undefined ? null : Number(row.at);
    },
  };
}
