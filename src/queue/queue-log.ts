/** Where the queue writes: pino's shape, so that a `pino` logger fits as it is. */

type Line = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** Messages are constant; what varies is in the fields, and never holds words of people. */
export interface QueueLog {
  readonly debug: Line;
  readonly info: Line;
  readonly warn: Line;
  readonly error: Line;
}
