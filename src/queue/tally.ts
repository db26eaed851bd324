/** Under which words each issue is counted, kept beside the queue for all processes that share it, such as its stage and its gaps. */

/** What a database does for it; both may take as long as the network does. */
export interface TallyStore {
  /** Replaces the words under which `key` is counted; none: it is counted no more. `at`: milliseconds; null: the database's clock. */
  put(name: string, key: string, words: readonly string[], at: number | null): Promise<unknown>;
  /** How many keys are counted under each word; those that were last put `TALLY_MS` ago are forgotten. */
  counts(name: string, at: number | null): Promise<ReadonlyMap<string, number>>;
}

/** Two days and a little: each full sweep, one a day, looks at every open issue again. */
export const TALLY_MS = 50 * 3_600_000;

export interface Tally {
  /** Returns at once; what the database does not take is made good by the next look. Words hold no spaces. */
  note(key: string, words: readonly string[], at: number | null): void;
  /** Resolves when nothing is being written any more. */
  drained(): Promise<void>;
}

/** One write at a time, so that a database that hangs costs one connection; of one key only the newest words wait. */
export function createTally(store: TallyStore, name: string): Tally {
  const waiting = new Map<string, { words: readonly string[]; at: number | null }>();
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    for (const [key, { words, at }] of waiting) {
      waiting.delete(key);
      await store.put(name, key, [...new Set(words)], at).catch(() => undefined);
    }
    writing = null;
  }

  return {
    note: (key, words, at) => {
      waiting.set(key, { words, at });
      writing ??= writeAll();
    },
    drained: async () => {
      await writing;
    },
  };
}
