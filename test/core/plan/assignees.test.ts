/** Who is assigned: added when missing, never taken off, never put back against a person. */
import { describe, expect, it } from 'vitest';
import {
  account,
  assignees,
  complete,
  runAndCrash,
  settled,
  text,
  withManagers,
  without,
  world,
} from './given.ts';

describe('the assignees', () => {
  it('are the engagement manager and whoever leads, in that order', () => {
    expect(assignees(settled(world()))).toEqual(['em-emea-two', 'jo-sa']);
  });

  it('who were there stay first', () => {
    const issue = settled(world({ assignees: ['planner-pia'] }));
    expect(assignees(issue)).toEqual(['planner-pia', 'em-emea-two', 'jo-sa']);
  });

  it('are not written when everybody is there already, in whatever order', () => {
    const issue = world({ assignees: ['jo-sa', 'em-emea-two'] });
    const [change] = issue.run();
    expect(change).toMatchObject({ kind: 'issue', reach: 'visible' });
    expect(change).not.toHaveProperty('assigneeIds');
    expect(assignees(issue)).toEqual(['jo-sa', 'em-emea-two']);
  });

  it('get to know of it, so the change says that it notifies people', () => {
    expect(world().run()[0]).toMatchObject({
      reach: 'notifies people',
      why: expect.stringContaining('Emil Haas and Jo Pike'),
    });
  });

  it('are as many as the policy says', () => {
    const policy = withManagers([{ username: 'em-emea' }], { assign: ['lead'] });
    expect(assignees(settled(world({ policy })))).toEqual(['jo-sa']);
  });

  it('hold one person once, who is manager and leads', () => {
    const policy = withManagers([{ username: 'jo-sa' }]);
    expect(assignees(settled(world({ policy })))).toEqual(['jo-sa']);
  });

  it('do not hold somebody of whom GitLab knows nothing', () => {
    const issue = settled(world({ rows: { ...account, SA: '@zoe-zed' } }));
    expect(assignees(issue)).toEqual(['em-emea-two']);
    expect(issue.statusComment()).toContain('check the spelling');
  });

  it('keep an earlier lead when the lead changes', () => {
    const issue = settled(world());
    issue.describe(text({ ...account, 'Opportunity type': 'none' }));
    settled(issue);
    expect(assignees(issue)).toEqual(['em-emea-two', 'jo-sa', 'axel-ae']);
  });
});

describe('somebody whom a person took off', () => {
  it('is not put back', () => {
    const issue = settled(world());
    issue.assign(['em-emea-two']);
    settled(issue);
    issue.describe(text(complete));
    settled(issue);
    expect(assignees(issue)).toEqual(['em-emea-two']);
  });

  it('is not put back after the writes that we could not finish', () => {
    const issue = world();
    runAndCrash(issue);
    settled(issue);
    issue.assign(['em-emea-two']);
    expect(assignees(settled(issue))).toEqual(['em-emea-two']);
  });

  it('is not put back either when a person had assigned them', () => {
    const issue = settled(world({ assignees: ['em-emea', 'jo-sa'] }));
    issue.assign(['jo-sa']);
    settled(issue);
    expect(assignees(issue)).toEqual(['jo-sa']);
    issue.assign([]);
    settled(issue);
    expect(assignees(issue)).toEqual([]);
  });

  it('and put on again is free to be taken off once more', () => {
    const issue = settled(world());
    issue.assign([]);
    settled(issue);
    issue.assign(['jo-sa', 'em-emea-two']);
    settled(issue);
    issue.assign(['em-emea-two']);
    settled(issue);
    expect(assignees(issue)).toEqual(['em-emea-two']);
  });
});

describe('a person’s other choice of assignees', () => {
  const note = (issue: ReturnType<typeof world>): string =>
    /^Note: A person changed the assignees.*$/m.exec(issue.statusComment())?.[0] ?? '';

  it('is said in the comment, with whom I would assign and where it says why', () => {
    const issue = settled(world());
    expect(note(issue)).toBe('');
    issue.assign([]);
    settled(issue);
    expect(note(issue)).toBe(
      'Note: A person changed the assignees, so I leave them as they are. I would assign Emil Haas and Jo Pike; the table of people below says why.',
    );
    issue.comment('planner-pia', '/scoping explain');
    settled(issue);
    expect(issue.statusComment()).toMatch(/^- A person changed the assignees.*Emil Haas/m);
    issue.assign(['em-emea-two']);
    settled(issue);
    expect(note(issue)).toContain('I would assign Jo Pike;');
    issue.assign(['em-emea-two', 'jo-sa']);
    expect(note(settled(issue))).toBe('');
  });

  it('takes the place of what GitLab did not take, once nothing is tried any more', () => {
    const issue = settled(world({ free: true }));
    issue.assign(['axel-ae']);
    settled(issue);
    expect(assignees(issue)).toEqual(['axel-ae']);
    expect(note(issue)).toContain('I would assign Emil Haas and Jo Pike;');
    expect(issue.statusComment()).not.toContain('GitLab did not take');
  });

  it('names nobody who was named internally', () => {
    const { SA: _, ...rows } = account;
    const issue = settled(world({ rows }));
    issue.comment('em-emea', '/scoping assign sa @jo-sa', { internal: true });
    settled(issue);
    issue.assign(['em-emea-two']);
    settled(issue);
    expect(note(issue)).toContain('I would assign somebody who was named internally;');
  });
});

describe('where GitLab takes one assignee only', () => {
  it('the manager is it, the other one is named, and it is not tried again', () => {
    const issue = settled(world({ free: true }));
    expect(assignees(issue)).toEqual(['em-emea-two']);
    expect(issue.statusComment()).toMatch(/^Note: .*GitLab.*Jo Pike/m);
    issue.describe(text(complete));
    settled(issue);
    expect(assignees(issue)).toEqual(['em-emea-two']);
  });

  it('the manager takes the place of the lead whom we put there before we knew one', () => {
    const issue = settled(world({ free: true, rows: without(account, 'Territory') }));
    expect(assignees(issue)).toEqual(['jo-sa']);
    issue.describe(text(account));
    settled(issue);
    expect(assignees(issue)).toEqual(['em-emea-two']);
    expect(issue.statusComment()).toMatch(/^Note: GitLab did not take Jo Pike/m);
    expect(issue.statusComment()).not.toContain('named by a command');
    issue.describe(text(complete));
    expect(assignees(settled(issue))).toEqual(['em-emea-two']);
  });

  it.each(['assigned', 'named by command'])('a lead %s by a person keeps it', (how) => {
    const rows = without(account, 'Territory', 'SA');
    const issue = world({ free: true, rows, assignees: how === 'assigned' ? ['jo-sa'] : [] });
    issue.comment('cleo-csm', '/scoping assign sa @jo-sa');
    settled(issue);
    expect(assignees(issue)).toEqual(['jo-sa']);
    issue.describe(text(without(account, 'SA')));
    expect(assignees(settled(issue))).toEqual(['jo-sa']);
  });

  it('a person’s own choice stays', () => {
    const issue = settled(world({ free: true, assignees: ['planner-pia'] }));
    expect(assignees(issue)).toEqual(['planner-pia']);
    expect(issue.statusComment()).toMatch(/^Note: .*GitLab.*Emil Haas and Jo Pike/m);
  });
});
