/** How many requests GitLab still allows, shared by all workers of one token: one 429 makes everybody wait. */
import { NotePace, type SharedPlaces } from './note-pace.ts';

/** A bare 429, as GitLab's application limits send it (`gitlab-platform.md` §3.6). */
const BARE_429_MS = 60_000;
/** Longer than any window GitLab documents; a wilder figure costs one refused request an hour. */
const LONGEST_PAUSE_MS = 3_600_000;
/** Where the policy names no `limits.notes_a_minute`: below the 60 of GitLab.com. */
const NOTES_A_MINUTE = 50;

/** What of a response the budget looks at: header names in lower case, as `Headers` gives them. */
export interface HeaderSource {
  get(name: string): string | null;
}

/** All times are milliseconds; `now` is the caller's clock (milliseconds since 1970). */
export class Budget {
  #closedUntil = 0;
  /** New notes have a limit of their own; nothing else is slowed by it. */
  readonly notes: NotePace;

  constructor({
    notesAMinute = NOTES_A_MINUTE,
    notePlaces,
  }: { notesAMinute?: number | undefined; notePlaces?: SharedPlaces | undefined } = {}) {
    this.notes = new NotePace(notesAMinute, notePlaces);
  }

  /** How long nobody should send anything; 0 when sending is fine. */
  waitMs(now: number): number {
    return Math.max(0, this.#closedUntil - now);
  }

  /**
   * Learns from one response. Returns how long everybody waits from now when this response made the
   * pause longer, else 0.
   */
  observe(headers: HeaderSource, status: number, now: number): number {
    const asked = readPause(headers, status, now);
    if (asked === null) return 0;
    const until = now + Math.min(asked, LONGEST_PAUSE_MS);
    if (until <= this.#closedUntil || until <= now) return 0;
    this.#closedUntil = until;
    return until - now;
  }
}

function readPause(headers: HeaderSource, status: number, now: number): number | null {
  if (status === 429) return readRetryAfter(headers, now) ?? readReset(headers, now) ?? BARE_429_MS;
  if (status === 503) return readRetryAfter(headers, now);
  if (headers.get('ratelimit-remaining')?.trim() === '0') return readReset(headers, now);
  return null;
}

/** `Retry-After` in either of its forms, seconds or an HTTP date; null when absent, unreadable or over. */
function readRetryAfter(headers: HeaderSource, now: number): number | null {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d+(\.\d+)?$/.test(text)) return positive(Number(text) * 1000);
  return positive(Date.parse(text) - serverNow(headers, now));
}

/** `RateLimit-Reset` is an absolute Unix time in seconds on GitLab's clock. */
function readReset(headers: HeaderSource, now: number): number | null {
  const text = headers.get('ratelimit-reset')?.trim();
  if (text === undefined || !/^\d+$/.test(text)) return null;
  return positive(Number(text) * 1000 - serverNow(headers, now));
}

/** Clocks differ between machines, so GitLab's times are measured against GitLab's own `Date` header. */
function serverNow(headers: HeaderSource, now: number): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isFinite(date) ? date : now;
}

function positive(ms: number): number | null {
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}
