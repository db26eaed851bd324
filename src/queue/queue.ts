/** `IssueQueue` on BullMQ: which issues to look at, by whom, when, and what happens when that fails. Long, because all of it shares one queue and one worker. */
import { randomUUID } from 'node:crypto';
import {
  DelayedError,
  type IQueueBackend,
  type Job,
  Queue,
  UnrecoverableError,
  WaitingError,
  Worker,
} from 'bullmq';
import type { IssueRef } from '../core/model.ts';
import { connection } from './backend.ts';
import { createBatch } from './batch.ts';
import { readCause } from './cause.ts';
import { withDeadline } from './deadline.ts';
import { createGate } from './gate.ts';
import type { IssueQueue, Look, QueueOptions, SweptBy } from './issue-queue.ts';
import {
  freePhantom,
  type IssueData,
  keyOf,
  LINES,
  mergeWanted,
  putInLine,
  type Wanted,
} from './lines.ts';
import { oldestWaitingMs } from './oldest.ts';
import { openBackend } from './open-backend.ts';
import { createPace } from './pace.ts';
import { createPlaces } from './places.ts';
import { QueueError } from './queue-error.ts';
import { Again, ATTEMPTS, backOff, describeError, isForeseen, readRetryAfter } from './retry.ts';
import { createTally } from './tally.ts';
import { createTicks, type TickData } from './ticks.ts';
import { createTroubleLog } from './trouble.ts';

type JobData = IssueData | TickData;
type Kind = 'issue' | 'wake' | 'tick';
type BotJob = Job<JobData, void, Kind>;

const ENQUEUE_MS = 5_000;
const READY_MS = 2_000;
const CLOSE_MS = 10_000;
/** A killed worker's issue is free again after this and found by the next check. */
const LOCK_MS = 10_000;
/** Part of the time to close in which connections are ended; the rest is for running work. */
const LEAVE_PART = 0.1;
/** The least time between two looks at one issue. */
const PACE_MS = 1_000;
/** A process that is killed again and again must not lose an issue. */
const STALLED_TIMES = 1_000;
/** BullMQ heeds `rateLimit` only in workers that have a limit; this one is out of reach. */
const LIMIT = { max: 1_000_000_000, duration: 1_000 };

/** So many of those given up are tried again with one sweep. */
const GIVEN_UP = 100;

const JOB = {
  attempts: ATTEMPTS,
  backoff: { type: 'custom' },
  removeOnComplete: true,
  removeOnFail: { count: 1_000 },
  stackTraceLimit: 0,
} as const;

