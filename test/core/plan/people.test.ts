/** Who is named, who can be asked, who takes a role where nobody is (`domain.md` §8.8 L5, L7, L10 to L12, L15). */
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/core/model.ts';
import {
  account,
  assignees,
  memoryOf,
  mentions,
  pending,
  policy,
  settled,
  text,
  without,
  world,
} from './given.ts';

type Issue = ReturnType<typeof world>;

function row(issue: Issue, role: string): string {
  const found = new RegExp(`^\\| ${role}.*$`, 'm').exec(issue.statusComment())?.[0];
  if (!found) throw new Error(`the comment has no row for the ${role}`);
  return found;
}

function withPools(pools: Readonly<Partial<Record<Role, string>>>): typeof policy {
  const all = new Map(Object.entries(pools) as [Role, string][]);
  return { ...policy, people: { ...policy.people, pools: all } };
}

const pools = withPools({ sa: 'acme/architects', csm: 'acme/csm', em: 'acme/ps-desk' });

describe('somebody named as they are shown', () => {
  it.each([
    'Jo Pike',
    'jo  PIKE',
    'Jo Píke',
    'Jo Pike, Nordics',
    'Jo Pike (architect)',
    'Pike, Jo',
    'Pike,Jo',
    'Pike, Jo (architect)',
    'Pike, Jo; Nordics',
  ])('is found when only one member is called so: %s', (name) => {
    const issue = settled(world({ rows: { ...account, SA: name } }));
    expect(row(issue, 'Solutions Architect')).toContain('Jo Pike, `@jo-sa` | named in the issue');
    expect(assignees(issue)).toContain('jo-sa');
    expect(issue.statusComment()).not.toContain('Please give the GitLab handle');
  });

  it('is found by surname and given name, and a handle with a title behind it stays a handle', () => {
    const people = { 'anna-sa': { id: 15, name: 'Anna van der Berg' }, Zoe: { id: 16, name: 'Z' } };
    const berg = settled(world({ rows: { ...account, SA: 'van der Berg, Anna' }, people }));
    expect(assignees(berg)).toContain('anna-sa');
    const nobody = settled(world({ rows: { ...account, SA: 'Zed, Zoe' } }));
    expect(row(nobody, 'Solutions Architect')).toContain('no member is called `Zoe Zed`');
    for (const SA of ['jo-sa, architect', 'Jo-sa, Solutions Architect', 'Jo-sa, SA', 'jo-sa, Jo']) {
      const issue = settled(world({ rows: { ...account, SA }, people }));
      expect(row(issue, 'Solutions Architect'), SA).toContain('`@jo-sa` | named in the issue |');
    }
  });

  it('is looked up once, and the name itself is not kept', () => {
    const issue = world({ rows: { ...account, SA: 'Jo Pike', AE: 'Zoe Zed' } });
    pending(issue);
    expect(issue.lookups.filter((kind) => kind === 'member_name')).toHaveLength(2);
    settled(issue);
    expect(issue.lookups).toEqual([]);
    expect(JSON.stringify(memoryOf(issue))).not.toContain('Zoe');
  });

  it('is asked for the handle when several are called so, or nobody', () => {
    const people = { 'jo-two': { id: 14, name: 'Jo Pike' } };
    const several = settled(world({ rows: { ...account, SA: 'Jo Pike' }, people }));
    expect(row(several, 'Solutions Architect')).toContain(
      'several members are called `Jo Pike`; please give the handle',
    );
    expect(assignees(several)).toEqual(['em-emea-two']);
    const nobody = settled(world({ rows: { ...account, SA: 'Zoe Zed' } }));
    expect(row(nobody, 'Solutions Architect')).toContain('no member is called `Zoe Zed`');
    expect(nobody.lookups).toEqual([]);
  });

  it('is looked for again the next day, and found once they are a member', () => {
    const people = { 'zoe-sa': { id: 15, name: 'Zoe Zed', accessLevel: null } };
    const issue = settled(world({ rows: { ...account, SA: 'Zoe Zed' }, people }));
    issue.change('zoe-sa', { accessLevel: 30 });
    expect(pending(issue)).toEqual([]);
    issue.now = '2026-11-24T09:00:00.000Z';
    expect(assignees(settled(issue))).toContain('zoe-sa');
  });

  it('is not repeated when the name was told internally', () => {
    const people = { 'zoe-sa': { id: 15, name: 'Zoe Zed' } };
    const issue = settled(world({ rows: without(account, 'SA'), people }));
    issue.comment('axel-ae', '/scoping assign sa @zoe-sa', { internal: true });
    settled(issue);
    expect(issue.statusComment()).not.toContain('Zoe');
  });
});

describe('several people under one question', () => {
  it('are said to be several, and that the first is taken', () => {
    const issue = settled(world({ rows: { ...account, SA: '@jo-sa, @cleo-csm' } }));
    expect(row(issue, 'Solutions Architect')).toContain(
      '`@jo-sa` | named in the issue; of the 2 who are named there I take the first |',
    );
    issue.describe(text({ ...account, SA: '@jo-sa, that is @jo-sa' }));
    expect(row(settled(issue), 'Solutions Architect')).toContain('| named in the issue |');
  });

  it('are said to be so for the Engagement Manager as well', () => {
    const rows = { ...account, 'Engagement Manager': '@em-east and @em-emea' };
    const issue = settled(world({ rows }));
    expect(row(issue, 'Engagement Manager')).toContain('of the 2 who are named there I take');
    issue.describe(text({ ...account, 'Engagement Manager': '@em-east' }));
    expect(row(settled(issue), 'Engagement Manager')).toContain('| named in the issue |');
  });
});

