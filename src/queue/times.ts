/** Times that are kept beside the queue for all processes that share it, such as when a project was last swept. */

/** What a database does for it; both may take as long as the network does. Times are milliseconds since 1970. */
export interface TimeStore {
  /** Replaces what was kept under `what`; forgotten `KEEP_MS` later, by the database's clock. */
  keep(name: string, what: string, at: number): Promise<unknown>;
  /** Null when nothing is kept, or not any more. */
  kept(name: string, what: string): Promise<number | null>;
}

/** Longer than a day, which is the longest time that anybody asks about. */
export const KEEP_MS = 50 * 3_600_000;
