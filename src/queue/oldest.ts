/** How long the job next in line has been due and not begun. */
import type { Job } from 'bullmq';

interface Waiting {
  getJobs(
    types: 'waiting'[],
    start: number,
    end: number,
    asc: boolean,
  ): Promise<(Job | undefined)[]>;
}

/** Milliseconds; 0 when none waits. `now` in milliseconds, by the clock of those who put jobs in. */
export async function oldestWaitingMs(queue: Waiting, now: number): Promise<number> {
  // Redis and PostgreSQL do not agree on which end comes first: one of the two is the oldest.
  const ends = await Promise.all([true, false].map((asc) => queue.getJobs(['waiting'], 0, 0, asc)));
  const waits = ends.flat().map((job) => (job ? now - dueSince(job) : 0));
  return Math.max(0, ...waits);
}

/** One that is tried again, or was put there for later, has not waited since it was made. */
function dueSince(job: Job): number {
  return Math.max(job.timestamp + (job.opts.delay ?? 0), job.processedOn ?? 0);
}
