/** The safety net: which issues each pass queues (`rulings.md` 34). */
import { describe, expect, it } from 'vitest';
import type { IssueRef } from '../../src/core/model.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { createSweep, type UpdatedIssues } from '../../src/sweep.ts';

const policy = loadPolicy({});

interface Listed {
  readonly ref: IssueRef;
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
  readonly updatedAt: string;
}

function issue(projectId: number, issueIid: number, over: Partial<Listed> = {}): Listed {
  return {
    ref: { projectId, issueIid },
    title: 'Acme - Scope Issue and Write SOW',
    description: '',
    labels: [],
    updatedAt: '2026-11-20T00:00:00.000Z',
    ...over,
  };
}

/** A GitLab with these issues; `breakAt` is an issue at which the listing fails, as often as it is told to. */
class Listing implements UpdatedIssues {
  issues: Listed[];
  breakAt: number | null = null;

  constructor(...issues: readonly Listed[]) {
    this.issues = [...issues];
  }

  async *listUpdatedIssues(project: number, updatedAfter: string | null): AsyncIterable<Listed> {
    for (const each of this.issues) {
      if (each.ref.projectId !== project) continue;
      if (each.ref.issueIid === this.breakAt) throw new Error('GitLab is away');
      if (updatedAfter === null || each.updatedAt >= updatedAfter) yield each;
    }
  }
}

function sweeping(listing: Listing, projects: readonly number[] = [7]) {
  const clock = { now: new Date('2026-11-23T09:00:00.000Z') };
  const queued: string[] = [];
  const changed = new Set<boolean>();
  const failures: string[] = [];
  const beside: number[] = [];
  const state = { goOn: true, listed: 0 };
  const pass = createSweep({
    issues: listing,
    projectIds: async () => projects,
    enqueue: async ({ projectId, issueIid }, because) => {
      queued.push(`${projectId}#${issueIid}`);
      changed.add(because);
    },
    policy,
    now: () => clock.now,
    failed: async (project, error) => {
      failures.push(`${project}: ${String(error)}`);
      return state.goOn;
    },
    alsoLookAt: async (project) => void beside.push(project),
  });
  return {
    failures,
    beside,
    changed,
    state,
    at: (time: string): void => {
      clock.now = new Date(time);
    },
    /** What this pass queued, in order; the pass's own count must agree. */
    pass: async (): Promise<readonly string[]> => {
      queued.length = 0;
      changed.clear();
      const swept = await pass();
      expect(swept.queued).toBe(queued.length);
      state.listed = swept.listed;
      return [...queued];
    },
  };
}

describe('a sweep', () => {
  it('first takes every open scoping issue of every project, however old', async () => {
    const old = { updatedAt: '2020-01-01T00:00:00.000Z' };
    const { pass } = sweeping(new Listing(issue(7, 1, old), issue(8, 2), issue(9, 3)), [7, 8]);
    expect(await pass()).toEqual(['7#1', '8#2']);
  });

  it('then takes what was updated since the last pass began, and a little before', async () => {
    const listing = new Listing(issue(7, 1));
    const { pass, at } = sweeping(listing);
    await pass();
    listing.issues.push(
      issue(7, 2, { updatedAt: '2026-11-23T08:57:59.000Z' }),
      issue(7, 3, { updatedAt: '2026-11-23T08:58:01.000Z' }),
      issue(7, 4, { updatedAt: '2026-11-23T09:04:00.000Z' }),
    );
    at('2026-11-23T09:05:00.000Z');
    expect(await pass()).toEqual(['7#3', '7#4']);
  });

  it('takes everything again after a day', async () => {
    const listing = new Listing(issue(7, 1));
    const { pass, at } = sweeping(listing);
    await pass();
    at('2026-11-24T08:59:00.000Z');
    expect(await pass()).toEqual([]);
    at('2026-11-24T09:00:00.000Z');
    expect(await pass()).toEqual(['7#1']);
    at('2026-11-24T09:05:00.000Z');
    expect(await pass()).toEqual([]);
  });

  it('tells what it took because it changed from what it took with all others', async () => {
    const listing = new Listing(issue(7, 1));
    const { pass, at, changed } = sweeping(listing);
    await pass();
    expect([...changed]).toEqual([false]);
    listing.issues.push(issue(7, 2, { updatedAt: '2026-11-23T09:04:00.000Z' }));
    at('2026-11-23T09:05:00.000Z');
    expect(await pass()).toEqual(['7#2']);
    expect([...changed]).toEqual([true]);
    at('2026-11-24T09:05:00.000Z');
    expect(await pass()).toEqual(['7#1', '7#2']);
    expect([...changed]).toEqual([false]);
  });

  it('that failed half-way is made up for by the next one', async () => {
    const listing = new Listing(issue(7, 1), issue(7, 2));
    const { pass, at, failures } = sweeping(listing);
    listing.breakAt = 2;
    expect(await pass()).toEqual(['7#1']);
    expect(failures).toEqual(['7: Error: GitLab is away']);
    listing.breakAt = null;
    at('2026-11-23T09:05:00.000Z');
    expect(await pass()).toEqual(['7#1', '7#2']);

    listing.issues.push(issue(7, 3, { updatedAt: '2026-11-23T09:07:00.000Z' }));
    listing.breakAt = 1;
    at('2026-11-23T09:10:00.000Z');
    expect(await pass()).toEqual([]);
    listing.breakAt = null;
    at('2026-11-23T09:30:00.000Z');
    expect(await pass()).toEqual(['7#3']);
  });

  it('goes on with the other projects when one cannot be listed', async () => {
    const listing = new Listing(issue(7, 1), issue(8, 2), issue(9, 3));
    listing.breakAt = 1;
    const { pass, failures, state } = sweeping(listing, [7, 8, 9]);
    expect(await pass()).toEqual(['8#2', '9#3']);
    expect(failures).toHaveLength(1);
    expect(state.listed).toBe(2);
  });

  it('ends where it is told that nothing more may be asked', async () => {
    const listing = new Listing(issue(7, 1), issue(8, 2), issue(9, 3));
    listing.breakAt = 2;
    const { pass, failures, state } = sweeping(listing, [7, 8, 9]);
    state.goOn = false;
    expect(await pass()).toEqual(['7#1']);
    expect(failures).toHaveLength(1);
    expect(state.listed).toBe(1);
  });

  it('looks at what stands beside the issues only where these could be listed', async () => {
    const listing = new Listing(issue(7, 1), issue(8, 2));
    listing.breakAt = 1;
    const { pass, beside } = sweeping(listing, [7, 8]);
    await pass();
    expect(beside).toEqual([8]);
  });

  it('leaves out issues that nothing marks as scoping issues', async () => {
    const other = { title: 'The printer is on fire' };
    const { pass } = sweeping(
      new Listing(
        issue(7, 1, { ...other }),
        issue(7, 2, { ...other, labels: ['bug', 'priority::1'] }),
        issue(7, 3, { ...other, labels: ['services_calculator'] }),
        issue(7, 4, { ...other, labels: ['needs:sa'] }),
        issue(7, 5, { ...other, labels: ['Stage: Proposal'] }),
        issue(7, 6, { ...other, description: 'Hello\n<!-- scoping-bot:template v1 -->' }),
      ),
    );
    expect(await pass()).toEqual(['7#3', '7#4', '7#5', '7#6']);
  });
});
