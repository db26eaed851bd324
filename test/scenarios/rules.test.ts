/** The rules of leads and people, L1 to L15 by number: lead, labels, assignees and the words of the comment; each planned twice. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/model.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import {
  type About,
  account,
  assignees,
  complete,
  labels,
  mentions,
  policy,
  replies,
  settled,
  withManagers,
  without,
  world,
} from '../core/plan/given.ts';
import type { PaperWorld } from '../support/paper-world.ts';
import { assessed, later, relabel, rewrite, row, say } from './acting.ts';

const csm = { ...account, CSM: '@cleo-csm' };
/** A customer already, with nothing being sold. */
const customer = { ...csm, 'Opportunity type': 'none', 'Existing customer': 'yes' };
const prospect = { ...account, 'Opportunity type': 'none', 'Existing customer': 'no' };
const openOpportunity = 'A licence opportunity is open, so the Solutions Architect leads discovery';
const noOpportunity =
  'An existing customer without an open licence opportunity: the Customer Success Manager leads';

function seen(about: About): PaperWorld {
  return settled(world(about));
}

function withPools(pools: Readonly<Partial<Record<Role, string>>>): typeof policy {
  const all = new Map(Object.entries(pools) as [Role, string][]);
  return { ...policy, people: { ...policy.people, pools: all } };
}

const pools = withPools({ sa: 'acme/architects', csm: 'acme/success', em: 'acme/ps-desk' });

