/** Keeps new notes below GitLab's own limit, so that it never has to say no (`gitlab-platform.md` §3.6). */

const WINDOW_MS = 60_000;

/**
 * Where all processes of one token count together: resolves with 0 when one of `most` places in any `windowMs`
 * was free and is taken now, else with the milliseconds until one is. Rejects soon when nobody answers.
 */
export type SharedPlaces = (most: number, windowMs: number) => Promise<number>;

/**
 * At most `most` new notes in any 60 seconds. All times are milliseconds on the caller's clock. Where `shared`
 * does not answer, each process counts for itself, and what they send together is held by GitLab's 429.
 */
export class NotePace {
  readonly #most: number;
  readonly #shared: SharedPlaces | undefined;
  /** When the notes of the last minute went out, oldest first. */
  #sent: number[] = [];
  /** Times that were named to callers who went away, so that not all of them come back at once. */
  #promised: number[] = [];

  constructor(most: number, shared?: SharedPlaces) {
    this.#most = Math.max(1, Math.floor(most));
    this.#shared = shared;
  }

  /** How long until one more note of this process may go out; 0 when it may now. */
  waitMs(now: number): number {
    this.#forget(now);
    return this.#sent.length < this.#most ? 0 : this.#next(this.#sent) - now;
  }

  /** 0: the note may go out and is counted, here and where all processes count; else how long it has to wait. */
  async claim(now: number): Promise<number> {
    const own = this.waitMs(now);
    if (own > 0) return own;
    // Before the question, so that no other worker takes the place while the answer is under way.
    this.#sent.push(now);
    const wait = (await this.#shared?.(this.#most, WINDOW_MS).catch(() => 0)) ?? 0;
    const taken = this.#sent.indexOf(now);
    if (wait > 0 && taken >= 0) this.#sent.splice(taken, 1);
    return wait;
  }

  /**
   * How long a caller should stay away who does not want to wait here, `least` or longer: each is named a
   * place of its own.
   */
  promiseMs(now: number, least = 0): number {
    this.#forget(now);
    const all = [...this.#sent, ...this.#promised];
    const at = Math.max(now + least, all.length < this.#most ? now : this.#next(all));
    this.#promised.push(at);
    return at - now;
  }

  /** When the place is free again that the one `most` places before the next takes. */
  #next(times: readonly number[]): number {
    return (times[times.length - this.#most] ?? 0) + WINDOW_MS;
  }

  #forget(now: number): void {
    // A time that lies ahead of the clock was written before the clock was set back.
    this.#sent = this.#sent.filter((at) => at > now - WINDOW_MS && at <= now);
    this.#promised = this.#promised.filter((at) => at > now);
  }
}
