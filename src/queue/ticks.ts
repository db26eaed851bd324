/** Work at intervals, done by one of the processes that share a queue: each asks, whoever starts and the first in an interval is heard. */
import { readCause } from './cause.ts';
import type { QueueLog } from './queue-log.ts';
import { describeError } from './retry.ts';

export interface TickData {
  readonly task: string;
  readonly everyMs: number;
}

export interface Ticks {
  every(name: string, ms: number, task: () => Promise<void>): () => void;
  /** False when this process does not know the task. A run that is still going on is not joined by a second. Never throws: what goes wrong is logged. */
  run(data: TickData): Promise<boolean>;
  stop(): void;
}

/** What the processes that share a queue have in common. */
export interface TickQueue {
  /** True for the first of them that asks under this name in any `windowMs` milliseconds. */
  isFirst(name: string, windowMs: number): Promise<boolean>;
  /** Puts a tick into the queue, unless one of this id waits there or is being worked. */
  add(data: TickData, id: string): Promise<unknown>;
}

/**
 * However long nothing is worked, one tick waits, so one run follows. Timers of our own rather than BullMQ's
 * schedulers: those outlive the setting that asked for them, in the database.
 */
export function createTicks(queue: TickQueue, log: QueueLog): Ticks {
  const tasks = new Map<string, () => Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<string>();

  function ask(task: string, everyMs: number, isStart: boolean) {
    const name = `tick:${task}`;
    // Somewhat shorter than the interval, so that the process that asked last time is heard again. Who starts does not
    // know what was missed meanwhile, and is heard in any case.
    queue
      .isFirst(name, Math.floor(everyMs * 0.9))
      .then((first) => (first || isStart ? queue.add({ task, everyMs }, name) : undefined))
      .catch((error) =>
        log.warn({ task, cause: readCause(error) }, 'the queue did not take the tick'),
      );
  }

  return {
    every: (name, ms, task) => {
      if (tasks.has(name)) throw new Error(`there is a task named ${name} already`);
      tasks.set(name, task);
      timers.set(name, setInterval(ask, ms, name, ms, false));
      ask(name, ms, true);
      return () => {
        clearInterval(timers.get(name));
        timers.delete(name);
        tasks.delete(name);
      };
    },
    run: async ({ task }) => {
      const work = tasks.get(task);
      if (!work) return false;
      if (running.has(task)) return true;
      running.add(task);
      try {
        await work();
      } catch (error) {
        log.error({ task, ...describeError(error, false) }, 'the task failed; it comes again');
      } finally {
        running.delete(task);
      }
      return true;
    },
    stop: () => {
      for (const timer of timers.values()) clearInterval(timer);
      timers.clear();
    },
  };
}
