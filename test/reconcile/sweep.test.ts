/** The safety net: which issues each pass queues (`rulings.md` 34). */
import { describe, expect, it } from 'vitest';
import type { IssueRef } from '../../src/core/model.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { createSweep, type UpdatedIssues } from '../../src/sweep.ts';
import { fingerprint, rememberSweeps, type Times } from '../../src/sweep-memory.ts';

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

/** What the queue keeps; `away`: it does not answer. */
class Kept implements Times {
  readonly at = new Map<string, number>();
  away = false;

  async recall(what: string): Promise<number | null> {
    if (this.away) throw new Error('no answer in time');
    return this.at.get(what) ?? null;
  }

  async remember(what: string, at: number): Promise<void> {
    if (this.away) throw new Error('no answer in time');
    this.at.set(what, at);
  }
}

function sweeping(
  listing: Listing,
  projects: readonly number[] = [7],
  times: Times = new Kept(),
  judge = 'policy 1',
) {
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
    memory: rememberSweeps(times, () => judge),
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

describe('sweeps of several processes, and of one that is started again', () => {
  const opening = (): Listing => new Listing(issue(7, 1), issue(8, 2));

  it('look at everything once a day together, and lists what changed since the last of any of them', async () => {
    const [listing, times] = [opening(), new Kept()];
    const [one, other] = [sweeping(listing, [7, 8], times), sweeping(listing, [7, 8], times)];
    expect(await one.pass()).toEqual(['7#1', '8#2']);
    listing.issues.push(issue(7, 3, { updatedAt: '2026-11-23T09:02:00.000Z' }));
    other.at('2026-11-23T09:05:00.000Z');
    expect(await other.pass()).toEqual(['7#3']);
    one.at('2026-11-23T09:10:00.000Z');
    expect(await one.pass()).toEqual([]);

    other.at('2026-11-24T09:01:00.000Z');
    expect(await other.pass()).toEqual(['7#1', '7#3', '8#2']);
    one.at('2026-11-24T09:06:00.000Z');
    expect(await one.pass()).toEqual([]);
  });

  it('find after a short time away what changed meanwhile, and do not count it as missed', async () => {
    const [listing, times] = [opening(), new Kept()];
    await sweeping(listing, [7], times).pass();
    listing.issues.push(issue(7, 3, { updatedAt: '2026-11-23T09:20:00.000Z' }));
    const again = sweeping(listing, [7], times);
    again.at('2026-11-23T09:59:00.000Z');
    expect(await again.pass()).toEqual(['7#3']);
    expect([...again.changed]).toEqual([false]);
    listing.issues.push(issue(7, 4, { updatedAt: '2026-11-23T10:01:00.000Z' }));
    again.at('2026-11-23T10:04:00.000Z');
    expect(await again.pass()).toEqual(['7#4']);
    expect([...again.changed]).toEqual([true]);
  });

  it.each([
    ['a longer time away', '2026-11-23T10:00:00.000Z', 'policy 1', false],
    ['another policy', '2026-11-23T09:01:00.000Z', 'policy 2', false],
    ['a queue that was lost', '2026-11-23T09:01:00.000Z', 'policy 1', true],
    ['a clock that was days ahead', '2026-11-20T09:00:00.000Z', 'policy 1', false],
  ])('look at everything after %s', async (_what, now, judge, lost) => {
    const [listing, times] = [opening(), new Kept()];
    await sweeping(listing, [7], times).pass();
    if (lost) times.at.clear();
    const again = sweeping(listing, [7], times, judge);
    again.at(now);
    expect(await again.pass()).toEqual(['7#1']);
  });

  it('go by their own memory while the queue does not answer, and look at everything when it lost its own', async () => {
    const [listing, times] = [opening(), new Kept()];
    const { pass, at } = sweeping(listing, [7], times);
    times.away = true;
    expect(await pass()).toEqual(['7#1']);
    at('2026-11-23T09:05:00.000Z');
    expect(await pass()).toEqual([]);
    times.away = false;
    at('2026-11-23T09:10:00.000Z');
    expect(await pass()).toEqual(['7#1']);
    at('2026-11-23T09:15:00.000Z');
    expect(await pass()).toEqual([]);
  });
});

it('a fingerprint changes with each word and with the key, and shows neither', () => {
  const all = [
    fingerprint(['1.0.0', false], 'secret-key'),
    fingerprint(['1.0.1', false], 'secret-key'),
    fingerprint(['1.0.0', true], 'secret-key'),
    fingerprint(['1.0.0', false], 'another-key'),
  ];
  expect(new Set(all).size).toBe(4);
  expect(fingerprint(['1.0.0', false], 'secret-key')).toBe(all[0]);
  for (const each of all) expect(each).toMatch(/^[0-9a-f]{16}$/);
});
