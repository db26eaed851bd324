/** What is answered in an internal note counts, and shows nowhere that outsiders can look (`interfaces.md` §8). */
import { describe, expect, it } from 'vitest';
import {
  account,
  complete,
  labels,
  memoryOf,
  policy,
  settled,
  text,
  without,
  world,
} from './given.ts';

type Issue = ReturnType<typeof world>;

function internally(issue: Issue, body: string): Issue {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
  issue.comment('jo-sa', body, { internal: true });
  return settled(issue);
}

/** Everything that somebody without access to internal notes can see of our doing. */
function publicly(issue: Issue): string {
  const notes = issue.issue.notes.filter(({ internal }) => !internal);
  const words = notes.map(({ body }) => body.replace(/<!-- scoping-bot:status .*-->/u, ''));
  return [...issue.issue.labels, ...words].join('\n');
}

const answer = (issue: Issue, field: string) => {
  const plan = issue.plan();
  return plan.kind === 'changes' ? plan.assessment.answers.get(field) : undefined;
};

const open = without(account, 'Source SCM System(s)', 'Opportunity type', 'Existing customer');

describe('an answer from an internal note', () => {
  it('counts, but no label tells it', () => {
    const issue = settled(world({ rows: open }));
    internally(issue, '/scoping type add migration_scm\n/scoping set m_sources Perforce');
    expect(answer(issue, 'm_sources')?.value).toEqual(['perforce']);
    expect(labels(issue, 'service:')).toEqual([]);
    expect(labels(issue, 'risk:')).toEqual([]);
    expect(publicly(issue)).not.toMatch(/perforce|non-git/iu);
  });

  it('is told by labels as soon as everybody can read it', () => {
    const issue = internally(settled(world({ rows: open })), '/scoping set m_sources Perforce');
    issue.describe(text({ ...open, 'Source SCM System(s)': 'Perforce' }));
    settled(issue);
    expect(labels(issue, 'service:')).toEqual(['service:migration-scm']);
    expect(labels(issue, 'risk:')).toContain('risk:non-git');
  });

  it('is told by labels of a confidential issue', () => {
    const issue = settled(world({ rows: open, confidential: true }));
    internally(issue, '/scoping type add migration_scm\n/scoping set m_sources Perforce');
    expect(labels(issue, 'service:')).toEqual(['service:migration-scm']);
    expect(labels(issue, 'risk:')).toContain('risk:non-git');
  });

  it('leaves the other labels in their place: whose move it is, the stage, how complete', () => {
    const issue = internally(settled(world({ rows: open })), '/scoping set m_sources Perforce');
    expect(labels(issue, 'stage::')).toEqual(['stage::technical-evaluation']);
    expect(labels(issue, 'discovery::')).toHaveLength(1);
    expect(labels(issue, 'needs:').length).toBeGreaterThan(0);
  });

  it('decides who leads, without a label and without the reason', () => {
    const issue = settled(world({ rows: open }));
    internally(
      issue,
      '/scoping set opportunity_kind renewal\n/scoping set existing_customer yes\n/scoping assign csm @cleo-csm',
    );
    const plan = issue.plan();
    expect(plan.kind === 'changes' && plan.assessment.lead.role).toBe('csm');
    expect(labels(issue, 'lead::')).toEqual([]);
    expect(publicly(issue)).toContain('This follows from what was answered internally.');
    expect(publicly(issue)).not.toMatch(/renewal without growth|cleo|Cleo Marin/u);
  });

  it('keeps a label that rests on what is open as well', () => {
    const issue = settled(world());
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
    internally(issue, '/scoping set budget_indication 40k to 60k');
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
    expect(labels(issue, 'service:')).toEqual(['service:migration-scm']);
  });
});

describe('commands in an internal note', () => {
  it('add a service type that only the members know of', () => {
    const issue = internally(settled(world()), '/scoping type add training\n/scoping explain');
    const plan = issue.plan();
    const types = plan.kind === 'changes' ? plan.assessment.serviceTypes : [];
    expect(types.map(({ id }) => id)).toContain('training');
    expect(labels(issue, 'service:')).not.toContain('service:training');
    expect(issue.statusComment()).not.toContain('**Training**');
  });

  it('say which role leads, and not who it is', () => {
    const issue = internally(settled(world({ rows: open })), '/scoping lead csm @cleo-csm');
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(publicly(issue)).not.toContain('cleo-csm');
  });

  it('put an answer off without telling who promised it for when', () => {
    const issue = settled(world({ rows: without(complete, 'Goals') }));
    internally(issue, '/scoping defer goals 2026-12-01 @cleo-csm');
    expect(answer(issue, 'goals')?.owner).toBe('cleo-csm');
    expect(publicly(issue)).toContain('to come, as said internally');
    expect(publicly(issue)).not.toMatch(/cleo-csm|2026-12-01/u);
  });

  it('are refused internally', () => {
    const issue = internally(settled(world()), '/scoping set sekret-field Zebrafish');
    expect(publicly(issue)).not.toMatch(/sekret|Zebrafish/iu);
  });
});