describe('somebody named who cannot be asked', () => {
  it.each([
    ['unknown to GitLab', '@zoe-zed', {}, 'GitLab knows no such user'],
    ['not a member', '@passer-by', {}, 'is not a member of this project'],
    ['blocked', '@jo-sa', { 'jo-sa': { id: 11, name: 'Jo Pike', active: false } }, 'is blocked'],
  ])('is said to be so: %s', (_, name, people, why) => {
    const issue = settled(world({ policy: pools, rows: { ...account, SA: name }, people }));
    expect(row(issue, 'Solutions Architect')).toContain(why);
    expect(row(issue, 'Solutions Architect')).toContain(
      'meanwhile `@acme/architects` can be asked',
    );
    expect(assignees(issue)).toEqual(['em-emea-two']);
    expect(mentions(issue.statusComment())).toEqual(['axel-ae']);
    expect(issue.lookups).toEqual([]);
  });

  it('is asked for once a day, and is there once they are a member', () => {
    const issue = settled(world({ rows: { ...account, SA: '@passer-by' } }));
    issue.change('passer-by', { accessLevel: 30 });
    issue.now = '2026-11-24T08:59:59.000Z';
    expect(pending(issue)).toEqual([]);
    issue.now = '2026-11-24T09:00:00.000Z';
    expect(assignees(settled(issue))).toEqual(['em-emea-two', 'passer-by']);
  });
});

describe('a role for which nobody is named', () => {
  const midMarket = { ...without(account, 'SA'), Segment: 'Mid-Market' };

  it('is the pool’s for a mid-market customer, and nobody is assigned or called (L5)', () => {
    const issue = settled(world({ policy: pools, rows: midMarket }));
    expect(row(issue, 'Solutions Architect')).toContain('`@acme/architects`');
    expect(assignees(issue)).toEqual(['em-emea']);
    expect(mentions(issue.statusComment())).not.toContain('acme');
  });

  it('stays open elsewhere, and where the policy has no pool', () => {
    const rows = without(account, 'SA');
    expect(row(settled(world({ policy: pools, rows })), 'Solutions Architect')).toContain(
      'not named yet',
    );
    expect(row(settled(world({ rows: midMarket })), 'Solutions Architect')).toContain(
      'not named yet',
    );
  });
});

describe('while nobody knows who leads (L7)', () => {
  const rows = {
    ...without(account, 'Opportunity type', 'Existing customer'),
    CSM: '@cleo-csm',
  };

  it('both candidates are listed, and neither is called or assigned', () => {
    const issue = settled(world({ rows }));
    expect(row(issue, 'Solutions Architect')).toContain('Jo Pike, `@jo-sa` | may lead discovery');
    expect(row(issue, 'Customer Success Manager')).toContain('`@cleo-csm` | may lead discovery');
    expect(assignees(issue)).toEqual(['em-emea-two']);
    expect(mentions(issue.statusComment())).not.toContain('jo-sa');
    expect(mentions(issue.statusComment())).not.toContain('cleo-csm');
  });

  it('the one who leads then is called', () => {
    const issue = settled(world({ rows }));
    issue.describe(text({ ...account, CSM: '@cleo-csm' }));
    settled(issue);
    expect(mentions(issue.statusComment())).toContain('jo-sa');
    expect(row(issue, 'Customer Success Manager')).not.toContain('may lead');
  });
});

describe('when the lead changes (L12)', () => {
  const before = { ...account, CSM: '@cleo-csm' };
  const after = { ...before, 'Opportunity type': 'none', 'Existing customer': 'yes' };

  it('it is said from whom to whom and why, and whoever was assigned stays', () => {
    const issue = settled(world({ rows: before }));
    expect(issue.statusComment()).not.toContain('discovery passed');
    issue.now = '2026-11-25T09:00:00.000Z';
    issue.describe(text(after));
    settled(issue);
    expect(issue.statusComment()).toMatch(
      /^Note: On 2026-11-25 discovery passed from the Solutions Architect to the Customer Success Manager\. An existing customer .*/m,
    );
    expect(assignees(issue)).toEqual(['em-emea-two', 'jo-sa', 'cleo-csm']);
    issue.now = '2026-12-03T09:00:00.000Z';
    expect(settled(issue).statusComment()).toContain('discovery passed');
  });

  it('a while in which nobody knows is no change', () => {
    const issue = settled(world({ rows: before }));
    issue.describe(text(without(before, 'Opportunity type', 'Existing customer')));
    settled(issue);
    issue.describe(text(before));
    settled(issue);
    expect(issue.statusComment()).not.toContain('discovery passed');
    issue.describe(text(after));
    expect(settled(issue).statusComment()).toContain('discovery passed');
  });
});

describe('an existing customer without a CSM (L4)', () => {
  it('is flagged, and the Account Executive leads', () => {
    const rows = {
      ...account,
      'Opportunity type': 'none',
      'Existing customer': 'yes',
      CSM: 'none',
    };
    const issue = settled(world({ rows }));
    expect(issue.statusComment()).toContain('Nobody is Customer Success Manager on this account');
    expect(row(issue, 'Account Executive')).toContain('leads discovery');
  });
});

describe('US public sector (L10)', () => {
  it('goes to the pool when none of its managers is free, never to another one', () => {
    const rows = { ...account, 'US Public Sector': 'yes' };
    const people = { 'em-pubsec': { id: 24, name: 'Page Pubsec', busy: true } };
    const issue = settled(world({ policy: pools, rows, people }));
    expect(row(issue, 'Engagement Manager')).toContain('em-pubsec is marked busy');
    expect(row(issue, 'Engagement Manager')).toContain('please ask `@acme/ps-desk`');
    expect(assignees(issue)).toEqual(['jo-sa']);
  });
});
