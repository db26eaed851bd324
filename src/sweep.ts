/** The safety net: finds the scoping issues that changed without a hook reaching us (`rulings.md` 34). */
import type { IssueRef } from './core/model.ts';
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
  readonly enqueue: (ref: IssueRef) => Promise<void>;
  readonly policy: Policy;
  readonly now: () => Date;
}

/** Clocks differ and pages shift: each pass looks back a little further than the one before began. */
const overlapMs = 2 * 60_000;
const dayMs = 24 * 3_600_000;

/**
 * Returns the pass. The first, and one a day, takes all open scoping issues; those in between take what was
 * updated since the last one that succeeded. Gives how many were queued; throws what the listing throws.
 */
export function createSweep(options: SweepOptions): () => Promise<number> {
  const { issues, projectIds, enqueue, policy, now } = options;
  let lastFull = Number.NEGATIVE_INFINITY;
  let last: number | null = null;
  return async () => {
    const begun = now().getTime();
    const full = last === null || begun - lastFull >= dayMs;
    const after = full || last === null ? null : new Date(last - overlapMs).toISOString();
    let queued = 0;
    for (const project of await projectIds()) {
      for await (const issue of issues.listUpdatedIssues(project, after, 'opened')) {
        if (!isOurs(issue, policy)) continue;
        await enqueue(issue.ref);
        queued += 1;
      }
    }
    if (full) lastFull = begun;
    last = begun;
    return queued;
  };
}

/** Marked as a scoping issue, or already carrying a label that the bot manages. */
function isOurs(
  issue: { title: string; description: string; labels: readonly string[] },
  policy: Policy,
): boolean {
  if (isScopingIssue(issue, policy)) return true;
  return policy.labels.some(({ names }) =>
    [...names.values()].some((name) => issue.labels.includes(name)),
  );
}
