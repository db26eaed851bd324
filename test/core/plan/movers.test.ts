/** Whose move it is, and who is called for it (`rulings.md` 25). */
import { describe, expect, it } from 'vitest';
import { bot } from '../../support/paper-world.ts';
import { account, complete, labels, mentions, settled, text, without, world } from './given.ts';

const called = (issue: ReturnType<typeof world>): readonly string[] =>
  mentions(issue.statusComment());

describe('whose move it is', () => {
  it('is up to the owners of the questions that are shown', () => {
    const issue = settled(world());
    expect(labels(issue, 'needs:')).toEqual(['needs:ae', 'needs:sa']);
    expect(called(issue)).toEqual(['axel-ae', 'jo-sa']);
  });

  it('is up to the lead as well when the customer has to answer', () => {
    const issue = settled(world({ rows: without(complete, 'Total number of Users') }));
    expect(labels(issue, 'needs:')).toEqual(['needs:customer', 'needs:sa']);
    expect(called(issue)).toEqual(['jo-sa']);
  });

  it('is nobody’s on a guess: without a known lead nobody is called for the lead’s questions', () => {
    const issue = settled(world({ rows: without(account, 'Opportunity type') }));
    expect(labels(issue, 'needs:')).toEqual(['needs:ae']);
    expect(called(issue)).toEqual(['axel-ae']);
  });

  it('is up to the owners of the open gates when no question is left', () => {
    const rows = { ...complete, 'Sales stage': '2-Scoping' };
    const issue = settled(world({ rows }));
    expect(labels(issue, 'needs:')).toEqual(['needs:ae']);
    const fits = {
      ...complete,
      'Total number of git repositories': '145',
      'CI/CD System(s)': 'none',
    };
    expect(labels(settled(world({ rows: without(fits, 'Total ci/cd jobs?') })), 'needs:')).toEqual([
      'needs:em',
    ]);
  });
});

describe('a live mention', () => {
  it('stays as long as it is their move, so that the text does not change', () => {
    const issue = settled(world());
    issue.describe(text({ ...account, Goals: 'one platform' }));
    settled(issue);
    expect(called(issue)).toEqual(['axel-ae', 'jo-sa']);
  });

  it('goes when it is no longer their move, and does not come back in the same stage', () => {
    const issue = settled(world());
    issue.describe(text({ ...account, 'Opportunity link': 'https://crm.example.com/1' }));
    settled(issue);
    expect(called(issue)).toEqual(['jo-sa']);
    issue.describe(text(account));
    settled(issue);
    expect(labels(issue, 'needs:')).toContain('needs:ae');
    expect(called(issue)).toEqual(['jo-sa']);
  });

  it('is for the next stage a new one', () => {
    const issue = settled(world());
    issue.describe(text({ ...complete, 'Opportunity link': '' }));
    settled(issue);
    expect(called(issue)).toEqual(['axel-ae']);
    issue.describe(text(complete));
    settled(issue);
    expect(labels(issue, 'stage::')).toEqual(['stage::proposal']);
    expect(called(issue)).toContain('axel-ae');
  });

  it('that is new is announced as notifying people, other edits are silent', () => {
    const issue = settled(world());
    issue.describe(text({ ...account, Goals: 'one platform' }));
    expect(issue.run().at(-1)).toMatchObject({ kind: 'update_note', reach: 'silent' });
    issue.describe(text({ ...account, Goals: 'one platform', 'Opportunity type': 'none' }));
    issue.run();
    issue.describe(
      text({
        ...account,
        'Opportunity type': 'renewal',
        CSM: '@cleo-csm',
        'Existing customer': 'yes',
      }),
    );
    const last = issue.run().at(-1);
    expect(called(issue)).toContain('cleo-csm');
    expect(last).toMatchObject({ kind: 'update_note', reach: 'notifies people' });
  });

  it('is never one of the bot itself', () => {
    const issue = world({
      rows: { ...account, AE: `@${bot.username}` },
      people: { 'scoping-bot': bot },
    });
    settled(issue);
    expect(called(issue)).toEqual(['jo-sa']);
  });

  it('is never one of somebody whom GitLab does not know', () => {
    const issue = settled(world({ rows: { ...account, AE: '@everybody-here' } }));
    expect(called(issue)).toEqual(['jo-sa']);
  });

  it('is never one of people whom the text merely names', () => {
    const issue = settled(
      world({ rows: { ...account, Goals: 'make @em-east and @passer-by happy', Partner: '@all' } }),
    );
    expect(called(issue)).toEqual(['axel-ae', 'jo-sa']);
  });
});

describe('the roles', () => {
  it('of an author whom the policy lists are inferred, to be confirmed', () => {
    const issue = settled(world({ rows: without(account, 'SA'), author: 'jo-sa' }));
    expect(issue.statusComment()).toMatch(
      /Solutions Architect.*jo-sa.*opened this issue.*confirmed/,
    );
  });

  it('that the text names beat what the author is', () => {
    const issue = settled(world({ rows: { ...account, AE: '@planner-pia' }, author: 'axel-ae' }));
    expect(issue.statusComment()).toMatch(/Account Executive.*planner-pia.*named in the issue/);
  });

  it('are the same however the name is spelled, now and at every later look', () => {
    const issue = settled(world({ rows: { ...account, AE: '@Axel-AE' } }));
    expect(called(issue)).toEqual(['axel-ae', 'jo-sa']);
  });
});
