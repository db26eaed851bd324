/** The only two errors that leave this folder: one is worth trying again, the other needs a person. */

/** What made GitLab say no for good. */
export type TerminalKind = 'unauthorised' | 'forbidden' | 'not_found' | 'refused';

/**
 * Trying later may help: network, timeout, 408, 429, 5xx, or an answer that is not GitLab's (a proxy's page).
 * The message names the request by its route only, so it can be logged as it is.
 */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  /** How long to wait, in milliseconds, because GitLab asked for it or may still be at work; null: no time is known. */
  readonly retryAfterMs: number | null;
  /** A write went out and nobody knows whether it was done: read before writing again. */
  readonly lostAnswer: boolean;
  /** The HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** The GitLab that was asked, where nothing answered there; else null. Free of credentials. */
  readonly address: string | null;

  constructor(
    message: string,
    about: {
      retryAfterMs?: number | null;
      lostAnswer?: boolean;
      status?: number | null;
      address?: string | null;
    } = {},
  ) {
    super(message);
    this.retryAfterMs = about.retryAfterMs ?? null;
    this.lostAnswer = about.lostAnswer ?? false;
    this.status = about.status ?? null;
    this.address = about.address ?? null;
  }

  /** A write that GitLab may still be doing: nobody waits for it any more, which does not stop it. */
  mayStillBeDone(): boolean {
    // GitLab's own answer ends it, a 500 as well; a 503 was never begun. What a gateway says tells nothing.
    return this.lostAnswer && (this.status === null || this.status > 503 || this.status === 502);
  }
}

/** Trying again cannot help until somebody does what the message says. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  readonly kind: TerminalKind;
  /** The HTTP status; 0 when the request was never sent. */
  readonly status: number;
  /** The GitLab that does not accept the token; else null. Free of credentials. */
  readonly address: string | null;

  constructor(
    kind: TerminalKind,
    status: number,
    message: string,
    about: { address?: string | null } = {},
  ) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.address = about.address ?? null;
  }
}

/** True for "there is no such thing, or this token may not see it"; GitLab answers 404 to both. */
export function isNotFound(error: unknown): boolean {
  return error instanceof TerminalError && error.kind === 'not_found';
}
