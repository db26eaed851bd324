/** The queue as the rest of the bot sees it. */
import type { IssueRef } from '../core/model.ts';
import type { Backend } from './backend.ts';
import type { QueueBoard } from './board.ts';
import type { QueueLog } from './queue-log.ts';

/** What a look at an issue comes to: ISO time to look again, null when nothing falls due. */
export interface Looked {
  readonly lookAgainAt: string | null;
}

/** False: no sweep asked for the look; `all`: one that takes all open issues, changed or not. */
export type SweptBy = boolean | 'all';

/**
 * `swept`: a sweep asked for it, in whichever process, and no hook had before. `heardAt`: when the hook that
 * asked for it came in, in milliseconds since 1970; null: none did.
 */
export type Look = (ref: IssueRef, swept: SweptBy, heardAt: number | null) => Promise<Looked>;

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  /** Issues to be tried again and issues to be looked at later. */
  readonly delayed: number;
  /** Given up and not queued again since; the last thousand are kept. */
  readonly failed: number;
}

export interface IssueQueue {
  readonly kind: Backend['kind'];
  /**
   * Resolves once the issue is durably noted: from then on it is looked at, whoever dies. An issue
   * that waits already is not noted twice; one that is being worked is looked at once more. What is `swept` waits
   * behind everything that is not, and comes to the front when it is enqueued again without it.
   * Rejects with `QueueError` when the database does not take it within five seconds. `swept` and `heardAt` are
   * handed to the look; of hooks for an issue that waits already the first counts.
   */
  enqueue(ref: IssueRef, swept?: SweptBy, heardAt?: number): Promise<void>;
  /**
   * Queues again those that were given up, by whichever process, a hundred at a time and the oldest first, so
   * that what was mended meanwhile is noticed; they wait with what is swept. Rejects like `enqueue`.
   */
  enqueueGivenUp(): Promise<void>;
  /** Starts working, `concurrency` issues at once and never one issue twice at once. To be called once. */
  work(handler: Look): void;
  /** This process starts no further work until `resume()`; what it is at goes on. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** No worker of any process starts anything for `ms` milliseconds; never shortens what was said before. */
  slowDown(ms: number): Promise<void>;
  /**
   * Takes one of `most` places in any `windowMs` milliseconds, which all processes share: 0 when one was free, else
   * the milliseconds until one is. `at`: now in milliseconds; the database's clock unless told. Rejects within a
   * second when the database does not answer.
   */
  takePlace(most: number, windowMs: number, at?: number): Promise<number>;
  /** Enqueues the issue at that ISO time (at once when it is past); the latest call replaces the earlier one. */
  wakeAt(ref: IssueRef, at: string): Promise<void>;
  /**
   * Runs `task` now and every `ms` milliseconds, each time in one of the processes that share the
   * queue; not while this process still runs the last one. Needs `work()` somewhere. A task that
   * throws is logged and comes again at the next interval. Returns how to stop.
   */
  every(name: string, ms: number, task: () => Promise<void>): () => void;
  /** Null when the database answers within two seconds and takes what is written, else the reason as a sentence. */
  ready(): Promise<string | null>;
  counts(): Promise<QueueCounts>;
  /** The queue for the browser, to be served at `path` by whoever guards it; nothing can be changed there. */
  board(path: string): Promise<QueueBoard>;
  /**
   * Milliseconds for which the job next in line has been due and not begun; 0 when none waits. What is swept does
   * not count: nobody waits for it.
   */
  oldestWaitingMs(): Promise<number>;
  /**
   * Counts the issue under these words from now on, for all processes that share the queue; none: no more. Returns
   * at once. Words are ids such as `stage:proposal`, without spaces. `at`: now in milliseconds; the database's
   * clock unless told.
   */
  tally(ref: IssueRef, words: readonly string[], at?: number): void;
  /** How many issues are counted under each word; one that was not told of for 50 hours is forgotten. */
  tallied(at?: number): Promise<ReadonlyMap<string, number>>;
  /** Takes nothing new, gives running work until `withinMs` is nearly over (ten seconds unless told), closes. What was not finished is done by the next process. */
  close(withinMs?: number): Promise<void>;
}

export interface QueueOptions {
  /** `QUEUE_URL`; undefined means embedded in `dataDir`. */
  readonly url: string | undefined;
  readonly dataDir: string;
  readonly concurrency: number;
  readonly log: QueueLog;
  /** True for errors that trying again cannot cure; everything else is tried again. */
  readonly isTerminal: (error: unknown) => boolean;
  /** Milliseconds since 1970; the clock for `wakeAt`. */
  readonly now?: () => number;
  /** How long `close()` waits for running work, in milliseconds; ten seconds unless told. */
  readonly closeWithinMs?: number;
  /** The least time between two looks at one issue by this process, in milliseconds; one second unless told. */
  readonly paceMs?: number;
  /** How long a worker that gives no sign of life keeps its issue, in milliseconds; ten seconds unless told. */
  readonly lockMs?: number;
  /** Hands BullMQ's own hooks to OpenTelemetry, for whoever has registered there. */
  readonly traced?: boolean;
  /** The queue's name within the database; processes that share it share the work. */
  readonly name?: string;
}
