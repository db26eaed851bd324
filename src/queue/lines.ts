/** Two lines before the workers: looks that an event or a date asked for, and behind all of them those of a sweep. */
import { randomUUID } from 'node:crypto';
import type { IssueRef } from '../core/model.ts';
import type { SweptBy } from './issue-queue.ts';

/** `swept`: it was a sweep that asked for the look. `heardAt`: when the hook came in. */
export type IssueData = IssueRef & { readonly swept?: SweptBy; readonly heardAt?: number };

/** A look that somebody asked for. */
export interface Wanted {
  readonly data: IssueData;
  /** It waits until nothing else does. */
  readonly behind: boolean;
  /** Whose trace it belongs to. */
  readonly trace: string | undefined;
}

/** What BullMQ's queue does for the lines, whatever carries it. */
export interface Jobs {
  addBulk(
    jobs: { name: 'issue'; data: IssueData; opts: ReturnType<typeof optionsOf> }[],
  ): Promise<readonly { readonly id?: string | undefined }[]>;
  getJob(id: string): Promise<WaitingJob | undefined>;
  getJobState(id: string): Promise<string>;
}

interface WaitingJob {
  readonly data: object;
  readonly priority: number;
  updateData(data: object): Promise<void>;
  changePriority(options: { priority: number }): Promise<void>;
}

/** BullMQ works what has no priority before everything that has one. */
const FRONT = 0;
const BEHIND = 1;
/** A job in one of these begins later than whatever happens now. */
const NOT_BEGUN = ['waiting', 'prioritized', 'delayed'];

export function keyOf(ref: IssueRef): string {
  return `${ref.projectId}:${ref.issueIid}`;
}

/** Of two wishes for one issue: the front one counts, of two alike the first. */
export function mergeWanted(first: Wanted, then: Wanted): Wanted {
  if (!first.behind || then.behind) return first;
  return { ...then, data: then.data.heardAt === undefined ? first.data : then.data };
}

/**
 * Resolves once all are durably noted. Of each issue one job waits at most, and one more is kept while it is worked:
 * a wish that meets a waiting one joins it, and takes it to the front where it belongs there. Rejects as `jobs` does.
 */
export async function putInLine(jobs: Jobs, wanted: readonly Wanted[]): Promise<void> {
  const met = await add(jobs, wanted);
  const begun: Wanted[] = [];
  await Promise.all(
    met.map(async ({ one, id }) => {
      if (!one.behind) await bringToFront(jobs, one, id);
      else if (!NOT_BEGUN.includes(await jobs.getJobState(id)))
        begun.push({ ...one, behind: false });
    }),
  );
  // Kept for when the look ends. In front, because it takes the place of a hook's that may be kept there already.
  if (begun.length > 0) await add(jobs, begun);
}

/** Returns those whose issue had a job already, with its id. */
async function add(
  jobs: Jobs,
  wanted: readonly Wanted[],
): Promise<readonly { readonly one: Wanted; readonly id: string }[]> {
  const made = wanted.map((one) => ({
    name: 'issue' as const,
    data: one.data,
    opts: optionsOf(one),
  }));
  const added = await jobs.addBulk(made);
  return wanted.flatMap((one, at) => {
    const id = added[at]?.id;
    return id === undefined || id === made[at]?.opts.jobId ? [] : [{ one, id }];
  });
}

function optionsOf({ data, behind, trace }: Wanted) {
  return {
    // An id of our own tells by the answer whether there was a job already.
    jobId: `${data.projectId}-${data.issueIid}-${randomUUID()}`,
    priority: behind ? BEHIND : FRONT,
    // What a sweep asks for must not push a hook's wish out that is kept while the issue is worked.
    deduplication: { id: keyOf(data), ...(!behind && { keepLastIfActive: true }) },
    ...(trace !== undefined && { telemetry: { metadata: trace } }),
  };
}

/** Never rejects: the issue is noted, and one that has just begun or ended needs no place any more. */
async function bringToFront(jobs: Jobs, { data }: Wanted, id: string): Promise<void> {
  try {
    const job = await jobs.getJob(id);
    if (!job || job.priority === FRONT) return;
    if (data.heardAt !== undefined) await job.updateData(data);
    await job.changePriority({ priority: FRONT });
  } catch {
    // A hook that waits with the swept ones is late, and not lost.
  }
}
