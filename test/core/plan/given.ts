/** Issues of the tests of planning: descriptions by row, the people of the scenarios, and what a comment calls. */
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Change } from '../../../src/core/model.ts';
import type { Memory } from '../../../src/core/plan/memory.ts';
import { readMemory } from '../../../src/core/plan/memory-note.ts';
import type { EngagementManager, Policy } from '../../../src/core/policy.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { key, type PaperIssue, type PaperPerson, PaperWorld } from '../../support/paper-world.ts';
import { render } from '../say/gitlab-reads.ts';

export const policy: Policy = loadPolicy({
  file: fileURLToPath(new URL('../../scenarios/policy.yaml', import.meta.url)),
});

export const people: Readonly<Record<string, PaperPerson>> = {
  'jo-sa': { id: 11, name: 'Jo Pike' },
  'cleo-csm': { id: 12, name: 'Cleo Marin' },
  'axel-ae': { id: 13, name: 'Axel Ruud' },
  'em-emea': { id: 21, name: 'Emma Varga', open: 4, latest: '2026-11-20T10:00:00.000Z' },
  'em-emea-two': { id: 22, name: 'Emil Haas', open: 2, latest: '2026-11-19T10:00:00.000Z' },
  'em-east': { id: 23, name: 'Elena East', open: 0 },
  'em-pubsec': { id: 24, name: 'Page Pubsec', open: 1 },
  'guest-gus': { id: 31, name: 'Gus Guest', accessLevel: 10 },
  'planner-pia': { id: 33, name: 'Pia Planner', accessLevel: 15 },
  'passer-by': { id: 32, name: 'Passer By', accessLevel: null },
};

export type Rows = Readonly<Record<string, string>>;

/** Who and what: enough to find the people. */
export const account: Rows = {
  'Opportunity type': 'New licence',
  'Existing customer': 'no',
  'Sales stage': '3-Technical Evaluation',
  Segment: 'Enterprise',
  Territory: 'EMEA',
  'US Public Sector': 'no',
  AE: '@axel-ae',
  SA: '@jo-sa',
  'Source SCM System(s)': 'Bitbucket Data Center 8.19',
};

/** With the account, everything that Proposal asks for: a migration beyond the limits of Migration+. */
export const complete: Rows = {
  ...account,
  'Opportunity link': 'https://crm.example.com/opportunities/0061',
  'Destination GitLab deployment': 'SaaS',
  'Total number of Users': '820',
  'Total number of git repositories': '1,450',
  'Total number of projects': '96',
  'Total repository size': '310 GB',
  'CI/CD System(s)': 'Jenkins',
  'Total ci/cd jobs?': '640',
  'SSO Identity Provider': 'Okta',
  'User provisioning': 'SAML, just in time',
  'License tier': 'Premium',
  Goals: 'one platform for all teams, releases every week instead of every quarter',
  'Pain points': 'two outages since spring, one person left who knows the server',
  Constraints: 'no changes in the first week of a quarter',
  Partner: 'none',
  'Target start date': '2027-02-01',
  'Target end date': '2027-05-28',
  'Deadline driver': 'the Bitbucket licence ends in June 2027',
  'Scoping call date': '2026-12-02',
  'Delivery constraints': 'remote, English, Central European time',
  'Planned users': '900',
  'SCM tools being replaced': 'Bitbucket Data Center',
  'CI/CD tools being replaced': 'none',
  'Project management tools being replaced': 'none',
  'Registries being replaced': 'none',
  'Tools to integrate with': 'Jira, Jenkins',
  'Adopting GitLab CI/CD': 'later',
  'Data to migrate': 'repositories, pull requests and comments, users and permissions',
  'Restructure groups during the migration': 'keep the structure',
  'Same primary e-mail on both sides': 'yes',
  'Network access to the source': 'open on 443',
  teams_waves: '11',
};

export function text(rows: Rows): string {
  return Object.entries(rows)
    .map(([question, answer]) => `- **${question}**: ${answer}`)
    .join('\n');
}

export function without(rows: Rows, ...names: readonly string[]): Rows {
  return Object.fromEntries(Object.entries(rows).filter(([name]) => !names.includes(name)));
}

export interface About extends Partial<PaperIssue> {
  readonly rows?: Rows;
  readonly people?: Readonly<Record<string, PaperPerson>>;
  readonly policy?: Policy;
  readonly free?: boolean;
  readonly now?: string;
}

/** A new issue that nobody looked at yet: the account is filled in, unless said otherwise. */
export function world(about: About = {}): PaperWorld {
  const { rows = account, free = false, now = '2026-11-23T09:00:00.000Z', ...rest } = about;
  const { people: others = {}, policy: own = policy, ...issue } = rest;
  return new PaperWorld(
    {
      title: 'Tarnfield Insurance - Scope Issue and Write SOW',
      description: text(rows),
      author: 'planner-pia',
      ...issue,
    },
    { ...people, ...others },
    own,
    { now, free },
  );
}

/** What a look would change now. */
export function pending(of: PaperWorld): readonly Change[] {
  const plan = of.plan();
  return plan.kind === 'changes' ? plan.changes : [];
}

/** The bot has been there and leaves nothing for a second look. */
export function settled(of: PaperWorld): PaperWorld {
  of.run();
  expect(pending(of).map(({ kind, why }) => `${kind}: ${why}`)).toEqual([]);
  return of;
}

/** The bot is stopped between its writes to the issue and its comment. */
export function runAndCrash(of: PaperWorld): void {
  const { notes } = of.issue;
  of.run();
  of.issue = { ...of.issue, notes };
}

export function memoryOf(of: PaperWorld): Memory {
  const found = of.issue.notes.map(({ body }) => readMemory(body, of.issue.ref, key)).find(Boolean);
  if (!found) throw new Error('there is no memory on this issue');
  return found;
}

export function labels(of: PaperWorld, start: string): readonly string[] {
  return of.issue.labels.filter((label) => label.startsWith(start)).toSorted();
}

export function assignees(of: PaperWorld): readonly string[] {
  return of.issue.assignees.map(({ username }) => username);
}

/** Who would be told: every user name that stands in ordinary text, once. */
export function mentions(markdown: string): readonly string[] {
  const hits = render(markdown).text.matchAll(/(?<![\p{L}\p{N}_])@([\w][\w.-]*)/gu);
  return [...new Set([...hits].map(([, name]) => name ?? ''))];
}

/** The notes that the bot wrote, beside its status comment. */
export function replies(
  of: PaperWorld,
): readonly { readonly body: string; readonly internal: boolean }[] {
  return of.issue.notes.filter(({ body }) => body.includes('<!-- scoping-bot:reply'));
}

export function withManagers(
  managers: readonly (Partial<EngagementManager> & { readonly username: string })[],
  assignment: Partial<Policy['assignment']> = {},
): Policy {
  const engagementManagers = managers.map((each) => ({
    territories: [],
    segments: [],
    services: [],
    pubsecUs: false,
    ...each,
  }));
  return {
    ...policy,
    people: { ...policy.people, engagementManagers },
    assignment: { ...policy.assignment, ...assignment },
  };
}
