/** Who the bot is, so that its own events are told apart; found at start, or as soon as GitLab answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from './core/model.ts';
import { TerminalError } from './gitlab/errors.ts';
import type { Log } from './log.ts';
import type { Directory } from './reconcile.ts';

/** How often a GitLab that could not be reached is tried again. */
const againMs = 5_000;
/** The start waits so long for GitLab, in milliseconds; hooks are taken from then on, whatever it does. */
export const startMs = 3_000;

export interface IdentityOptions {
  readonly directory: Directory;
  readonly log: Log;
  /** The token was refused after the start; resolves once it is known whether that stops everything. */
  readonly refused: (error: TerminalError) => Promise<void>;
  /** True while everything is stopped: somebody else asks then whether GitLab lets us in. */
  readonly stopped: () => boolean;
  /** Ends the wait at the start. */
  readonly stopping?: AbortSignal | undefined;
}

export interface Identity {
  /** Null while GitLab has not told it yet. */
  bot(): Person | null;
  /** Why it is not known, as a sentence; null when it is, or when whoever stopped everything says why. */
  why(): string | null;
  stop(): void;
}

/**
 * A token that is refused within three seconds throws `TerminalError`. A GitLab that cannot be reached or is
 * slower is asked in the background, and a refusal that comes later is handed to `refused`.
 * Throws the reason of `stopping` when that comes first.
 */
export async function findIdentity(options: IdentityOptions): Promise<Identity> {
  const { directory, log } = options;
  let found: Person | null = null;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let told = '';
  const ask = async (): Promise<void> => {
    if (options.stopped()) return again();
    found = await directory.bot();
    log.info({ username: found.username }, 'GitLab knows us');
  };
  const again = (): void => {
    if (!ended) timer = setTimeout(() => void ask().catch(failed), againMs);
  };
  const failed = async (error: unknown): Promise<void> => {
    if (ended) return;
    const reason = error instanceof Error ? error.message : 'no reason given';
    const refused = error instanceof TerminalError;
    if (refused) await options.refused(error).catch(() => undefined);
    // Each reason once; that everything is stopped has its own line.
    if (told !== reason && !options.stopped()) {
      if (refused) log.error({ reason }, 'GitLab does not tell us who we are; hooks are queued');
      else log.warn({ reason }, 'GitLab cannot be reached yet; hooks are queued meanwhile');
    }
    told = reason;
    again();
  };
  const first = ask().then(
    () => null,
    (error: unknown) => ({ error }),
  );
  const outcome = await inTime(startMs, first, options.stopping);
  options.stopping?.throwIfAborted();
  if (outcome === 'late') {
    log.warn({}, 'GitLab does not answer yet; hooks are queued meanwhile');
    void first.then((failure) => failure && failed(failure.error));
  } else if (outcome?.error instanceof TerminalError) throw outcome.error;
  else if (outcome) await failed(outcome.error);
  return {
    bot: () => found,
    why: () => (found || options.stopped() ? null : 'GitLab could not be reached yet.'),
    stop: () => {
      ended = true;
      clearTimeout(timer);
    },
  };
}

/** What `work` comes to, or `late` after `ms` and as soon as `stopping` says so; the work goes on. */
export async function inTime<T>(
  ms: number,
  work: Promise<T>,
  stopping: AbortSignal | undefined,
): Promise<T | 'late'> {
  const over = new AbortController();
  const signal = stopping ? AbortSignal.any([stopping, over.signal]) : over.signal;
  const late = sleep(ms, 'late' as const, { signal }).catch(() => 'late' as const);
  return await Promise.race([work, late]).finally(() => over.abort());
}
