/** What a look costs beside the two reads of the issue (`rulings.md` 35), and when to look again. */
import { describe, expect, it } from 'vitest';
import { account, complete, pending, settled, text, withManagers, world } from './given.ts';

describe('a quiet look', () => {
  it.each([
    ['after the first', () => world()],
    ['at a complete issue', () => world({ rows: complete })],
    ['at an empty one', () => world({ rows: {} })],
    ['on Free', () => world({ free: true })],
    ['with people’s labels', () => world({ labels: ['lead::csm', 'service:upgrade', 'x'] })],
    [
      'with a manager whom the text names',
      () => world({ rows: { ...account, 'Engagement Manager': '@em-east' } }),
    ],
    ['with names in another case', () => world({ rows: { ...account, AE: '@AXEL-AE' } })],
  ])('%s asks for nothing', (_, start) => {
    const issue = settled(start());
    expect(issue.lookups).toEqual([]);
  });

  it('with commands that were judged asks for nothing', () => {
    const issue = settled(world());
    issue.comment('planner-pia', '/scoping set m_users 3');
    issue.comment('guest-gus', '/scoping set m_users 4');
    issue.comment('passer-by', '/scoping hello');
    settled(issue);
    expect(issue.lookups).toEqual([]);
  });

  it('with a person’s decision that stands asks for nothing', () => {
    const issue = settled(world());
    issue.label('em-emea', { add: ['lead::csm'], remove: ['needs:ae', 'service:migration-scm'] });
    issue.assign([]);
    settled(issue);
    expect(issue.lookups).toEqual([]);
  });

  it('after an edit of the text asks for nothing but new people', () => {
    const issue = settled(world());
    issue.describe(text({ ...account, Goals: 'one platform' }));
    pending(issue);
    expect(issue.lookups).toEqual([]);
    issue.describe(text({ ...account, AE: '@planner-two' }));
    pending(issue);
    expect(issue.lookups).toEqual(['person']);
  });
});

describe('a look', () => {
  it('asks for label events once the labels differ from what was written last', () => {
    const issue = settled(world());
    issue.label('jo-sa', { add: ['priority::1'] });
    pending(issue);
    expect(issue.lookups).toEqual([]);
    issue.label('jo-sa', { add: ['lead::csm'] });
    pending(issue);
    expect(issue.lookups).toEqual(['label_events']);
  });

  it('asks for the role of each new command’s author', () => {
    const issue = settled(world());
    issue.comment('planner-pia', 'just a thought');
    pending(issue);
    expect(issue.lookups).toEqual([]);
    issue.comment('planner-pia', '/scoping set m_users 3');
    pending(issue);
    expect(issue.lookups).toEqual(['role']);
  });

  it('does not ask for a role when nobody could carry the command out', () => {
    const issue = settled(world());
    issue.comment('planner-pia', '/scoping set shoe_size 44');
    pending(issue);
    expect(issue.lookups).toEqual([]);
  });

  it('asks for the load of those only who could take it', () => {
    const managers = withManagers([
      { username: 'em-emea' },
      { username: 'em-emea-two' },
      { username: 'em-east', territories: ['east'] },
    ]);
    const issue = world({
      policy: managers,
      people: { 'em-emea': { id: 21, name: 'Emma', busy: true } },
    });
    pending(issue);
    expect(issue.lookups.filter((kind) => kind === 'load')).toHaveLength(1);
  });
});

describe('the next look', () => {
  const due = (issue: ReturnType<typeof world>): string | null => {
    const plan = issue.plan();
    if (plan.kind !== 'changes') throw new Error(plan.reason);
    return plan.lookAgainAt;
  };
  const rows = {
    ...account,
    Goals: 'TBD by 2026-12-02 @jo-sa',
    'Pain points': 'TBD by 2026-11-27 @jo-sa',
  };

  it('has no date when nothing was promised', () => {
    expect(due(settled(world()))).toBeNull();
  });

  it('is on the day of the first promise, then on the day after it, then on the next', () => {
    const issue = settled(world({ rows }));
    expect(due(issue)).toBe('2026-11-27T00:00:00.000Z');
    issue.now = '2026-11-27T00:00:00.000Z';
    expect(due(settled(issue))).toBe('2026-11-28T00:00:00.000Z');
    issue.now = '2026-11-28T00:00:01.000Z';
    expect(due(settled(issue))).toBe('2026-12-02T00:00:00.000Z');
    issue.now = '2026-12-03T00:00:00.000Z';
    expect(due(settled(issue))).toBeNull();
  });

  it('has no date any more once the answers are here', () => {
    const issue = settled(world({ rows }));
    issue.describe(text({ ...rows, Goals: 'one platform', 'Pain points': 'outages' }));
    expect(due(settled(issue))).toBeNull();
  });

  it('finds the promise that was not kept among the questions again', () => {
    const issue = settled(world({ rows: { ...complete, Goals: 'TBD by 2026-11-27 @jo-sa' } }));
    expect(issue.issue.labels).toContain('stage::proposal');
    const early = settled(world({ rows: { ...rows, AE: '' } }));
    expect(early.statusComment()).toContain('answers are promised');
    early.now = '2026-12-03T00:00:00.000Z';
    early.run();
    expect(early.statusComment()).not.toContain('promised');
  });
});
