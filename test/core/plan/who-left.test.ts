/** Whoever is blocked or leaves after they were found: not called any more, and the comment says why (`domain.md` §8.8 L15). */
import { describe, expect, it } from 'vitest';
import { account, assignees, mentions, pending, policy, settled, without, world } from './given.ts';

type Issue = ReturnType<typeof world>;

const inThreeWeeks = '2026-12-14T09:00:00.000Z';

function row(issue: Issue, role: string): string {
  return new RegExp(`^\\| ${role}.*$`, 'm').exec(issue.statusComment())?.[0] ?? '';
}

function next(issue: Issue): string {
  return /^Next: .*$/m.exec(issue.statusComment())?.[0] ?? '';
}

describe('somebody who was found and cannot be asked any more', () => {
  it.each([
    ['blocked', { active: false }, 'named in the issue, but is blocked'],
    ['no member any more', { accessLevel: null }, 'named in the issue, but is not a member'],
  ])('is named without a call from the next day on: %s', (_, change, why) => {
    const issue = settled(world());
    expect(mentions(next(issue))).toContain('jo-sa');
    issue.change('jo-sa', change);
    issue.now = inThreeWeeks;
    settled(issue);
    expect(row(issue, 'Solutions Architect')).toContain(why);
    expect(mentions(issue.statusComment())).not.toContain('jo-sa');
  });

  it('and is back is called again', () => {
    const issue = settled(world());
    issue.change('jo-sa', { active: false });
    issue.now = '2026-11-25T09:00:00.000Z';
    settled(issue);
    issue.change('jo-sa', { active: true });
    issue.now = '2026-11-26T09:00:01.000Z';
    settled(issue);
    expect(row(issue, 'Solutions Architect')).toContain('| named in the issue |');
    expect(next(issue)).toContain('jo-sa');
  });

  it('is found out at once when somebody asks for a new look', () => {
    const issue = settled(world());
    issue.change('jo-sa', { active: false });
    issue.now = '2026-11-23T10:00:00.000Z';
    issue.comment('planner-pia', 'Is she still here?');
    expect(pending(issue)).toEqual([]);
    issue.comment('planner-pia', '/scoping recheck');
    settled(issue);
    expect(row(issue, 'Solutions Architect')).toContain('is blocked');
    expect(issue.lookups).toEqual([]);
  });

  it('and opened the issue is taken for nobody', () => {
    const byRole = new Map([['sa' as const, ['jo-sa']]]);
    const own = { ...policy, people: { ...policy.people, byRole } };
    const issue = settled(world({ policy: own, author: 'jo-sa', rows: without(account, 'SA') }));
    issue.change('jo-sa', { active: false });
    issue.now = inThreeWeeks;
    settled(issue);
    expect(row(issue, 'Solutions Architect')).toContain('opened this issue, but is blocked');
    expect(mentions(issue.statusComment())).not.toContain('jo-sa');
  });
});

describe('an Engagement Manager who is blocked while assigned', () => {
  it('is followed by another one, and it is said whom they take over from', () => {
    const issue = settled(world());
    issue.change('em-emea-two', { active: false });
    issue.now = inThreeWeeks;
    settled(issue);
    expect(row(issue, 'Engagement Manager')).toContain('`@em-emea` | covers EMEA, Enterprise');
    expect(row(issue, 'Engagement Manager')).toContain(
      'takes over from em-emea-two, who is blocked',
    );
    expect(assignees(issue)).toEqual(['em-emea', 'em-emea-two', 'jo-sa']);
  });

  it('and whom people had assigned or named is passed over too, with the reason', () => {
    const assigned = settled(world({ assignees: ['em-east'] }));
    const named = settled(world({ rows: { ...account, 'Engagement Manager': '@em-east' } }));
    for (const issue of [assigned, named]) {
      expect(row(issue, 'Engagement Manager')).toContain('em-east');
      issue.change('em-east', { active: false });
      issue.now = inThreeWeeks;
      settled(issue);
      expect(row(issue, 'Engagement Manager')).toMatch(/`@em-emea-two` \|.*em-east.*is blocked/u);
    }
  });
});

describe('a later day', () => {
  it('asks once for each person of the issue, and writes nothing when all are there', () => {
    const issue = settled(world());
    issue.now = inThreeWeeks;
    expect(pending(issue)).toEqual([]);
    expect(issue.lookups.filter((kind) => kind === 'person')).toHaveLength(3);
  });

  it('has asked, and does not again that day, once something else was to be written', () => {
    const issue = settled(world());
    issue.now = inThreeWeeks;
    issue.comment('planner-pia', '/scoping help');
    settled(issue);
    issue.comment('planner-pia', 'Thanks.');
    expect(pending(issue)).toEqual([]);
    expect(issue.lookups).toEqual([]);
  });
});