describe('who leads discovery', () => {
  it.each([
    ['L1', 'a new licence', account, 'sa', 'jo-sa', openOpportunity],
    ['L1', 'growth', { ...csm, 'Opportunity type': 'growth' }, 'sa', 'jo-sa', openOpportunity],
    [
      'L1',
      'a customer who buys more',
      { ...csm, 'Existing customer': 'yes' },
      'sa',
      'jo-sa',
      openOpportunity,
    ],
    ['L2', 'a customer, nothing being sold', customer, 'csm', 'cleo-csm', noOpportunity],
    [
      'L2',
      'a customer whose licence was sold',
      { ...csm, 'Existing customer': 'yes', 'Sales stage': '7-Closing' },
      'csm',
      'cleo-csm',
      noOpportunity,
    ],
    [
      'L2',
      'services only',
      { ...customer, 'Opportunity type': 'services only' },
      'csm',
      'cleo-csm',
      noOpportunity,
    ],
    [
      'L3',
      'a plain renewal',
      { ...customer, 'Opportunity type': 'renewal' },
      'csm',
      'cleo-csm',
      'A renewal without growth counts as no open licence opportunity',
    ],
    [
      'L4',
      'a customer without CSM',
      { ...customer, CSM: 'none' },
      'ae',
      'axel-ae',
      "nobody is CSM on this account: the Account Executive leads, with the Engagement Manager's help",
    ],
    [
      'L4',
      'a renewal without CSM',
      { ...customer, CSM: 'none', 'Opportunity type': 'renewal' },
      'ae',
      'axel-ae',
      'nobody is CSM on this account',
    ],
  ])('%s: %s', (rule, _, rows, lead, person, words) => {
    const issue = seen({ rows });
    expect(assessed(issue).lead).toMatchObject({ role: lead, rule });
    expect(labels(issue, 'lead::')).toEqual([`lead::${lead}`]);
    expect(assignees(issue)).toEqual(['em-emea-two', person]);
    expect(issue.statusComment()).toContain(words);
    expect(issue.statusComment()).toMatch(
      new RegExp(`, leads discovery \\| [^|]*\`@${person}\``, 'u'),
    );
    expect(mentions(issue.statusComment())).toContain(person);
  });

  it('L6: no customer, no opportunity: the Account Executive is asked to open one, and no EM is chosen yet', () => {
    const issue = seen({ rows: prospect });
    expect(assessed(issue).lead).toMatchObject({ role: 'ae', rule: 'L6' });
    expect(labels(issue, 'lead::')).toEqual(['lead::ae']);
    expect(assignees(issue)).toEqual(['axel-ae']);
    expect(issue.statusComment()).toMatch(
      /^Note: .*the Account Executive has to open one before anybody plans services\.$/m,
    );
    expect(row(issue, 'Engagement Manager')).toContain(
      'nobody | I will find one as soon as a licence opportunity is open',
    );
    rewrite(issue, { ...prospect, 'Opportunity type': 'new licence' });
    expect(row(issue, 'Engagement Manager')).toContain('`@em-emea-two` | covers EMEA');
    expect(assignees(issue)).toContain('em-emea-two');
  });

  it('L6: what would be the EM’s is the lead’s, and whom people name stands', () => {
    const none = { 'Opportunity type': 'none', 'Existing customer': 'no' };
    const issue = seen({ rows: { ...complete, ...none } });
    expect(issue.statusComment()).toMatch(/^Next: @axel-ae \(Account Executive\)$/m);
    expect(labels(issue, 'needs:')).toEqual(['needs:ae']);
    const named = seen({ rows: { ...account, ...none, 'Engagement Manager': '@em-east' } });
    expect(assignees(named)).toEqual(['em-east', 'axel-ae']);
    const chosen = seen({ rows: account });
    rewrite(chosen, { ...account, ...none });
    expect(row(chosen, 'Engagement Manager')).toContain('`@em-emea-two`');
  });

  it('L6: what was answered internally is not told', () => {
    const issue = seen({ rows: without(prospect, 'Opportunity type') });
    say(issue, 'em-emea', '/scoping set opportunity_kind none', { internal: true });
    expect(assessed(issue).lead).toMatchObject({ rule: 'L6' });
    expect(issue.statusComment()).not.toContain('licence opportunity is open');
    expect(issue.statusComment()).not.toContain('no licence opportunity');
  });

  it('L4: is flagged, with the question whether somebody should be named', () => {
    const issue = seen({ rows: { ...customer, CSM: 'none' } });
    expect(assessed(issue).findings.map(({ id }) => id)).toContain('L4');
    expect(issue.statusComment()).toContain('Should somebody be named?');
    rewrite(issue, customer);
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(issue.statusComment()).not.toContain('Should somebody be named?');
  });

  it('L3: a renewal that carries growth counts as an open opportunity', () => {
    const issue = seen({ rows: { ...customer, 'Opportunity type': 'renewal with growth' } });
    expect(assessed(issue).lead).toMatchObject({ role: 'sa', rule: 'L1' });
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
  });

  it('L7: nobody can tell, so one question is asked, both are candidates and nobody is called', () => {
    const issue = seen({ rows: without(csm, 'Opportunity type', 'Existing customer') });
    expect(assessed(issue).lead).toMatchObject({
      role: 'unknown',
      rule: 'L7',
      candidates: ['sa', 'csm'],
    });
    expect(labels(issue, 'lead::')).toEqual([]);
    expect(assignees(issue)).toEqual(['em-emea-two']);
    expect(
      issue.statusComment().match(/Is there an open licence opportunity for this customer/gu),
    ).toHaveLength(1);
    expect(row(issue, 'Solutions Architect')).toContain('may lead discovery');
    expect(row(issue, 'Customer Success Manager')).toContain('may lead discovery');
    expect(mentions(issue.statusComment())).toEqual(['axel-ae']);
  });

  it('L7: once it is known, the one who leads is called and nobody is called twice', () => {
    const issue = seen({ rows: without(csm, 'Opportunity type', 'Existing customer') });
    rewrite(issue, csm);
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
    expect(assignees(issue)).toEqual(['em-emea-two', 'jo-sa']);
    expect(mentions(issue.statusComment()).toSorted()).toEqual(['axel-ae', 'jo-sa']);
    expect(replies(issue)).toEqual([]);
  });

  it('L8: where the policy says so the Engagement Manager leads, and is assigned once', () => {
    const emLed = loadPolicy({ file: fileURLToPath(new URL('em-led.yaml', import.meta.url)) });
    const issue = seen({ policy: emLed, rows: csm });
    expect(assessed(issue).lead).toMatchObject({ role: 'em', rule: 'L8' });
    expect(labels(issue, 'lead::')).toEqual(['lead::em']);
    expect(assignees(issue)).toEqual(['em-emea-two']);
    expect(row(issue, 'Engagement Manager')).toContain('leads discovery');
    expect(issue.statusComment()).toContain(
      'This team lets the Engagement Manager run discovery; the Solutions Architect and the Customer Success Manager are asked for what they know.',
    );
  });
});

describe('L5: mid-market, and no Solutions Architect named', () => {
  const midMarket = { ...without(account, 'SA'), Segment: 'Mid-Market' };

  it('the pool is named; no person is assigned or called', () => {
    const issue = seen({ policy: pools, rows: midMarket });
    expect(labels(issue, 'lead::')).toEqual(['lead::sa']);
    expect(row(issue, 'Solutions Architect')).toContain('`@acme/architects`');
    expect(row(issue, 'Solutions Architect')).toContain('the pool shares out mid-market customers');
    expect(assignees(issue)).toEqual(['em-emea']);
    expect(mentions(issue.statusComment())).toEqual(['axel-ae']);
  });

  it('whoever is named then is assigned and called', () => {
    const issue = seen({ policy: pools, rows: midMarket });
    rewrite(issue, { ...midMarket, SA: '@jo-sa' });
    expect(assignees(issue)).toEqual(['em-emea', 'jo-sa']);
    expect(row(issue, 'Solutions Architect')).not.toContain('acme/architects');
  });
});