describe('nothing of many internal answers is shown', () => {
  const secrets = {
    goals: 'Quetzalcoatl by spring',
    pain_points: 'Zebrafish',
    customer_name: 'Umbrella Xanadu',
    m_ci_system: 'Bamboo',
    m_repos: '7,654',
    users_planned: '54,321',
    territory: 'APAC',
    segment: 'SMB',
    pubsec_us: 'yes',
    engagement_manager: '@nobody-at-all',
    solutions_architect: '@ghost-architect',
    csm: 'Otto Unheard',
    integrations: 'Kumquat, Jira',
    target_end: '2026-12-13',
  };
  const words =
    /Quetzalcoatl|Zebrafish|Xanadu|Bamboo|7,?654|54,?321|APAC|SMB|public sector US|pubsec|nobody-at-all|ghost-architect|Unheard|Kumquat|2026-12-13/iu;
  const sets = Object.entries(secrets)
    .map(([field, value]) => `/scoping set ${field} ${value}`)
    .join('\n');

  it.each([
    ['on a fresh issue', without(account, 'Territory', 'Segment', 'US Public Sector', 'SA')],
    ['over what stands in the rows', complete],
  ])('%s', (_, rows) => {
    const issue = internally(settled(world({ rows })), `${sets}\n/scoping explain`);
    expect(answer(issue, 'users_planned')?.value).toBe(54_321);
    // Whom the policy chooses is assigned, which everybody sees: her name is no answer.
    const shown = publicly(issue).replaceAll(/US Public Sector|em-pubsec|Page Pubsec/gu, '');
    expect(words.exec(shown)?.[0]).toBeUndefined();
  });

  it('in the hand-off', () => {
    const issue = settled(world({ rows: complete, policy }));
    internally(issue, sets);
    internally(issue, '/scoping won Pangolin signed');
    expect(issue.statusComment()).toContain('Hand-off');
    // Whom the policy chooses is assigned, which everybody sees: her name is no answer.
    const shown = publicly(issue).replaceAll(/US Public Sector|em-pubsec|Page Pubsec/gu, '');
    expect(words.exec(shown)?.[0]).toBeUndefined();
    expect(shown).not.toContain('Pangolin');
  });
});

describe('a person who is named in an internal note only', () => {
  const rows = without(account, 'AE', 'SA');
  const hidden = /Cleo|Marin|cleo-csm|Ruud|axel-ae/iu;
  const remembered = (issue: Issue): string => JSON.stringify(memoryOf(issue));

  it('has no name in what a public comment remembers, and is not looked up again', () => {
    const said = '/scoping assign csm @cleo-csm\n/scoping assign ae @axel-ae';
    const issue = internally(settled(world({ rows })), said);
    expect(remembered(issue)).not.toMatch(hidden);
    expect(memoryOf(issue).roleIds.ae).toBe(13);
    issue.comment('jo-sa', 'Thanks.');
    issue.run();
    expect(issue.lookups).toEqual([]);
    expect(memoryOf(issue).roleIds.ae).toBe(13);
    expect(remembered(issue)).not.toMatch(hidden);
  });

  it('is remembered by name as soon as everybody can read who it is', () => {
    const issue = internally(settled(world({ rows })), '/scoping assign csm @cleo-csm');
    issue.describe(text({ ...rows, CSM: '@cleo-csm' }));
    issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
    issue.comment('jo-sa', '/scoping assign csm @cleo-csm');
    settled(issue);
    expect(remembered(issue)).toContain('Cleo Marin');
    expect(remembered(issue)).toContain('cleo-csm');
  });

  it('is remembered by name where the comment itself is internal', () => {
    const issue = internally(
      settled(world({ rows, serviceDesk: true })),
      '/scoping assign csm @cleo-csm',
    );
    expect(remembered(issue)).toContain('Cleo Marin');
  });
});
