/** Remembers answers for a while and lets those who ask at the same time share one request. */

interface Entry<V> {
  readonly askedAt: number;
  readonly value: Promise<V>;
  pending: boolean;
}

/** Entries beyond this many make room, the oldest question first. */
const MOST_ENTRIES = 5_000;

/** Answers by key, negative ones too; failures are never kept. `now` is the caller's clock in milliseconds. */
export class Cache<V> {
  readonly #entries = new Map<string, Entry<V>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The answer when it was asked for at most `maxAgeMs` ago or is on its way; else asks. */
  get(key: string, maxAgeMs: number, ask: () => Promise<V>): Promise<V> {
    const known = this.#entries.get(key);
    if (known && (known.pending || this.#now() - known.askedAt <= maxAgeMs)) return known.value;
    const entry: Entry<V> = { askedAt: this.#now(), value: ask(), pending: true };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.value.then(
      () => {
        entry.pending = false;
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    this.#makeRoom();
    return entry.value;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  #makeRoom(): void {
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > MOST_ENTRIES && !oldest.done) this.#entries.delete(oldest.value);
  }
}