describe('L9: the Engagement Manager', () => {
  it.each([
    ['the only one for territory and segment', { Territory: 'East' }, 'em-east', 'covers East'],
    ['of several the one with the fewest open issues', {}, 'em-emea-two', 'fewest open issues (2)'],
    ['the one for mid-market', { Segment: 'Mid-Market' }, 'em-emea', 'covers EMEA, Mid-Market'],
  ])('%s', (_, change, manager, words) => {
    const issue = seen({ rows: { ...account, ...change } });
    expect(assignees(issue)).toContain(manager);
    expect(row(issue, 'Engagement Manager')).toContain(`\`@${manager}\``);
    expect(row(issue, 'Engagement Manager')).toContain(words);
  });

  it('nobody covers it: the pool is named, and nobody is assigned as manager', () => {
    const issue = seen({ policy: pools, rows: { ...account, Territory: 'APAC' } });
    expect(row(issue, 'Engagement Manager')).toContain('`@acme/ps-desk`');
    expect(assignees(issue)).toEqual(['jo-sa']);
  });

  it('a person’s choice stays, whatever the territory becomes', () => {
    const issue = world();
    issue.assign(['em-east']);
    settled(issue);
    expect(assignees(issue)).toEqual(['em-east', 'jo-sa']);
    rewrite(issue, { ...account, Territory: 'West' });
    expect(assignees(issue)).toEqual(['em-east', 'jo-sa']);
    expect(row(issue, 'Engagement Manager')).toContain('`@em-east`');
  });
});

describe('L10: US public sector', () => {
  const pubsec = { ...account, 'US Public Sector': 'yes' };

  it('goes to the pool of managers for it, wherever the customer is', () => {
    const issue = seen({ rows: { ...pubsec, Territory: 'East' } });
    expect(assignees(issue)).toEqual(['em-pubsec', 'jo-sa']);
    expect(row(issue, 'Engagement Manager')).toContain('`@em-pubsec`');
    expect(mentions(issue.statusComment())).not.toContain('em-east');
  });

  it('by a person’s label too', () => {
    const rows = without(account, 'US Public Sector', 'Segment', 'Territory');
    const labelled = ['Public Sector US'];
    const issue = seen({ rows, labels: labelled });
    expect(assignees(issue)).toContain('em-pubsec');
  });

  it('without a manager for it nobody else is taken', () => {
    const nobody = withManagers([
      { username: 'em-emea', territories: ['emea'], segments: ['enterprise'] },
    ]);
    const issue = seen({ policy: nobody, rows: pubsec });
    expect(assignees(issue)).toEqual(['jo-sa']);
    expect(row(issue, 'Engagement Manager')).not.toContain('em-emea');
  });
});

describe('L11: the author has a role', () => {
  it.each([
    ['jo-sa', 'SA', 'Solutions Architect', account],
    ['cleo-csm', 'CSM', 'Customer Success Manager', csm],
    ['axel-ae', 'AE', 'Account Executive', account],
  ])('%s is taken for it, to be confirmed', (author, question, title, rows) => {
    const issue = seen({ rows: without(rows, question), author });
    expect(row(issue, title)).toContain(`\`@${author}\` | opened this issue, to be confirmed`);
    expect(row(issue, title)).toContain('`/scoping assign');
  });

  it('and leads when the rules say so; the confirmation takes the question away', () => {
    const issue = seen({ rows: without(account, 'SA'), author: 'jo-sa' });
    expect(assignees(issue)).toContain('jo-sa');
    say(issue, 'jo-sa', '/scoping assign sa @jo-sa');
    expect(row(issue, 'Solutions Architect')).toContain('named in the issue');
  });

  it('not when the issue says somebody else', () => {
    const issue = seen({ rows: { ...account, SA: '@cleo-csm' }, author: 'jo-sa' });
    expect(row(issue, 'Solutions Architect')).toContain('`@cleo-csm`');
  });
});

describe('L12: the lead changes', () => {
  it.each([
    ['the opportunity closes', csm, customer, 'sa', 'csm'],
    ['an opportunity opens', customer, csm, 'csm', 'sa'],
  ])('%s: said with the reason, and whoever was there stays', (_, before, after, from, to) => {
    const issue = seen({ rows: before });
    expect(labels(issue, 'lead::')).toEqual([`lead::${from}`]);
    const there = assignees(issue);
    rewrite(issue, after);
    expect(labels(issue, 'lead::')).toEqual([`lead::${to}`]);
    expect(issue.statusComment()).toMatch(/discovery passed from the .* to the .*\./u);
    expect(issue.statusComment()).toContain('Whoever was assigned stays.');
    expect(assignees(issue)).toEqual(expect.arrayContaining([...there]));
    expect(assignees(issue)).toHaveLength(there.length + 1);
    expect(replies(issue)).toEqual([]);
  });
});

