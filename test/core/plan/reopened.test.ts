/** Closed by hand, opened again (`rulings.md` 18, `domain.md` §8.9). */
import { describe, expect, it } from 'vitest';
import { account, complete, labels, mentions, settled, text, world } from './given.ts';

type Issue = ReturnType<typeof world>;

function closedAndReopened(issue: Issue, at: string): Issue {
  issue.close();
  settled(issue);
  issue.now = at;
  issue.reopen();
  return settled(issue);
}

describe('an issue that a person closed', () => {
  it('says so once, silently, and calls nobody', () => {
    const issue = settled(world());
    issue.close();
    expect(issue.run()).toMatchObject([{ kind: 'update_note', reach: 'silent' }]);
    expect(issue.statusComment()).toContain('This issue is closed');
    expect(mentions(issue.statusComment())).toEqual([]);
    settled(issue);
  });

  it('and opened again works on, and says since when', () => {
    const issue = closedAndReopened(settled(world()), '2026-11-25T09:00:00.000Z');
    expect(issue.statusComment()).toContain('opened again on 2026-11-25');
    expect(issue.statusComment()).not.toContain('older than three months');
    expect(issue.statusComment()).not.toContain('This issue is closed');
    issue.describe(text(complete));
    settled(issue);
    expect(labels(issue, 'stage::')).toEqual(['stage::proposal']);
  });

  it('is not said to be opened again when it was not', () => {
    expect(settled(world()).statusComment()).not.toContain('opened again');
  });
});

describe('the answers of an issue that is opened again', () => {
  const late = '2027-03-25T09:00:00.000Z';

  it('are asked about when they are older than three months', () => {
    const issue = closedAndReopened(settled(world()), late);
    expect(issue.statusComment()).toContain('older than three months');
  });

  it('are not when the description was edited since, however old the issue is', () => {
    const issue = settled(world());
    issue.now = '2027-03-20T09:00:00.000Z';
    issue.describe(text({ ...account, Goals: 'one platform for all teams' }));
    settled(issue);
    closedAndReopened(issue, late);
    expect(issue.statusComment()).not.toContain('older than three months');
  });

  it('are when one was given by an old command', () => {
    const issue = settled(world());
    issue.comment('jo-sa', '/scoping set m_users 820');
    settled(issue);
    issue.now = '2027-03-20T09:00:00.000Z';
    issue.describe(text({ ...account, Goals: 'one platform for all teams' }));
    settled(issue);
    closedAndReopened(issue, late);
    expect(issue.statusComment()).toContain('older than three months');
  });

  it('are asked about no longer once the description was looked through', () => {
    const issue = closedAndReopened(settled(world()), late);
    issue.now = '2027-03-26T09:00:00.000Z';
    issue.describe(text({ ...account, Goals: 'one platform for all teams' }));
    settled(issue);
    expect(issue.statusComment()).not.toContain('older than three months');
  });
});
