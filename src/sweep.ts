/** The safety net: finds the scoping issues that changed without a hook reaching us (`rulings.md` 34). */
import type { IssueRef } from './core/model.ts';
import { readLabels } from './core/plan/canonical-labels.ts';
import { familyOf } from './core/plan/label-decisions.ts';
import { isScopingIssue } from './core/plan/recognise.ts';
import type { Policy } from './core/policy.ts';
import type { SweepMemory } from './sweep-memory.ts';

/** Structural: `src/gitlab`'s listing fits. */
export interface UpdatedIssues {
  listUpdatedIssues(
    project: number,
    updatedAfter: string | null,
    state: 'opened',
  ): AsyncIterable<{
    ref: IssueRef;
    title: string;
    description: string;
    labels: readonly string[];
  }>;
}

export interface SweepOptions {
  readonly issues: UpdatedIssues;
  readonly projectIds: () => Promise<readonly number[]>;
  /**
   * `changed`: it was taken because it changed although we were there; false where all open issues are taken, changed
   * or not, and in the first pass of a process.
   */
  readonly enqueue: (ref: IssueRef, changed: boolean) => Promise<void>;
  readonly policy: Policy;
  readonly now: () => Date;
  readonly memory: SweepMemory;
  /** Told about a project that could not be listed; it is tried again with the next pass. False ends this pass. */
  readonly failed: (project: number | string, error: unknown) => Promise<boolean>;
  /** Done for each project that could be listed, so that a refusal means this and not everything; must not throw. */
  readonly alsoLookAt?: (project: number) => Promise<void>;
}

export interface Swept {
  readonly queued: number;
  /** Projects whose listing came to its end. */
  readonly listed: number;
}

/** Clocks differ and pages shift: each pass looks back a little further than the one before began. */
const overlapMs = 2 * 60_000;
const dayMs = 24 * 3_600_000;
/** A process that starts when nobody has swept for so long does not rely on what GitLab lists as changed. */
const awayMs = 3_600_000;

/**
 * Returns the pass. The first that `memory` knows of, the first after a time away, and one a day take all open
 * scoping issues; those in between take what was updated since the last one that succeeded, in whichever process,
 * project by project: one that cannot be listed is told to `failed` and does not keep the others waiting.
 */
export function createSweep(options: SweepOptions): () => Promise<Swept> {
  const { projectIds, now, memory } = options;
  /** The projects that this process has swept. */
  const known = new Set<number>();
  return async () => {
    const begun = now().getTime();
    let queued = 0;
    let listed = 0;
    const enqueue = async (ref: IssueRef, changed: boolean): Promise<void> => {
      await options.enqueue(ref, changed);
      queued += 1;
    };
    for (const project of await projectIds()) {
      const first = !known.has(project);
      const after = readFrom(await memory.recall(project), begun, first);
      try {
        await sweepProject(project, after, first, { ...options, enqueue });
      } catch (error) {
        if (await options.failed(project, error)) continue;
        break;
      }
      listed += 1;
      known.add(project);
      await memory.swept(project, begun, after === null);
      await options.alsoLookAt?.(project);
    }
    return { queued, listed };
  };
}

/** Since when a pass takes what was updated, as an ISO time; null: it takes everything. `first`: of this process. */
function readFrom(
  { last, full }: Awaited<ReturnType<SweepMemory['recall']>>,
  begun: number,
  first: boolean,
): string | null {
  // A time that lies far ahead was kept by a wrong clock.
  const isLongAgo = (at: number, ms: number): boolean => Math.abs(begun - at) >= ms;
  if (last === null || full === null || isLongAgo(full, dayMs)) return null;
  if (first && isLongAgo(last, awayMs)) return null;
  return new Date(Math.min(last, begun) - overlapMs).toISOString();
}

async function sweepProject(
  project: number,
  after: string | null,
  first: boolean,
  options: SweepOptions,
): Promise<void> {
  for await (const ref of openScopingIssues(project, after, options)) {
    await options.enqueue(ref, after !== null && !first);
  }
}

/** The open scoping issues of a project, oldest change first; `after`: an ISO time, null for all of them. */
export async function* openScopingIssues(
  project: number,
  after: string | null,
  { issues, policy }: Pick<SweepOptions, 'issues' | 'policy'>,
): AsyncGenerator<IssueRef> {
  for await (const issue of issues.listUpdatedIssues(project, after, 'opened')) {
    if (isOurs(issue, policy)) yield issue.ref;
  }
}

/** Marked as a scoping issue, or already carrying a label that the bot manages. */
function isOurs(
  issue: { title: string; description: string; labels: readonly string[] },
  policy: Policy,
): boolean {
  if (isScopingIssue(issue, policy)) return true;
  return readLabels(policy, issue.labels).names.some((label) => familyOf(policy, label));
}
