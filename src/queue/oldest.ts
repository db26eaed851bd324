/** How long the job that has waited longest has been due and not begun. */
import type { Job } from 'bullmq';

interface Waiting {
  getJobCounts(...types: ('waiting' | 'prioritized')[]): Promise<{
    readonly [state: string]: number;
  }>;
  getJobs(
    types: ('waiting' | 'prioritized')[],
    start: number,
    end: number,
    asc: boolean,
  ): Promise<(Job | undefined)[]>;
}

/** Milliseconds; 0 when none waits. `now` in milliseconds, by the clock of those who put jobs in. */
export async function oldestWaitingMs(queue: Waiting, now: number): Promise<number> {
  const { waiting = 0, prioritized = 0 } = await queue.getJobCounts('waiting', 'prioritized');
  // Counted from the newest: asked for from the oldest, BullMQ on PostgreSQL gives the newest all the same.
  const last = waiting - 1;
  const [[front], [behind]] = await Promise.all([
    waiting === 0 ? [] : queue.getJobs(['waiting'], last, last, false),
    prioritized === 0 ? [] : queue.getJobs(['prioritized'], 0, 0, true),
  ]);
  return Math.max(0, ...[front, behind].map((job) => (job ? now - dueSince(job) : 0)));
}

/** One that is tried again, or was put there for later, has not waited since it was made. */
function dueSince(job: Job): number {
  return Math.max(job.timestamp + (job.opts.delay ?? 0), job.processedOn ?? 0);
}