describe('L13: who is asked', () => {
  it.each([
    ['price, contract, stage and partner', 'Partner', 'partner', 'ae'],
    ['the opportunity', 'Opportunity link', 'opportunity_url', 'ae'],
    ['what the customer knows', 'Total number of git repositories', 'm_repos', 'customer'],
    ['goals', 'Goals', 'goals', 'sa'],
  ])('%s', (_, question, field, owner) => {
    const issue = seen({ rows: without(complete, question) });
    const found = assessed(issue).open.find((each) => each.field === field);
    expect(found).toMatchObject({ owner });
    const needed = owner === 'customer' ? ['needs:customer', 'needs:sa'] : [`needs:${owner}`];
    expect(labels(issue, 'needs:')).toEqual(needed);
  });

  it('the Engagement Manager for what the services take', () => {
    const issue = seen({ rows: without(complete, 'teams_waves') });
    expect(assessed(issue).open.map(({ field, owner }) => [field, owner])).toEqual([
      ['teams_waves', 'em'],
    ]);
    expect(labels(issue, 'needs:')).toEqual(['needs:em']);
    expect(mentions(issue.statusComment())).toEqual(['em-emea-two']);
  });
});

describe('L14: a Technical Architect is asked for', () => {
  it.each([
    ['pains', 'Pain points'],
    ['constraints', 'Constraints'],
  ])('without %s it says politely what is missing', (_, question) => {
    const issue = seen({ rows: without(complete, question) });
    relabel(issue, 'em-emea', { add: ['TA::Needs-Review'] });
    expect(assessed(issue).findings.map(({ id }) => id)).toContain('L14');
    expect(issue.statusComment()).toContain('A Technical Architect was asked for. They join once');
    expect(issue.issue.labels).toContain('TA::Needs-Review');
    expect(labels(issue, 'stage::')).toEqual(['stage::technical-evaluation']);
    rewrite(issue, complete);
    expect(issue.statusComment()).not.toContain('A Technical Architect was asked for');
    expect(issue.issue.labels).toContain('TA::Needs-Review');
  });

  it('with both there is nothing to say', () => {
    const issue = seen({ rows: complete, labels: ['TA::Needs-Review'] });
    expect(issue.statusComment()).not.toContain('A Technical Architect was asked for');
  });
});

describe('L15: whoever is named cannot be asked', () => {
  it.each([
    ['unknown', 'sa', 'SA', '@zoe-zed', {}, 'GitLab knows no such user'],
    ['outside', 'sa', 'SA', '@passer-by', {}, 'is not a member of this project'],
    ['blocked', 'sa', 'SA', '@jo-sa', { active: false }, 'is blocked'],
    ['gone', 'csm', 'CSM', '@cleo-csm', { accessLevel: null }, 'is not a member of this project'],
  ] as const)(
    '%s: said, and the group is named instead',
    (_, role, question, name, change, why) => {
      const issue = world({ policy: pools, rows: { ...(role === 'csm' ? customer : account) } });
      issue.change(name.slice(1), change);
      rewrite(issue, { ...(role === 'csm' ? customer : account), [question]: name });
      const title = role === 'csm' ? 'Customer Success Manager' : 'Solutions Architect';
      const group = role === 'csm' ? '@acme/success' : '@acme/architects';
      expect(labels(issue, 'lead::')).toEqual([`lead::${role}`]);
      expect(row(issue, title)).toContain(`named in the issue, but ${why}`);
      expect(row(issue, title)).toContain(`meanwhile \`${group}\` can be asked`);
      expect(assignees(issue)).toEqual(['em-emea-two']);
      expect(mentions(issue.statusComment())).not.toContain(name.slice(1));
      expect(mentions(issue.statusComment())).not.toContain('acme');
    },
  );

  it('they are assigned once they can be', () => {
    const issue = world({ policy: pools });
    issue.change('jo-sa', { active: false });
    settled(issue);
    expect(assignees(issue)).toEqual(['em-emea-two']);
    issue.change('jo-sa', { active: true });
    issue.now = '2026-11-24T10:00:00.000Z';
    later(issue);
    settled(issue);
    expect(assignees(issue)).toEqual(['em-emea-two', 'jo-sa']);
    expect(row(issue, 'Solutions Architect')).not.toContain('is blocked');
  });
});
