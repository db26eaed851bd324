/** Places in a stretch of time, kept by PostgreSQL, embedded or not, in one row of times. */
import type { PlaceAsk } from './places.ts';

interface Database {
  query(text: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
}

const TABLE = `CREATE TABLE IF NOT EXISTS scoping_bot_places (
  name text PRIMARY KEY, taken double precision[] NOT NULL, wait_ms double precision NOT NULL)`;

const CLOCK = 'coalesce($4::float8, floor(extract(epoch FROM clock_timestamp()) * 1000))';

/**
 * One statement, so that whoever asks at the same time waits for the row; the clock is read after that. A time
 * that lies a window ahead was written by a wrong clock.
 */
const TAKE = `INSERT INTO scoping_bot_places AS place (name, taken, wait_ms)
VALUES ($1, ARRAY[${CLOCK}], 0)
ON CONFLICT (name) DO UPDATE SET (taken, wait_ms) = (
  SELECT CASE WHEN cardinality(valid) < $2::int THEN valid || at ELSE valid END,
         CASE WHEN cardinality(valid) < $2::int THEN 0
              ELSE valid[cardinality(valid) - $2::int + 1] + $3::float8 - at END
  FROM (
    SELECT at, ARRAY(
      SELECT each FROM unnest(place.taken) AS each
      WHERE each > at - $3::float8 AND each < at + $3::float8 ORDER BY each
    ) AS valid
    FROM (SELECT ${CLOCK} AS at) AS clock
  ) AS counted
)
RETURNING wait_ms`;

/** Asks as `PlaceAsk` says; the table is made with the first question. */
export function takeFromSql(database: Database): (ask: PlaceAsk) => Promise<number> {
  let made: Promise<unknown> | null = null;
  return async ({ name, most, windowMs, at }) => {
    // Two processes that make it at the same time get in each other's way; the table is there all the same.
    made ??= database.query(TABLE).catch(() => {});
    await made;
    try {
      const { rows } = await database.query(TAKE, [name, most, windowMs, at]);
      const [row] = rows as { wait_ms: number }[];
      return Math.max(0, Math.ceil(row?.wait_ms ?? 0));
    } catch (error) {
      made = null;
      throw error;
    }
  };
}