/** Opens the queue that `url` names. Throws `QueueError` with a sentence when that cannot be done. */
export async function openQueue(options: QueueOptions): Promise<IssueQueue> {
  const { log, concurrency, isTerminal, name = 'scoping', now = Date.now } = options;
  const closeMs = options.closeWithinMs ?? CLOSE_MS;
  const telemetry = options.traced ? (await import('./telemetry.ts')).openTelemetry() : null;
  const backend = await openBackend({ ...options, now });
  const queue = new Queue<
    JobData,
    void,
    Kind,
    JobData,
    void,
    Kind,
    IQueueBackend,
    typeof connection
  >(name, { connection, defaultJobOptions: JOB, ...telemetry?.option }, backend.factory);
  const gate = createGate();
  const pace = createPace(options.paceMs ?? PACE_MS, Date.now);
  const lockMs = options.lockMs ?? LOCK_MS;
  const againMs = Math.min(PACE_MS, lockMs);
  /** The issues that this process is looking at. */
  const atWork = new Set<string>();
  const trouble = createTroubleLog(log, () => closing !== null);
  queue.on('error', trouble);
  let worker: Worker<JobData, void, Kind, IQueueBackend, number, typeof connection> | null = null;
  let closing: Promise<void> | null = null;
  let asked: Promise<unknown> | null = null;

  const takePlace = createPlaces((ask) => backend.takePlace(ask));
  const tally = createTally(backend.tally, name);
  const batch = createBatch<Wanted>(
    (wanted) => withDeadline(putInLine(queue, wanted), ENQUEUE_MS, tooLate),
    mergeWanted,
  );

  async function put(data: IssueData, line: Wanted['line']): Promise<void> {
    if (closing) throw new QueueError('unreachable', 'The queue is being closed.');
    // Batches go out later and together; each job belongs to the trace of whoever asked for it.
    const trace = telemetry?.whereWeAre();
    // The time counts from here: the batch before may be waiting for the database as well.
    await withDeadline(batch.add(keyOf(data), { data, line, trace }), ENQUEUE_MS, tooLate).catch(
      (cause) => {
        trouble(cause);
        const sentence = `The queue does not take anything at the moment (${readCause(cause)}).`;
        throw new QueueError('unreachable', sentence, { cause });
      },
    );
  }

  async function enqueue(ref: IssueRef, swept: SweptBy = false, heardAt?: number): Promise<void> {
    const data = {
      ...copy(ref),
      ...(swept && { swept }),
      ...(heardAt !== undefined && { heardAt }),
    };
    const line = swept === 'all' ? LINES.all : swept ? LINES.changed : LINES.front;
    await put(data, line);
  }

  async function enqueueGivenUp(): Promise<void> {
    const jobs = await withDeadline(
      queue.getJobs('failed', 0, GIVEN_UP - 1, true),
      ENQUEUE_MS,
      tooLate,
    );
    for (const job of jobs) {
      // Queued before it is forgotten: who dies in between makes one look more, not one less.
      if (job && 'issueIid' in job.data) await put(copy(job.data), LINES.all);
      if (job) await withDeadline(job.remove(), ENQUEUE_MS, tooLate);
    }
  }

  async function wakeAt(ref: IssueRef, at: string): Promise<void> {
    const delay = Math.max(0, Date.parse(at) - now());
    if (Number.isNaN(delay)) throw new RangeError(`not a time: ${at}`);
    const deduplication = { id: `wake:${keyOf(ref)}`, replace: true };
    await queue.add('wake', copy(ref), { delay, deduplication });
  }

  const ticks = createTicks(
    {
      isFirst: async (what, windowMs) => {
        const ask = { name: `${name}:${what}`, most: 1, windowMs, at: null };
        return (await takePlace(ask)) === 0;
      },
      add: async (data, id) => {
        const jobId = `tick-${randomUUID()}`;
        const add = () => queue.add('tick', data, { attempts: 1, deduplication: { id }, jobId });
        const { id: met } = await add();
        if (met === undefined || met === jobId) return;
        if ((await queue.getJobState(met)) === 'unknown' && (await freePhantom(queue, met))) {
          await add();
        }
      },
    },
    log,
  );

  async function look(job: BotJob, data: IssueData, handler: Look) {
    const ref = copy(data);
    try {
      const { lookAgainAt } = await handler(ref, data.swept ?? false, data.heardAt ?? null);
      if (lookAgainAt !== null) await wakeAt(ref, lookAgainAt);
    } catch (error) {
      const terminal = isTerminal(error);
      const retryAfterMs = readRetryAfter(error);
      const about = { ...ref, ...describeError(error, terminal || isForeseen(error)) };
      if (terminal) {
        log.error(about, 'issue given up until it changes or the sweep comes by');
        throw new UnrecoverableError('given up');
      }
      log.warn(
        { ...about, attempt: job.attemptsMade + 1, retryAfterMs },
        'issue will be tried again',
      );
      throw new Again(retryAfterMs);
    }
  }

  async function wake(job: BotJob, ref: IssueRef): Promise<void> {
    // The name is given free first: a wake set by the run that starts now must not be taken for this one.
    await job.removeDeduplicationKey();
    await enqueue(ref);
  }

  async function tick(job: BotJob, token: string, data: TickData): Promise<void> {
    if (await ticks.run(data)) return;
    // Another process asked for it and has the task; this one has not.
    if (Date.now() - job.timestamp > data.everyMs) return;
    await job.moveToDelayed(Date.now() + Math.min(1_000, data.everyMs / 4), token);
    throw new DelayedError();
  }

  return {
    kind: backend.kind,
    enqueue,
    enqueueGivenUp,
    wakeAt,
    work: (handler) => {
      if (worker) throw new Error('work() was called twice');
      const process = async (job: BotJob, token = '') => {
        if (!(await gate.passed())) {
          await job.moveToWait(token);
          throw new WaitingError();
        }
        const { data } = job;
        if ('everyMs' in data) return await tick(job, token, data);
        if (job.name === 'wake') return await wake(job, data);
        // A process that slept past its lock (SIGSTOP, a machine put to sleep) may be handed its own work again.
        const wait = atWork.has(keyOf(data)) ? againMs : pace.wait(keyOf(data));
        if (wait > 0) {
          await job.moveToDelayed(Date.now() + wait, token);
          throw new DelayedError();
        }
        atWork.add(keyOf(data));
        await look(job, data, handler).finally(() => {
          atWork.delete(keyOf(data));
          pace.looked(keyOf(data));
        });
      };
      worker = new Worker<JobData, void, Kind, IQueueBackend, number, typeof connection>(
        name,
        process,
        {
          connection,
          concurrency,
          lockDuration: lockMs,
          stalledInterval: lockMs / 2,
          maxStalledCount: STALLED_TIMES,
          limiter: LIMIT,
          ...telemetry?.option,
          settings: {
            backoffStrategy: (made: number, _type, error) =>
              backOff(made, readRetryAfter(error), Math.random()),
          },
        },
        backend.factory,
      );
      worker.on('error', trouble);
      worker.on('stalled', (job) => log.warn({ job }, 'taken over from a worker that died'));
      if (gate.closed()) void worker.pause(true);
    },
    pause: async () => {
      gate.close();
      await worker?.pause(true);
    },
    resume: async () => {
      gate.open();
      await worker?.resume();
    },
    slowDown: async (ms) => {
      if ((await queue.getRateLimitTtl(LIMIT.max)) < ms) await queue.rateLimit(Math.ceil(ms));
    },
    takePlace: async (most, windowMs, at) => {
      // Also while closing: what is being finished writes as well.
      return await takePlace({ name, most, windowMs, at: at ?? null }).catch((error) => {
        trouble(error);
        throw error;
      });
    },
    every: ticks.every,
    ready: async () => {
      if (closing) return 'The queue is being closed.';
      try {
        // One question at a time: each that gets no answer keeps a connection.
        asked ??= backend.ping().finally(() => {
          asked = null;
        });
        await withDeadline(asked, READY_MS, tooLate);
        return null;
      } catch (error) {
        return `The queue's database does not answer as it should (${readCause(error)}).`;
      }
    },
    counts: async () => {
      const counts = await queue.getJobCounts(
        ...(['waiting', 'prioritized', 'active', 'delayed', 'failed'] as const),
      );
      const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
      return { waiting: waiting + prioritized, active, delayed, failed };
    },
    board: async (path) => (await import('./board.ts')).openBoard(queue, path),
    oldestWaitingMs: () => oldestWaitingMs(queue, Date.now()),
    tally: (ref, words, at) => tally.note(keyOf(ref), words, at ?? null),
    tallied: (at) => backend.tally.counts(name, at ?? null),
    close: (withinMs = closeMs) => {
      closing ??= (async () => {
        const end = Date.now() + withinMs;
        const left = () => Math.max(0, end - Date.now());
        ticks.stop();
        gate.leave();
        // All in one stretch of time, and a little of it is kept for the connections.
        const worked = worker?.close() ?? Promise.resolve();
        worked.catch(() => {});
        await withDeadline(batch.drained(), left() * (1 - LEAVE_PART), tooLate).catch(() => {});
        await withDeadline(worked, left() - withinMs * LEAVE_PART, tooLate).catch(() =>
          log.warn(
            { seconds: withinMs / 1_000 },
            'closed with work unfinished; the next process takes it over',
          ),
        );
        await withDeadline(tally.drained(), left(), tooLate).catch(() => {});
        await withDeadline(queue.close(), left(), tooLate).catch(() => {});
        await backend.close();
      })();
      return closing;
    },
  };
}

function tooLate(): Error {
  return new Error('no answer in time');
}

/** The two numbers and nothing that may hang on the object. */
function copy(ref: IssueRef): IssueRef {
  return { projectId: ref.projectId, issueIid: ref.issueIid };
}
