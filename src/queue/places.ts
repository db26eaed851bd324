/** Places in a stretch of time, counted for all processes that share a queue, such as the notes of one minute. */
import { withDeadline } from './deadline.ts';

/** A question for one of `most` places in any `windowMs` milliseconds. */
export interface PlaceAsk {
  /** Whose places: those who ask under one name share them. */
  readonly name: string;
  readonly most: number;
  readonly windowMs: number;
  /** Milliseconds; null: the database's own clock, which is one for all processes. */
  readonly at: number | null;
}

/** A write must not wait longer than this for an answer that does not come. */
const ASK_MS = 1_000;

/**
 * Asks with a deadline. While a question is overdue, nobody else is let in: each that gets no answer keeps a
 * connection, and would make another write wait in vain. Rejects then, and as `ask` does.
 */
export function createPlaces(
  ask: (ask: PlaceAsk) => Promise<number>,
  askMs: number = ASK_MS,
): (ask: PlaceAsk) => Promise<number> {
  let overdue = 0;
  return async (wanted) => {
    if (overdue > 0) throw late();
    const asked = ask(wanted);
    return await withDeadline(asked, askMs, () => {
      overdue += 1;
      const answered = (): void => {
        overdue -= 1;
      };
      asked.then(answered, answered);
      return late();
    });
  };
}

function late(): Error {
  return new Error('no answer in time');
}
