/** Lines before the workers: what an event or a date asked for, then what a sweep found changed, then what it takes anyway. */
import { randomUUID } from 'node:crypto';
import type { IssueRef } from '../core/model.ts';
import type { SweptBy } from './issue-queue.ts';

/** `swept`: it was a sweep that asked for the look. `heardAt`: when the hook came in. `frontSince`: when somebody asked for one that waited as swept. */
export type IssueData = IssueRef & {
  readonly swept?: SweptBy;
  readonly heardAt?: number;
  readonly frontSince?: number;
};

/** BullMQ works what has no priority before everything that has one, and then the smallest first. */
export const LINES = { front: 0, changed: 1, all: 2 } as const;

/** A look that somebody asked for. */
export interface Wanted {
  readonly data: IssueData;
  /** It waits until nothing in a smaller one does. */
  readonly line: (typeof LINES)[keyof typeof LINES];
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
  remove(): Promise<void>;
  changePriority(options: { priority: number }): Promise<void>;
}

/** A job in one of these begins later than whatever happens now. */
const NOT_BEGUN = ['waiting', 'prioritized', 'delayed'];

export function keyOf(ref: IssueRef): string {
  return `${ref.projectId}:${ref.issueIid}`;
}

/** Of two wishes for one issue: the one further in front counts, of two alike the first. */
export function mergeWanted(first: Wanted, then: Wanted): Wanted {
  if (first.line <= then.line) return first;
  // A date that fell due knows less of why than a sweep does.
  const isDate = then.line === LINES.front && then.data.heardAt === undefined;
  return { ...then, data: isDate ? first.data : then.data };
}

/**
 * Resolves once all are durably noted. Of each issue one job waits at most, and one more is kept while it is worked:
 * a wish that meets a waiting one joins it, and takes it forward where it belongs there. Rejects as `jobs` does.
 */
export async function putInLine(jobs: Jobs, wanted: readonly Wanted[]): Promise<void> {
  const met = await add(jobs, wanted);
  const again: Wanted[] = [];
  await Promise.all(
    met.map(async ({ one, id }) => {
      const state = await jobs.getJobState(id);
      if (NOT_BEGUN.includes(state)) await bringForward(jobs, one, id);
      else if (state === 'unknown' && (await freePhantom(jobs, id))) again.push(one);
      // Kept for when the look ends. In front, because it takes the place of a hook's that may be kept there already.
      else if (one.line !== LINES.front) again.push({ ...one, line: LINES.front });
    }),
  );
  if (again.length > 0) await add(jobs, again);
}

/**
 * A job of state `unknown` that is there all the same stands in no line any more, because a part of the database was
 * lost, and would swallow every later wish. False: there is none.
 */
export async function freePhantom(jobs: Pick<Jobs, 'getJob'>, id: string): Promise<boolean> {
  const job = await jobs.getJob(id);
  await job?.remove();
  return job !== undefined;
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

function optionsOf({ data, line, trace }: Wanted) {
  return {
    // An id of our own tells by the answer whether there was a job already.
    jobId: `${data.projectId}-${data.issueIid}-${randomUUID()}`,
    priority: line,
    // What a sweep asks for must not push a hook's wish out that is kept while the issue is worked.
    deduplication: { id: keyOf(data), ...(line === LINES.front && { keepLastIfActive: true }) },
    ...(trace !== undefined && { telemetry: { metadata: trace } }),
  };
}

/** Never rejects: the issue is noted, and one that has just begun or ended needs no place any more. */
async function bringForward(jobs: Jobs, { data, line }: Wanted, id: string): Promise<void> {
  try {
    const job = await jobs.getJob(id);
    if (!job) return;
    const isHook = line === LINES.front && data.heardAt !== undefined && !('heardAt' in job.data);
    const isAhead = line < job.priority;
    if (!isHook && !isAhead) return;
    // Somebody who waits does so from now on; a change that a sweep found is to be counted as one.
    const since = line === LINES.front && isAhead ? { frontSince: Date.now() } : {};
    const known = isHook || line !== LINES.front ? data : job.data;
    await job.updateData({ ...known, ...since });
    if (isAhead) await job.changePriority({ priority: line });
  } catch {
    // A hook that waits with the swept ones is late, and not lost.
  }
}
