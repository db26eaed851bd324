/** Stops all work while GitLab refuses the token (401) or everything (403), and goes on when it works again. */
import type { IssueRef } from './core/model.ts';
import { TerminalError } from './gitlab/errors.ts';
import type { Log } from './log.ts';

/** The first look whether it works again (`interfaces.md` §8). */
const probeMs = 30_000;
/** So many issues refused with 403 within this time, with no success between: not a matter of one issue. */
const fewIssues = 3;
const withinMs = 60_000;

type Stop = 'token' | 'everything';

const words = {
  token: {
    log: 'GitLab refuses the token: put a valid one into GITLAB_TOKEN; work is paused',
    why: 'GitLab refuses the token.',
    over: 'the token works again; work goes on',
  },
  everything: {
    log: "GitLab answers 403 to everything: its administrator must look whether this machine's address is banned or the bot's user is blocked; work is paused",
    why: 'GitLab answers 403 to everything.',
    over: 'GitLab lets us in again; work goes on',
  },
} as const;

export interface AccessWatchOptions {
  readonly queue: {
    pause(): Promise<void>;
    resume(): Promise<void>;
    enqueue(ref: IssueRef): Promise<void>;
  };
  /** One cheap request with the token; rejects when it does not work. */
  readonly probe: () => Promise<unknown>;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds to the first probe, 30 s unless told; later ones wait at most twice as long. */
  readonly probeMs?: number | undefined;
}

export interface AccessWatch {
  /** GitLab refused something on this issue. Resolves once it is known whether that stops everything. */
  failed(ref: IssueRef, error: TerminalError): Promise<void>;
  /** GitLab refused something that is no matter of one issue: a listing, or who we are. Resolves as `failed` does. */
  refused(error: TerminalError): Promise<void>;
  /** GitLab did something for us. */
  succeeded(): void;
  /** Why work is paused, as a sentence; null when it is not. */
  why(): string | null;
  stop(): void;
}

/**
 * A 401 stops at once. A 403 is a matter of its issue, unless a few issues got one and nothing worked in
 * between: then one probe decides (`gitlab-platform.md` §3.6: a banned address gets 403 for everything).
 * Where no issue is concerned, the first 403 asks it: there is nothing to wait for.
 * Issues given up before that was known are queued again when it is over.
 */
export function watchAccess(options: AccessWatchOptions): AccessWatch {
  const { queue, probe, log, now } = options;
  const firstMs = options.probeMs ?? probeMs;
  let stopped: Stop | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let asking: Promise<void> | null = null;
  const refused = new Map<string, { ref: IssueRef; at: number }>();

  async function halt(reason: Stop): Promise<void> {
    if (stopped === reason || closed) return;
    const first = stopped === null;
    stopped = reason;
    log.error({}, words[reason].log);
    if (!first) return;
    lookAgainIn(firstMs);
    await queue.pause();
  }

  function lookAgainIn(ms: number): void {
    timer = setTimeout(() => {
      void lookAgain().catch((error: unknown) => {
        if (closed) return;
        const reason = readStop(error);
        if (reason !== null) void halt(reason);
        // The token's owner is waiting for us; a ban grows with every request that is sent.
        lookAgainIn(stopped === 'token' ? firstMs : Math.min(2 * ms, 2 * firstMs));
      });
    }, ms);
  }

  async function lookAgain(): Promise<void> {
    await probe();
    if (closed || stopped === null) return;
    await queue.resume();
    log.info({}, words[stopped].over);
    stopped = null;
    const again = [...refused.values()];
    refused.clear();
    // What cannot be queued now is found by the sweep.
    for (const { ref } of again) await queue.enqueue(ref).catch(() => undefined);
  }

  async function ask(): Promise<void> {
    try {
      await probe();
      refused.clear();
    } catch (error) {
      const reason = readStop(error);
      if (reason !== null) await halt(reason);
    }
  }

  async function decide(): Promise<void> {
    asking ??= ask().finally(() => {
      asking = null;
    });
    await asking;
  }

  return {
    async refused({ kind }) {
      if (kind === 'unauthorised') return await halt('token');
      if (kind === 'forbidden' && stopped === null) await decide();
    },
    async failed(ref, error) {
      if (error.kind === 'unauthorised') return await halt('token');
      if (error.kind !== 'forbidden') return;
      refused.set(`${ref.projectId}:${ref.issueIid}`, { ref, at: now() });
      if (stopped !== null) return;
      for (const [key, { at }] of refused) if (at <= now() - withinMs) refused.delete(key);
      if (refused.size < fewIssues) return;
      await decide();
    },
    succeeded: () => {
      // An answer that was under way when everything stopped proves nothing.
      if (stopped === null) refused.clear();
    },
    why: () => (stopped === null ? null : words[stopped].why),
    stop: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}

function readStop(error: unknown): Stop | null {
  if (!(error instanceof TerminalError)) return null;
  if (error.kind === 'unauthorised') return 'token';
  return error.kind === 'forbidden' ? 'everything' : null;
}
