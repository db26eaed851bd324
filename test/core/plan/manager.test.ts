/** Who becomes engagement manager, and why (`rulings.md` 23, 24; `domain.md` §8.8). */
import { describe, expect, it } from 'vitest';
import {
  account,
  assignees,
  pending,
  policy,
  settled,
  text,
  withManagers,
  without,
  world,
} from './given.ts';

type Issue = ReturnType<typeof world>;

/** The manager's row in the table of people. */
function row(issue: Issue): string {
  const found = /^\| Engagement Manager.*$/m.exec(issue.statusComment())?.[0];
  if (!found) throw new Error('the comment has no row for the engagement manager');
  return found;
}

const both = { 'em-emea': { id: 21, name: 'Emma' }, 'em-emea-two': { id: 22, name: 'Emil' } };

describe('the engagement manager', () => {
  it('is the one who covers territory and segment and has the fewest open issues', () => {
    const issue = settled(world());
    expect(row(issue)).toContain('em-emea-two');
    expect(row(issue)).toContain('covers EMEA, Enterprise, has the fewest open issues (2)');
  });

  it('is the only one who covers it, and no load is asked for in vain', () => {
    const issue = settled(world({ rows: { ...account, Territory: 'East' } }));
    expect(row(issue)).toContain('em-east');
    expect(row(issue)).not.toContain('fewest');
  });

  it('for US public sector comes from that pool, wherever the customer is', () => {
    const issue = settled(world({ rows: { ...account, 'US Public Sector': 'yes' } }));
    expect(row(issue)).toContain('em-pubsec');
  });

  it('is the listed one whom a person assigned, whatever the table says', () => {
    const issue = settled(world({ assignees: ['em-east'] }));
    expect(row(issue)).toContain('em-east');
    expect(row(issue)).toContain('assigned to this issue');
    expect(assignees(issue)).toEqual(['em-east', 'jo-sa']);
  });

  it('is the one whom the text names, when nobody listed is assigned', () => {
    const issue = settled(world({ rows: { ...account, 'Engagement Manager': '@em-east' } }));
    expect(row(issue)).toContain('em-east');
    expect(row(issue)).toContain('named in the issue');
  });

  it('assigned beats the one whom the text names', () => {
    const rows = { ...account, 'Engagement Manager': '@em-east' };
    expect(row(settled(world({ rows, assignees: ['em-emea'] })))).toContain('`@em-emea`');
  });

  it('once chosen is never chosen again, though the load has changed', () => {
    const issue = settled(world());
    issue.describe(text({ ...account, Territory: 'East' }));
    settled(issue);
    issue.assign([]);
    settled(issue);
    expect(row(issue)).toContain('em-emea-two');
    expect(assignees(issue)).toEqual([]);
  });

  it('stays the same when another one, who leads discovery, is assigned for that', () => {
    const issue = settled(world());
    issue.describe(text({ ...account, 'Opportunity type': 'none', AE: '@em-east' }));
    issue.assign([]);
    settled(issue);
    expect(assignees(issue)).toEqual(['em-east']);
    expect(row(issue)).toContain('em-emea-two');
  });

  it('stays the same when a second one is assigned beside', () => {
    const issue = settled(world());
    issue.assign(['em-east', 'em-emea-two', 'jo-sa']);
    settled(issue);
    expect(row(issue)).toContain('em-emea-two');
    issue.assign(['em-east', 'jo-sa']);
    settled(issue);
    expect(row(issue)).toContain('em-east');
  });
});

describe('the choice waits', () => {
  it.each(['Territory', 'Segment', 'US Public Sector'])(
    'for %s while it would tell managers apart, and says so',
    (name) => {
      const managers = withManagers([
        { username: 'em-emea', territories: ['emea'], segments: ['enterprise'] },
        { username: 'em-emea-two', territories: ['emea'], segments: ['mid_market'] },
        { username: 'em-east', territories: ['east'] },
        { username: 'em-pubsec', pubsecUs: true },
      ]);
      const issue = settled(world({ policy: managers, rows: without(account, name) }));
      expect(row(issue)).toContain('nobody');
      expect(row(issue)).toContain('as soon as this is answered');
      expect(assignees(issue)).toEqual(['jo-sa']);
      expect(issue.lookups).not.toContain('load');
      issue.describe(text(account));
      settled(issue);
      expect(assignees(issue)).toEqual(['em-emea', 'jo-sa']);
    },
  );

  it('for nothing that makes no difference', () => {
    const managers = withManagers([
      { username: 'em-emea', territories: ['emea'] },
      { username: 'em-emea-two', territories: ['emea'] },
    ]);
    const rows = without(account, 'Territory', 'Segment', 'US Public Sector');
    expect(assignees(settled(world({ policy: managers, rows })))).toEqual(['em-emea-two', 'jo-sa']);
  });
});

