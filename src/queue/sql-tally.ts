/** The tally in PostgreSQL, embedded or not: one row an issue. */
import { TALLY_MS, type TallyStore } from './tally.ts';

interface Database {
  query(text: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
}

const TABLE = `CREATE TABLE IF NOT EXISTS scoping_bot_tally (
  name text, key text, words text[] NOT NULL, at double precision NOT NULL, PRIMARY KEY (name, key))`;

const clock = (given: string) =>
  `coalesce(${given}::float8, floor(extract(epoch FROM clock_timestamp()) * 1000))`;

const PUT = `INSERT INTO scoping_bot_tally AS tally (name, key, words, at)
VALUES ($1, $2, $3, ${clock('$4')})
ON CONFLICT (name, key) DO UPDATE SET words = excluded.words, at = excluded.at`;

const REMOVE = 'DELETE FROM scoping_bot_tally WHERE name = $1 AND key = $2';

const COUNTS = `WITH gone AS (
  DELETE FROM scoping_bot_tally WHERE name = $1 AND at <= ${clock('$2')} - $3::float8
)
SELECT word, count(*)::int AS count FROM scoping_bot_tally, unnest(words) AS word
WHERE name = $1 AND at > ${clock('$2')} - $3::float8 GROUP BY word`;

/** Keeps what `TallyStore` says; the table is made with the first question. */
export function tallyInSql(database: Database): TallyStore {
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
    put: (name, key, words, at) =>
      words.length === 0 ? ask(REMOVE, [name, key]) : ask(PUT, [name, key, [...words], at]),
    counts: async (name, at) => {
      const rows = (await ask(COUNTS, [name, at, TALLY_MS])) as { word: string; count: number }[];
      return new Map(rows.map(({ word, count }) => [word, count]));
    },
  };
}
