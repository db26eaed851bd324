/** Collects what is enqueued at about the same time, so that a burst costs few round trips. */

/** More in one request would keep the database from others for too long. */
const LARGEST = 500;

interface Waiting<T> {
  item: T;
  readonly settle: { resolve: () => void; reject: (error: unknown) => void }[];
}

export interface Batch<T> {
  /** Resolves once `write` resolved for a batch that began after this call; rejects as it does. */
  add(key: string, item: T): Promise<void>;
  /** Resolves when nothing is waiting or being written any more. */
  drained(): Promise<void>;
}

/**
 * One write at a time; what arrives meanwhile, or within one tick, goes together into the next.
 * Items with the same key go once, as what `merge` makes of two that wait together; the first unless told.
 */
export function createBatch<T>(
  write: (items: readonly T[]) => Promise<unknown>,
  merge: (first: T, then: T) => T = (first) => first,
): Batch<T> {
  let waiting = new Map<string, Waiting<T>>();
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.size > 0) {
      const entries = [...waiting];
      waiting = new Map(entries.slice(LARGEST));
      const batch = entries.slice(0, LARGEST).map(([, entry]) => entry);
      await write(batch.map((entry) => entry.item)).then(
        () => settle(batch, (one) => one.resolve()),
        (error: unknown) => settle(batch, (one) => one.reject(error)),
      );
    }
    writing = null;
  }

  return {
    add: (key, item) =>
      new Promise((resolve, reject) => {
        const entry = waiting.get(key) ?? { item, settle: [] };
        if (entry.settle.length > 0) entry.item = merge(entry.item, item);
        entry.settle.push({ resolve, reject });
        waiting.set(key, entry);
        writing ??= writeAll();
      }),
    drained: async () => {
      await writing;
    },
  };
}

function settle<T>(batch: readonly Waiting<T>[], how: (one: Waiting<T>['settle'][number]) => void) {
  for (const entry of batch) for (const one of entry.settle) how(one);
}