describe('a manager is passed over', () => {
  it.each([
    ['busy', { busy: true }, 'is marked busy'],
    ['blocked', { active: false }, 'is blocked'],
    ['not a member', { accessLevel: null }, 'is not a member of this project'],
  ])('when %s, and the reason is given', (_, state, reason) => {
    const issue = settled(
      world({ people: { 'em-emea-two': { ...both['em-emea-two'], ...state } } }),
    );
    expect(assignees(issue)).toEqual(['em-emea', 'jo-sa']);
    expect(row(issue)).toContain(reason);
  });

  it('when GitLab does not know the name', () => {
    const managers = withManagers([{ username: 'em-ghost' }, { username: 'em-emea' }]);
    const issue = settled(world({ policy: managers }));
    expect(assignees(issue)).toEqual(['em-emea', 'jo-sa']);
    expect(row(issue)).toContain('em-ghost is unknown to GitLab');
  });

  it('though busy counts only where the policy says so', () => {
    const managers = withManagers([{ username: 'em-emea' }], { skipBusy: false });
    const busy = { 'em-emea': { ...both['em-emea'], busy: true } };
    expect(assignees(settled(world({ policy: managers, people: busy })))).toContain('em-emea');
  });

  it('and when nobody is left, it is said, with the fallback of the policy', () => {
    const managers = withManagers(policy.people.engagementManagers, { fallback: 'ps-desk' });
    const busy = Object.fromEntries(
      Object.entries(both).map(([name, person]) => [name, { ...person, busy: true }]),
    );
    const issue = settled(world({ policy: managers, people: busy }));
    expect(row(issue)).toMatch(
      /nobody is free: em-emea is marked busy, em-emea-two is marked busy/,
    );
    expect(row(issue)).toContain('ps-desk');
    expect(assignees(issue)).toEqual(['jo-sa']);
  });

  it('until one is free again', () => {
    const issue = world({ people: { 'em-emea-two': { ...both['em-emea-two'], busy: true } } });
    expect(assignees(settled(issue))).toContain('em-emea');
  });

  it('and nobody covers the territory, it is said', () => {
    const issue = settled(world({ rows: { ...account, Territory: 'APAC' } }));
    expect(row(issue)).toContain('none of the engagement managers covers');
    expect(row(issue)).toContain('APAC');
  });
});

describe('the choice among several', () => {
  const managers = withManagers([{ username: 'em-emea' }, { username: 'em-emea-two' }]);

  it.each([
    ['fewer open issues win', { open: 1, latest: '2026-11-22' }, { open: 2 }, 'em-emea'],
    [
      'on a tie the one whose latest is older',
      { open: 2, latest: '2026-11-01' },
      { open: 2, latest: '2026-11-02' },
      'em-emea',
    ],
    [
      'on a tie the one who never had any',
      { open: 0, latest: '2026-11-01' },
      { open: 0 },
      'em-emea-two',
    ],
  ])('%s', (_, one, two, chosen) => {
    const loads = {
      'em-emea': { ...both['em-emea'], ...one },
      'em-emea-two': { ...both['em-emea-two'], ...two },
    };
    expect(assignees(settled(world({ policy: managers, people: loads })))[0]).toBe(chosen);
  });

  it('by turns takes the one whose latest is oldest, however many they have', () => {
    const byTurns = withManagers(managers.people.engagementManagers, {
      // biome-ignore lint/suspicious/noThenProperty: the policy's own word
      then: 'round_robin',
    });
    const loads = {
      'em-emea': { ...both['em-emea'], open: 9, latest: '2026-11-01' },
      'em-emea-two': { ...both['em-emea-two'], open: 1, latest: '2026-11-02' },
    };
    const issue = settled(world({ policy: byTurns, people: loads }));
    expect(assignees(issue)[0]).toBe('em-emea');
    expect(row(issue)).toContain('longest ago');
  });

  it('that nothing tells apart is the same at every look, and spread over the issues', () => {
    const chosen = new Set<string>();
    for (let issueIid = 1; issueIid <= 20; issueIid += 1) {
      const [once, again] = [1, 2].map(() => {
        const issue = world({ policy: managers, people: both });
        issue.issue = { ...issue.issue, ref: { projectId: 7, issueIid } };
        issue.run();
        return assignees(issue)[0] ?? '';
      });
      expect(again).toBe(once);
      chosen.add(once ?? '');
    }
    expect(chosen).toEqual(new Set(['em-emea', 'em-emea-two']));
  });
});

