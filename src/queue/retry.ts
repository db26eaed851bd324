/** When a failed look at an issue is tried again, and what may be kept and logged about the failure. */

const FIRST_MS = 1_000;
/** Back-off stays below this, unless GitLab names a longer time (`interfaces.md` §8). */
const LONGEST_MS = 60_000;
/** About sixteen hours of trying; after that the sweep brings the issue back. */
export const ATTEMPTS = 1_000;

/** What BullMQ stores of a failure: no words of the original, because those may be people's. */
export class Again extends Error {
  override readonly name = 'Again';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('will be tried again');
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Milliseconds before the next try; `attempt` is 1 after the first failure. `random` in [0, 1)
 * spreads issues that failed together over a fifth of the time. A named waiting time is a lower bound.
 */
export function backOff(attempt: number, retryAfterMs: number, random: number): number {
  const exponential = Math.min(FIRST_MS * 2 ** Math.min(attempt - 1, 30), LONGEST_MS);
  return Math.round(Math.max(exponential * (1 - random / 5), retryAfterMs));
}

/** Errors that carry `retryAfterMs`, even null, were raised and worded by us. */
export function isForeseen(error: unknown): boolean {
  return error instanceof Error && 'retryAfterMs' in error;
}

/** The waiting time that an error names in `retryAfterMs`; 0 when it names none. */
export function readRetryAfter(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('retryAfterMs' in error)) return 0;
  const { retryAfterMs } = error;
  return typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : 0;
}

/**
 * An error as log fields. The message of an error that nobody foresaw may quote an issue, so only
 * its name, code and the places in the code are shown; `known` errors are worded by us and shown.
 */
export function describeError(error: unknown, known: boolean): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const fields: { error: string; code?: unknown; status?: unknown } = { error: error.name };
  if ('code' in error) fields.code = error.code;
  if ('status' in error) fields.status = error.status;
  if (known) return { ...fields, reason: error.message };
  // Without the message first: it may have lines of its own that look like places in the code.
  const stack = (error.stack ?? '').replace(error.message, '');
  const frames = stack.split('\n').filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return { ...fields, at: frames.slice(0, 5).map((line) => line.trim()) };
}
