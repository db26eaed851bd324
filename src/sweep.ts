/** The safety net: finds the scoping issues that changed without a hook reaching us (`rulings.md` 34). */
import type { IssueRef } from './core/model.ts';
import { readLabels } from './core/plan/canonical-labels.ts';
import { familyOf } from './core/plan/label-decisions.ts';
import { isScopingIssue } from './core/plan/recognise.ts';
import type { Policy } from './core/policy.ts';

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
  /** `changed`: it was taken because it changed; false where all open issues are taken, changed or not. */
  readonly enqueue: (ref: IssueRef, changed: boolean) => Promise<void>;
  readonly policy: Policy;
  readonly now: () => Date;
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

/**
 * Returns the pass. The first, and one a day, takes all open scoping issues; those in between take what was
 * updated since the last one that succeeded, project by project: one that cannot be listed is told to
 * `failed` and does not keep the others waiting.
 */
export function createSweep(options: SweepOptions): () => Promise<Swept> {
  const { projectIds, now } = options;
  const lastFull = new Map<number, number>();
  const last = new Map<number, number>();
  return async () => {
    const begun = now().getTime();
    let queued = 0;
    let listed = 0;
    const enqueue = async (ref: IssueRef, changed: boolean): Promise<void> => {
      await options.enqueue(ref, changed);
      queued += 1;
    };
    for (const project of await projectIds()) {
      const before = last.get(project);
      const full = before === undefined || begun - (lastFull.get(project) ?? 0) >= dayMs;
      const after = full ? null : new Date(before - overlapMs).toISOString();
      try {
        await sweepProject(project, after, { ...options, enqueue });
      } catch (error) {
        if (await options.failed(project, error)) continue;
        break;
      }
      listed += 1;
      if (full) lastFull.set(project, begun);
      last.set(project, begun);
      await options.alsoLookAt?.(project);
    }
    return { queued, listed };
  };
}

async function sweepProject(
  project: number,
  after: string | null,
  options: SweepOptions,
): Promise<void> {
  for await (const ref of openScopingIssues(project, after, options)) {
    await options.enqueue(ref, after !== null);
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
