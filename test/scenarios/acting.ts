/** What the tests of rules, gates and commands share: people who approve, issues on their way, and somebody who writes. */
import { expect } from 'vitest';
import type { Policy } from '../../src/core/policy.ts';
import {
  type About,
  complete,
  labels,
  policy,
  replies,
  settled,
  text,
  world,
} from '../core/plan/given.ts';
import type { PaperWorld, Planned } from '../support/paper-world.ts';

export const withApprovers: Policy = named(policy);

/** The same policy with somebody for every approval. */
export function named(of: Policy): Policy {
  const approvers = new Map([
    ['ps', ['ps-director']],
    ['revenue', ['rev-ops']],
    ['rdm', ['rdm-emea']],
    ['ta', ['ta-one']],
  ]);
  return { ...of, people: { ...of.people, approvers } };
}

const approvers = {
  'ps-director': { id: 41, name: 'Petra Stone' },
  'rev-ops': { id: 42, name: 'Remy Vogt' },
  'rdm-emea': { id: 43, name: 'Rosa Dahl' },
  'ta-one': { id: 44, name: 'Tom Adler' },
  'dev-dana': { id: 46, name: 'Dana Dev' },
};

/** What the proposal asks for beside the commands. */
export const proposal = {
  ...complete,
  'Close date': '2026-12-18',
  'Customer contacts': 'sponsor: head of engineering; technical lead: platform team',
  'Payment model': 'fixed fee',
  'MSA status': 'signed',
  'Customer resources': 'two administrators, two days a week',
  'Out of scope': 'pipeline conversion',
  Assumptions: 'administrators are free on two days a week',
  Cutover: 'one weekend, pilot team first',
};

/** An issue that the bot has seen, with people for every approval. */
export function open(about: About = {}): PaperWorld {
  const { people = {}, ...rest } = about;
  return settled(
    world({
      rows: complete,
      policy: withApprovers,
      author: 'jo-sa',
      people: { ...approvers, ...people },
      ...rest,
    }),
  );
}

/** Somebody writes, two minutes later; the bot looks, and a second look leaves nothing. */
export function say(
  issue: PaperWorld,
  author: string,
  body: string,
  about: { internal?: boolean } = {},
): PaperWorld {
  later(issue);
  issue.comment(author, body, about);
  return settled(issue);
}

/** Somebody changes the description, two minutes later. */
export function rewrite(issue: PaperWorld, rows: Readonly<Record<string, string>>): PaperWorld {
  later(issue);
  issue.describe(text(rows));
  return settled(issue);
}

/** Somebody changes labels, two minutes later. */
export function relabel(
  issue: PaperWorld,
  by: string,
  change: { add?: readonly string[]; remove?: readonly string[] },
): PaperWorld {
  later(issue);
  issue.label(by, change);
  return settled(issue);
}

export function later(issue: PaperWorld): void {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
}

/** Our comments are gone, and with them what we remembered. */
export function forget(issue: PaperWorld): void {
  const notes = issue.issue.notes.filter(({ body }) => !body.includes('<!-- scoping-bot:'));
  issue.issue = { ...issue.issue, notes };
  // Comments that go at once after our labels would look like a look that was stopped.
  issue.now = new Date(Date.parse(issue.now) + 3_600_000).toISOString();
}

export function lastReply(issue: PaperWorld): string {
  return replies(issue).at(-1)?.body ?? '';
}

export function stage(issue: PaperWorld): string {
  return labels(issue, 'stage::').join(' ');
}

export function assessed(issue: PaperWorld) {
  const plan: Planned = issue.plan();
  if (plan.kind !== 'changes') throw new Error(`hands off: ${plan.reason}`);
  return plan.assessment;
}

/** The line of the checklist about one condition, and whether it is ticked. */
export function gateLine(issue: PaperWorld, title: string): string {
  const lines = issue.statusComment().split('\n');
  const found = lines.find((line) => /^- [✓–] /u.test(line) && line.includes(`**${title}**`));
  expect(found, `the checklist names ${title}`).toBeDefined();
  return found ?? '';
}

/** The row of the table of people. */
export function row(issue: PaperWorld, role: string): string {
  const found = new RegExp(`^\\| ${role}.*$`, 'm').exec(issue.statusComment())?.[0];
  if (!found) throw new Error(`the comment has no row for the ${role}`);
  return found;
}