describe('an answer from an internal note', () => {
  it('is not given away by the reason for the choice', () => {
    const issue = world({ rows: without(account, 'Territory') });
    issue.comment('planner-pia', '/scoping set territory East', { internal: true });
    settled(issue);
    expect(assignees(issue)).toContain('em-east');
    expect(row(issue)).toContain('answered internally');
    expect(row(issue)).not.toContain('covers East');
    expect(pending(issue)).toEqual([]);
  });
});

describe('without any managers in the policy', () => {
  it('that is said, and everything else goes on', () => {
    const issue = settled(world({ policy: withManagers([]) }));
    expect(row(issue)).toContain('lists no engagement managers');
    expect(assignees(issue)).toEqual(['jo-sa']);
  });
});

describe('a manager on leave', () => {
  const away = (from: string, until: string): typeof policy => ({
    ...policy,
    people: { ...policy.people, leave: [{ username: 'EM-emea-two', from, until }] },
  });

  it.each([
    ['on the first day', '2026-11-23', '2026-12-31', true],
    ['on the last day', '2026-11-01', '2026-11-23', true],
    ['before', '2026-11-24', '2026-12-31', false],
    ['after', '2026-11-01', '2026-11-22', false],
  ])('is passed over %s', (_, from, until, passed) => {
    const issue = settled(world({ policy: away(from, until) }));
    expect(assignees(issue)[0]).toBe(passed ? 'em-emea' : 'em-emea-two');
    expect(row(issue).includes(`em-emea-two is away until ${until}`)).toBe(passed);
  });

  it('whom a person assigned, or who was chosen before, stays', () => {
    const gone = away('2026-11-01', '2026-12-31');
    const issue = settled(world({ policy: gone, assignees: ['em-emea-two'] }));
    expect(row(issue)).toContain('em-emea-two');
  });
});

describe('the recorded manager', () => {
  it.each([
    ['blocked', { active: false }, 'is blocked'],
    ['no member any more', { accessLevel: null }, 'is not a member of this project'],
  ])('who is %s and not assigned any more is replaced, with the reason', (_, change, why) => {
    const issue = settled(world());
    issue.change('em-emea-two', change);
    expect(pending(issue)).toEqual([]);
    issue.assign(['jo-sa']);
    settled(issue);
    expect(assignees(issue)).toEqual(['em-emea', 'jo-sa']);
    expect(row(issue)).toContain(`takes over from em-emea-two, who ${why}`);
    expect(issue.lookups).toEqual([]);
  });

  it('who can go on is not put back against a person, and asked for once a day', () => {
    const issue = settled(world());
    issue.assign(['jo-sa']);
    settled(issue);
    expect(issue.lookups).toEqual([]);
    expect(assignees(issue)).toEqual(['jo-sa']);
    issue.change('em-emea-two', { active: false });
    issue.now = '2026-11-23T20:00:00.000Z';
    expect(pending(issue)).toEqual([]);
    expect(issue.lookups).toEqual([]);
    issue.now = '2026-11-24T09:00:00.000Z';
    expect(assignees(settled(issue))).toEqual(['em-emea', 'jo-sa']);
  });

  it('whom nobody can follow leaves the issue to the fallback', () => {
    const only = withManagers([{ username: 'em-emea' }], { fallback: 'ps-desk' });
    const issue = settled(world({ policy: only }));
    issue.change('em-emea', { accessLevel: null });
    issue.assign(['jo-sa']);
    settled(issue);
    expect(row(issue)).toContain('em-emea');
    expect(row(issue)).toContain('please ask `@ps-desk`');
  });
});

describe('whoever the text names as manager', () => {
  it('and who cannot be is said to be so, and another one is chosen', () => {
    const issue = settled(world({ rows: { ...account, 'Engagement Manager': '@passer-by' } }));
    expect(row(issue)).toContain('em-emea-two');
    expect(row(issue)).toContain(
      'passer-by is named in the issue, but is not a member of this project',
    );
  });
});

describe('the table of managers', () => {
  const both = [
    { username: 'em-emea', services: ['migration_scm'] },
    { username: 'em-emea-two', services: ['training'] },
  ];

  it('is matched by service type where the policy says so', () => {
    const byService = withManagers(both, { match: ['service_type'] });
    expect(assignees(settled(world({ policy: byService })))[0]).toBe('em-emea');
    const notBy = withManagers(both, { match: ['territory'] });
    expect(assignees(settled(world({ policy: notBy })))[0]).toBe('em-emea-two');
  });

  it('is matched heading by heading, in the order of the policy', () => {
    const table = [
      { username: 'em-emea', territories: ['emea'], segments: ['smb'] },
      { username: 'em-east', territories: ['east'], segments: ['enterprise'] },
    ];
    const issue = settled(
      world({ policy: withManagers(table, { match: ['territory', 'segment'] }) }),
    );
    expect(row(issue)).toContain('none of the engagement managers covers EMEA, Enterprise');
  });
});
