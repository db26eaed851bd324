/** Keeps new notes below GitLab's own limit, so that it never has to say no (`gitlab-platform.md` §3.6). */

const WINDOW_MS = 60_000;

/**
 * At most `most` new notes in any 60 seconds. All times are milliseconds on the caller's clock. A process
 * counts for itself; what several processes of one token send together is held by GitLab's 429.
 */
export class NotePace {
  readonly #most: number;
  /** When the notes of the last minute went out, oldest first. */
  #sent: number[] = [];
  /** Times that were named to callers who went away, so that not all of them come back at once. */
  #promised: number[] = [];

  constructor(most: number) {
    this.#most = Math.max(1, Math.floor(most));
  }

  /** How long until one more note may go out; 0 when it may now. */
  waitMs(now: number): number {
    this.#forget(now);
    return this.#sent.length < this.#most ? 0 : this.#next(this.#sent) - now;
  }

  /** A note goes out now. */
  take(now: number): void {
    this.#forget(now);
    this.#sent.push(now);
  }

  /** How long a caller should stay away who does not want to wait here: each is named a place of its own. */
  promiseMs(now: number): number {
    this.#forget(now);
    const all = [...this.#sent, ...this.#promised];
    const at = all.length < this.#most ? now : this.#next(all);
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
