/** How long the job next in line has been due and not begun; what a sweep asked for stands in no such line. */
import type { Job } from 'bullmq';

interface Waiting {
  getJobCounts(type: 'waiting'): Promise<{ readonly [state: string]: number }>;
  getJobs(
    types: 'waiting'[],
    start: number,
    end: number,
    asc: boolean,
  ): Promise<(Job | undefined)[]>;
}

/** Milliseconds; 0 when none waits. `now` in milliseconds, by the clock of those who put jobs in. */
export async function oldestWaitingMs(queue: Waiting, now: number): Promise<number> {
  const { waiting = 0 } = await queue.getJobCounts('waiting');
  if (waiting === 0) return 0;
  // Counted from the newest: asked for from the oldest, BullMQ on PostgreSQL gives the newest all the same.
  const last = waiting - 1;
  const [job] = await queue.getJobs(['waiting'], last, last, false);
  return job ? Math.max(0, now - dueSince(job)) : 0;
}

/** One that is tried again, was put there for later or waited as swept at first has not waited since it was made. */
function dueSince(job: Job): number {
  const { frontSince = 0 }: { frontSince?: number } = job.data;
  return Math.max(job.timestamp + (job.opts.delay ?? 0), job.processedOn ?? 0, frontSince);
}
