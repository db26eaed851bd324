/** A queue whose looks and log lines a test can see: what was taken, what was done, whether two ran at once. */
import { randomUUID } from 'node:crypto';
import type { IssueRef } from '../../src/core/model.ts';
import type { IssueQueue, QueueOptions } from '../../src/queue/issue-queue.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { until } from './until.ts';

export interface Observed {
  readonly queue: IssueQueue;
  /** Log lines from `info` up: message and what `cause` says. */
  readonly lines: readonly string[];
  /** The issues whose looks ended, in order. */
  readonly looked: readonly number[];
  /** The issues that were taken by `enqueue`; each must be looked at after that. */
  readonly taken: ReadonlySet<number>;
  /** Enqueues the issue; the sentence of the refusal, null when it was taken. */
  offer(issueIid: number): Promise<string | null>;
  /** Resolves when everything that was taken was looked at and nothing is left. */
  allDone(ms?: number): Promise<void>;
}

export const ref = (issueIid: number): IssueRef => ({ projectId: 7, issueIid });

/** Opens a queue with a name of its own; each look takes `lookMs`. */
export async function observe(
  options: Pick<QueueOptions, 'url' | 'dataDir'> & Partial<QueueOptions>,
  lookMs = 20,
): Promise<Observed> {
  const lines: string[] = [];
  const looked: number[] = [];
  const taken = new Set<number>();
  const write = (fields: Readonly<Record<string, unknown>>, message: string) =>
    lines.push('cause' in fields ? `${message}: ${fields.cause}` : message);
  const queue = await openQueue({
    name: `test-${randomUUID()}`,
    concurrency: 3,
    isTerminal: () => false,
    log: { debug: () => {}, info: write, warn: write, error: write },
    paceMs: 20,
    lockMs: 1_000,
    ...options,
  });
  queue.work(async ({ issueIid }) => {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    looked.push(issueIid);
    return { lookAgainAt: null };
  });
  return {
    queue,
    lines,
    looked,
    taken,
    offer: async (issueIid) => {
      try {
        await queue.enqueue(ref(issueIid));
        taken.add(issueIid);
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : 'not an error';
      }
    },
    allDone: async (ms) => {
      await until(async () => {
        const counts = await queue.counts().catch(() => null);
        if (counts === null || counts.waiting + counts.active + counts.delayed > 0) return false;
        return [...taken].every((issueIid) => looked.includes(issueIid));
      }, ms);
    },
  };
}
