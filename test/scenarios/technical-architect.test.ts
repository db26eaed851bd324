/** The Technical Architect as a person of the issue: named in a row, shown, and called when it is their move (`domain.md` §8.8). */
import { expect, it } from 'vitest';
import { assignees } from '../core/plan/given.ts';
import { lastReply, open, proposal, rewrite, say } from './acting.ts';

const row = (comment: string): string =>
  comment.split('\n').find((line) => line.startsWith('| Technical Architect')) ?? '';

it.each([
  '@ta-one',
  'ta-one',
  '[Tom](https://gitlab.example.com/ta-one)',
  'https://gitlab.example.com/ta-one',
  'Tom Adler',
])('is known when named as %s', (name) => {
  const issue = open({ rows: { ...proposal, 'Technical Architect': name } });
  expect(row(issue.statusComment())).toContain('Tom Adler, `@ta-one` | named in the issue');
  // Reviews, and is nobody whom the policy assigns.
  expect(assignees(issue)).not.toContain('ta-one');
});

it('has no line where nobody is named', () => {
  expect(row(open({ rows: proposal }).statusComment())).toBe('');
});

it('is called once an estimate is above the limit, and not before', () => {
  const issue = open({ rows: { ...proposal, 'Technical Architect': '@ta-one' } });
  expect(issue.statusComment()).not.toMatch(/(?<!`)@ta-one/u);
  say(issue, 'em-emea-two', '/scoping estimate https://docs.example/e/1 62,000 USD');
  expect(issue.statusComment()).toMatch(/^Next: .*(?<!`)@ta-one \(Technical Architect\)/mu);
});

it('may be named by command, by whom has the right', () => {
  const issue = say(open({ rows: proposal }), 'em-emea-two', '/scoping assign ta @ta-one');
  expect(row(issue.statusComment())).toContain('`@ta-one`');
  say(issue, 'planner-pia', '/scoping assign ta @jo-sa');
  expect(lastReply(issue)).toContain('is for members from the role Developer up');
});

it('does not approve by being named in a row', () => {
  const issue = open({ rows: proposal });
  say(issue, 'em-emea-two', '/scoping estimate https://docs.example/e/1 62,000 USD');
  rewrite(issue, { ...proposal, 'Technical Architect': '@ta-one' });
  expect(issue.statusComment()).toContain('needs the approval of a Technical Architect');
});
