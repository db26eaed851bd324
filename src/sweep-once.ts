/** Every open scoping issue once, several at a time, tried again where that may help: the `sweep` command without its words. */
import type { IssueRef } from './core/model.ts';
import { RetryableError, TerminalError } from './gitlab/errors.ts';
import type { Outcome } from './reconcile.ts';

/** What came of one issue. */
export type Swept =
  | { readonly ref: IssueRef; readonly kind: 'looked'; readonly outcome: Outcome }
  | { readonly ref: IssueRef; readonly kind: 'failed'; readonly reason: string };

export interface SweepOnceOptions {
  /** Reads, decides and writes, or only reads and decides. */
  readonly look: (ref: IssueRef) => Promise<Outcome>;
  /** How many at once. */
  readonly concurrency: number;
  /** One cheap request with the token; rejects when GitLab lets us do nothing. */
  readonly probe: () => Promise<unknown>;
  /** Resolves early when `stop` is aborted. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Takes nothing new from then on; what is being worked on comes to its end. */
  readonly stop: AbortSignal;
  /** Told about each issue once, when it is done with. */
  readonly done: (swept: Swept) => void;
}

export interface SweepEnd {
  /** Not looked at, or not to the end, because everything stopped before. */
  readonly left: readonly IssueRef[];
  /** What stopped everything: GitLab out of reach, a refused token; null when nothing did. */
  readonly halted: Error | null;
}

/** How often an issue is tried in all when GitLab's side fails. */
const MOST_TRIES = 3;
const FIRST_WAIT_MS = 1_000;
/** So many failures in a row, with no success between: perhaps no matter of those issues (as in `access-watch.ts`). */
const FAILURES_IN_A_ROW = 3;

/**
 * Resolves when every issue is done with or everything stopped; rejects only for a defect of ours. A refused
 * token stops it at once; after a few failures in a row one probe decides whether going on makes sense.
 */
export async function sweepOnce(
  refs: readonly IssueRef[],
  options: SweepOnceOptions,
): Promise<SweepEnd> {
  const waiting = [...refs];
  const left: IssueRef[] = [];
  let halted: Error | null = null;
  let failures = 0;
  const stopped = (): boolean => options.stop.aborted || halted !== null;

  async function workOn(ref: IssueRef): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const outcome = await options.look(ref);
        failures = 0;
        return options.done({ ref, kind: 'looked', outcome });
      } catch (error) {
        if (!(error instanceof RetryableError || error instanceof TerminalError)) throw error;
        const again = error instanceof RetryableError && tries < MOST_TRIES;
        if (!again) await noteFailure(error);
        if (!again && halted === null) {
          return options.done({ ref, kind: 'failed', reason: error.message });
        }
        if (again && !stopped()) await options.sleep(waitFor(error, tries));
        if (stopped()) {
          left.push(ref);
          return;
        }
      }
    }
  }

  /** May find that nothing works any more; that is no failure of the issue then, which is left. */
  async function noteFailure(error: Error): Promise<void> {
    failures += 1;
    if (error instanceof TerminalError && error.kind === 'unauthorised') halted ??= error;
    if (halted !== null || failures < FAILURES_IN_A_ROW) return;
    failures = 0;
    await options.probe().catch((refused: Error) => {
      halted ??= refused;
    });
  }

  async function work(): Promise<void> {
    while (!stopped()) {
      const ref = waiting.shift();
      if (ref === undefined) return;
      await workOn(ref);
    }
  }

  const workers = Math.max(1, Math.min(options.concurrency, refs.length));
  await Promise.all(Array.from({ length: workers }, work));
  return { left: [...left, ...waiting], halted };
}

function waitFor(error: RetryableError, tries: number): number {
  return error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1);
}
