/** Nobody gives themselves a right: a role counts when somebody who may, the policy or the issue as first read gave it. */
import { describe, expect, it } from 'vitest';
import type { PaperPerson } from '../../support/paper-world.ts';
import { complete, policy, type Rows, replies, settled, text, without, world } from './given.ts';

type Issue = ReturnType<typeof world>;

function say(issue: Issue, author: string, body: string): Issue {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
  issue.comment(author, body);
  return settled(issue);
}

function rewrite(issue: Issue, rows: Rows): Issue {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
  issue.describe(text(rows));
  return settled(issue);
}

function answer(issue: Issue, field: string) {
  const plan = issue.plan();
  return plan.kind === 'changes' ? plan.assessment.answers.get(field) : undefined;
}

const lastReply = (issue: Issue): string => replies(issue).at(-1)?.body ?? '';
const open = (issue: Issue): boolean => issue.issue.state === 'opened';

const planner: Readonly<Record<string, PaperPerson>> = {
  'jo-sa': { id: 11, name: 'Jo Pike', accessLevel: 15 },
};

describe('a Planner who names themselves', () => {
  it.each([
    ['set solutions_architect @planner-pia', 'assign sa @USER'],
    ['set solutions_architect = @planner-pia', 'assign sa @USER'],
    ['assume csm @planner-pia', 'assign csm @USER'],
    ['set engagement_manager @planner-pia', 'assign em @USER'],
    ['set account_exec @planner-pia', 'assign ae @USER'],
  ])('by /scoping %s is told the command that it takes', (line, form) => {
    const issue = say(settled(world({ rows: complete })), 'planner-pia', `/scoping ${line}`);
    expect(lastReply(issue)).toContain(form);
    say(issue, 'planner-pia', '/scoping won mine');
    expect(lastReply(issue)).toContain('role Developer');
    expect(open(issue)).toBe(true);
  });

  it.each(['assign sa', 'assign em', 'lead sa', 'assign ae'])(
    'by /scoping %s is refused',
    (words) => {
      const issue = settled(world({ rows: complete }));
      say(issue, 'planner-pia', `/scoping ${words} @planner-pia\n/scoping won mine`);
      expect(lastReply(issue)).toContain('role Developer');
      expect(open(issue)).toBe(true);
    },
  );

  it('in a comment is not offered, and cannot be taken', () => {
    const issue = settled(world({ rows: without(complete, 'SA') }));
    say(issue, 'planner-pia', 'Solutions Architect: @planner-pia');
    expect(issue.statusComment()).not.toContain('take solutions_architect');
    say(issue, 'planner-pia', '/scoping take solutions_architect\n/scoping won mine');
    expect(open(issue)).toBe(true);
  });

  it.each(['SA', 'EM'])('in a row of the description that came later (%s) gets no right', (row) => {
    const issue = settled(world({ rows: complete }));
    rewrite(issue, { ...complete, [row]: '@planner-pia' });
    say(issue, 'planner-pia', '/scoping won mine');
    expect(open(issue)).toBe(true);
    expect(lastReply(issue)).toContain('The description names you, but not since I first read it');
    say(issue, 'planner-pia', '/scoping na engagement_manager nobody yet\n/scoping won mine');
    expect(open(issue)).toBe(true);
  });

  it('still answers every other question, and says that a role is nobody’s or comes later', () => {
    const issue = settled(world({ rows: without(complete, 'SA', 'Planned users') }));
    say(issue, 'planner-pia', '/scoping set users_planned 500');
    say(issue, 'planner-pia', '/scoping na csm none yet');
    say(issue, 'planner-pia', '/scoping defer solutions_architect 2026-11-30 @axel-ae');
    expect(answer(issue, 'users_planned')?.value).toBe(500);
    expect(answer(issue, 'csm')?.state).toBe('not_applicable');
    expect(answer(issue, 'solutions_architect')?.state).toBe('deferred');
    expect(replies(issue)).toEqual([]);
  });
});

describe('a role on the issue gives its right', () => {
  it('to whom the issue names as it was first read', () => {
    const issue = settled(world({ rows: { ...complete, SA: '@planner-pia' } }));
    say(issue, 'planner-pia', '/scoping won they signed');
    expect(open(issue)).toBe(false);
  });

  it('and to them alone, whoever stood there in between', () => {
    const issue = settled(world({ rows: complete, people: planner }));
    rewrite(issue, { ...complete, SA: '@planner-pia' });
    say(issue, 'jo-sa', '/scoping won they signed');
    expect(open(issue)).toBe(true);
    rewrite(issue, complete);
    say(issue, 'jo-sa', '/scoping won they did sign');
    expect(open(issue)).toBe(false);
  });

  it('to whom somebody with the right has named by command', () => {
    const issue = settled(world({ rows: without(complete, 'SA') }));
    rewrite(issue, { ...complete, SA: '@planner-pia' });
    say(issue, 'planner-pia', '/scoping won they signed');
    expect(lastReply(issue)).toContain('`/scoping assign sa @planner-pia`');
    say(issue, 'axel-ae', '/scoping assign sa @planner-pia');
    say(issue, 'planner-pia', '/scoping won they signed');
    expect(open(issue)).toBe(false);
  });

  it('to whom the policy lists for that role, wherever they were named', () => {
    const byRole = new Map([...policy.people.byRole, ['sa' as const, ['jo-sa']]]);
    const listing = { ...policy, people: { ...policy.people, byRole } };
    const rows = without(complete, 'SA');
    const issue = settled(world({ rows, people: planner, policy: listing }));
    rewrite(issue, complete);
    say(issue, 'jo-sa', '/scoping won they signed');
    expect(open(issue)).toBe(false);
  });
});
