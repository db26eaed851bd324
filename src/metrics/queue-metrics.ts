/** Figures that all processes of one queue share, asked of the queue's database at every scrape. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';

/** What the queue's database can tell; each may take long or reject. */
export interface QueueFigures {
  /** How many jobs stand in which state. */
  counts(): Promise<ReadonlyMap<string, number>>;
  /** Seconds; 0 when nothing waits. */
  oldestWaiting(): Promise<number>;
  /** Open scoping issues by stage, and by field how many of them have it open. */
  issues(): Promise<{
    readonly stages: ReadonlyMap<string, number>;
    readonly gaps: ReadonlyMap<string, number>;
  }>;
}

export interface QueueMetrics {
  /** A queue that does not answer leaves its gauges out and nothing else. */
  watchQueue(figures: QueueFigures): void;
}

const answerMs = 2_000;
const same = 'The same in every process that shares the queue: take the maximum, not the sum.';

export function showQueue(registry: Registry): QueueMetrics {
  return {
    watchQueue: (figures) => {
      show(registry, {
        name: 'scoping_bot_queue_jobs',
        help: `Jobs in the queue, by state. ${same}`,
        label: 'state',
        read: () => figures.counts(),
      });
      show(registry, {
        name: 'scoping_bot_queue_oldest_waiting_seconds',
        help: `How long the job that waits longest has been due and not begun; 0 when none waits. ${same}`,
        label: null,
        read: async () => new Map([['', await figures.oldestWaiting()]]),
      });
      const issues = sharedRead(() => figures.issues());
      show(registry, {
        name: 'scoping_bot_open_issues',
        help: `Open scoping issues by stage ("none": before the first), each as it was at its latest look by any process of this queue. An issue counts from its first look on (all have one after the first full sweep) and no more when it was not looked at for 50 hours. ${same}`,
        label: 'stage',
        read: async () => (await issues()).stages,
      });
      show(registry, {
        name: 'scoping_bot_issue_gaps',
        help: `Open scoping issues that lack a usable answer to this question, counted as scoping_bot_open_issues is. ${same}`,
        label: 'field',
        read: async () => (await issues()).gaps,
      });
    },
  };
}

/** One question for those gauges of a scrape that ask together. */
function sharedRead<T>(read: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= read().finally(() => {
      asked = null;
    });
    return asked;
  };
}

function show(
  registry: Registry,
  {
    name,
    help,
    label,
    read,
  }: {
    readonly name: string;
    readonly help: string;
    readonly label: string | null;
    readonly read: () => Promise<ReadonlyMap<string, number>>;
  },
): void {
  new Gauge({
    name,
    help,
    labelNames: label === null ? [] : [label],
    registers: [registry],
    async collect() {
      const late = sleep(answerMs, null, { ref: false });
      const figures = await Promise.race([read(), late]).catch(() => null);
      this.reset();
      if (label === null && figures === null) this.remove();
      for (const [key, figure] of figures ?? []) {
        if (label === null) this.set(figure);
        else this.set({ [label]: key }, figure);
      }
    },
  });
}
