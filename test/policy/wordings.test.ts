/** What short answers come to: which checks they raise, which they leave alone, and which offering rule decides. */
import { describe, expect, it } from 'vitest';
import { assessText } from '../../src/cli/check.ts';
import type { Assessment } from '../../src/core/model.ts';
import { loadPolicy } from '../../src/policy/load.ts';

const policy = loadPolicy();
const about = { title: 'Tarnfield Insurance - Scope Issue and Write SOW', label: [] };
const fitting = {
  'Service type': 'SCM migration',
  'Destination GitLab deployment': 'GitLab.com',
  'Source SCM system(s)': 'GitHub.com',
  'Number of projects': '100',
  'Number of git repositories': '200',
  'CI/CD System(s)': 'none',
  'Keep structure or reorganise': 'keep',
  'Network access to the source': 'reachable over 443',
} as const;

function judge(lines: Readonly<Record<string, string>>): Assessment {
  const text = Object.entries(lines).map(([key, value]) => `${key}: ${value}`);
  return assessText(text.join('\n'), about, policy, '2026-11-23T09:00:00.000Z');
}

const idsOf = ({ findings }: Assessment): readonly string[] => findings.map(({ id }) => id);

describe('the network', () => {
  it.each([
    'air gap: no',
    'Air-gapped? No.',
    'without any air gap',
    'never air-gapped',
    'no VPN needed; air-gapped staging only',
    'no VPN, proxy or air gap',
    'kein Air-Gap',
  ])('%s: there is a way', (network) => {
    const judged = judge({ ...fitting, 'Network access to the source': network });
    expect(idsOf(judged)).not.toContain('C20');
    expect(judged.recommendation.rule).toBe('K6');
  });

  it.each([
    'air-gapped',
    'no VPN but air-gapped',
    'No outbound internet',
    'isolated, no internet',
    'kein Internetzugang',
  ])('%s: there is no way', (network) => {
    const judged = judge({ ...fitting, 'Network access to the source': network });
    expect(idsOf(judged)).toContain('C20');
    expect(judged.recommendation.rule).toBe('K8');
  });
});

describe('the partner', () => {
  it.each([
    'none, GitLab PS to deliver',
    'no partner, PS delivers',
    'Initech resells; delivery by GitLab',
    'customer implements themselves',
    'Accenture (advises on implementation only)',
  ])('%s: does not do the work', (partner) => {
    const judged = judge({ ...fitting, Partner: partner });
    expect(idsOf(judged)).not.toContain('C37');
    expect(judged.recommendation.rule).toBe('K6');
  });

  it.each(['Initech will do the migration', 'Partner-led', 'delivered by Initech'])(
    '%s: does the work',
    (partner) => {
      const judged = judge({ ...fitting, Partner: partner });
      expect(idsOf(judged)).toContain('C37');
      expect(judged.recommendation.rule).toBe('K18');
    },
  );
});

describe('the goals', () => {
  it('name the package together with CI: the words that break it are said', () => {
    const judged = judge({ ...fitting, Goals: 'Migration+ with CI conversion of our pipelines' });
    expect(idsOf(judged)).toContain('C15');
    expect(judged.recommendation).toMatchObject({ kind: 'sow', rule: 'K8' });
    expect(judged.recommendation.reasons.join(' ')).toContain('the words on CI');
  });

  it.each(['Migration+ without CI', 'pipelines will not be converted', 'no conversion of jobs'])(
    '%s: CI stays as it is',
    (goals) => {
      expect(judge({ ...fitting, Goals: goals }).recommendation.rule).toBe('K6');
    },
  );
});

describe('words', () => {
  const health = { 'Service type': 'Health check' };
  const install = { 'Service type': 'New self-managed installation' };
  const services = 'External Redis, PostgreSQL, NFS, object store';
  it.each<[string, Readonly<Record<string, string>>]>([
    ['C23', { ...health, Goals: 'Backups are broken down by team' }],
    ['C24', { ...health, Goals: 'apply for ISO certification' }],
    ['C26', { ...install, [services]: 'NFS for LFS objects' }],
    ['C40', { 'US Public Sector': 'yes', 'Rules that the installation has to meet': 'FIPS' }],
  ])('do not raise %s when they mean something else: %o', (id, lines) => {
    expect(idsOf(judge(lines))).not.toContain(id);
  });

  it('within other words answer nothing (C40)', () => {
    const lines = { 'US Public Sector': 'yes', Constraints: 'military sites, still investigating' };
    expect(idsOf(judge(lines))).toContain('C40');
  });
});

const { 'Number of projects': _projects, ...uncounted } = fitting;
const smb = { Segment: 'SMB' };
const scm = { 'Service type': 'SCM migration' };
const install = { 'Service type': 'New self-managed installation', Deployment: 'self-managed' };
const fromGitLab = { ...scm, 'Source SCM system(s)': 'GitLab self-managed' };
const toSaas = { ...scm, 'Destination GitLab deployment': 'GitLab.com' };

describe('the offering rule that decides', () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['K7', 'a range round the limit', { ...uncounted, 'Number of projects': '400-600' }],
    ['K7', 'growth beyond', { ...uncounted, 'Number of projects': '300 now, 600 next year' }],
    ['K7', 'close to the limit', { ...uncounted, 'Number of projects': '480' }],
    ['K8', 'above', { ...uncounted, 'Number of projects': '620' }],
    ['K8', 'an open end at the limit', { ...uncounted, 'Number of projects': '>500' }],
    ['K8', 'the same in words', { ...uncounted, 'Number of projects': 'more than 500' }],
    ['K8', 'a range above', { ...uncounted, 'Number of projects': '510-700' }],
    [
      'K8',
      'two destinations',
      { ...fitting, 'Destination GitLab deployment': 'GitLab.com and Dedicated' },
    ],
    [
      'K8',
      'several organisations',
      {
        ...fitting,
        'Source SCM system(s)': 'Azure DevOps Services',
        'Number of organisations': '3',
      },
    ],
    ['K3', 'customised training', { ...smb, 'Service type': 'Training', Customisation: 'yes' }],
    ['K3', 'GitLab to self-managed', { ...smb, ...fromGitLab, Deployment: 'self-managed' }],
    [
      'K3',
      'reorganised, to self-managed',
      { ...smb, ...scm, Deployment: 'self-managed', 'Keep structure or reorganise': 'reorganise' },
    ],
    [
      'K3',
      'many hours with deliverables',
      { ...smb, 'Service type': 'Advisory', Hours: '200', Deliverables: 'an architecture' },
    ],
    [
      'K3',
      'set-up of an existing customer',
      { ...smb, 'Service type': 'GitLab.com set-up', 'Existing customer': 'yes' },
    ],
    ['K10', '40,000 users', { ...install, 'Planned users': '40,000' }],
    ['K10', 'Kubernetes', { ...install, 'Run GitLab on Kubernetes?': 'EKS' }],
    [
      'K10',
      'cloud-native hybrid',
      { ...install, 'Architecture (single node / HA)': 'cloud native hybrid' },
    ],
    [
      'K1',
      'nothing is bought',
      { 'Service type': 'Training', Tier: 'Free', 'Opportunity type': 'services only' },
    ],
  ])('is %s for %s', (rule, _, lines) => {
    expect(judge(lines).recommendation.rule).toBe(rule);
  });

  it.each(['Free, Premium planned', 'CE now, Premium planned', 'Free → Premium'])(
    'knows %s as a tier that is bought (K1)',
    (tier) => {
      const lines = { 'Service type': 'Training', 'Opportunity type': 'services only' };
      expect(judge({ ...lines, Tier: tier }).recommendation.rule).not.toBe('K1');
      expect(judge({ ...lines, Tier: tier }).answers.get('tier')?.value).toBe('premium');
    },
  );

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a health check', { 'Service type': 'Health check, Training' }],
    [
      'a large migration',
      {
        ...uncounted,
        'Service type': 'SCM migration, Training',
        'Number of projects': '900',
      },
    ],
  ])('puts training beside %s, and scopes that alone (K17)', (_, lines) => {
    const { recommendation } = judge({ ...lines, Courses: 'GitLab CI/CD' });
    expect(recommendation).toMatchObject({ kind: 'sow', offering: null, also: ['education'] });
    expect(recommendation.reasons[0]).toContain('an opportunity of its own');
  });
});

describe('checks', () => {
  const several = { ...fromGitLab, 'Destination GitLab deployment': 'self-managed (HA)' };
  const driver = 'Deadline driver';
  it.each<[string, Readonly<Record<string, string>>]>([
    ['C6', { ...toSaas, 'Operating system of the servers': 'RHEL 8' }],
    ['C6', { ...toSaas, 'Hypervisor in the data centre': 'VMware' }],
    [
      'C6',
      { 'Service type': 'GitLab.com set-up', Deployment: 'self-managed', 'Group structure': '4' },
    ],
    [
      'C7',
      {
        ...several,
        'Source gitlab version': '17.2 and 19.6',
        'Destination gitlab version': '18.4',
      },
    ],
    ['C8', { ...toSaas, ...fromGitLab, 'Source gitlab version': '17.2 and 19.6' }],
    ['C8', { ...toSaas, ...fromGitLab, 'Source gitlab version': '19.6 and 17.2' }],
    [
      'C12',
      { ...toSaas, 'Source SCM system(s)': 'GHES', 'Number of repositories': '300 projects' },
    ],
    ['C14', { ...toSaas, 'CI/CD System(s)': 'Jenkins, self-hosted agents' }],
    ['C14', { ...toSaas, 'CI/CD System(s)': 'Jenkins, will not be replaced' }],
    [
      'C14',
      { ...toSaas, 'CI/CD System(s)': 'Jenkins', 'Network access to the source': 'open on 443' },
    ],
    ['C18', { ...toSaas, 'Source SCM system(s)': 'GHES (2 instances)' }],
    [
      'C20',
      {
        ...several,
        'Migration method': 'direct transfer',
        'Network access to the source': 'air-gapped',
      },
    ],
    ['C30', { [driver]: 'licence of the old tool ends 2026-12-31' }],
    ['C39', { Customer: 'Zürich Insurances, Inc.' }],
  ])('%s speaks: %o', (id, lines) => {
    expect(idsOf(judge(lines))).toContain(id);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['C6', { ...toSaas, 'Operating system of the servers': 'n/a' }],
    ['C6', { ...toSaas, 'Hypervisor in the data centre': 'none' }],
    [
      'C14',
      {
        ...toSaas,
        'CI/CD System(s)': 'Jenkins',
        'Network access to the source': 'Jenkins can reach GitLab.com',
      },
    ],
    [
      'C14',
      {
        ...toSaas,
        'CI/CD System(s)':
          'GitHub Actions, 200 workflows, the customer converts these to GitLab CI on their own',
      },
    ],
    ['C14', { ...toSaas, 'CI/CD System(s)': 'Jenkins, will be replaced in spring' }],
    ['C14', { ...toSaas, 'CI/CD System(s)': 'GitHub Actions, cloud-hosted runners' }],
    [
      'C14',
      {
        ...toSaas,
        'CI/CD System(s)': 'GitHub Actions',
        'Network access to the source': 'both in the cloud',
      },
    ],
    [
      'C14',
      {
        ...toSaas,
        'CI/CD System(s)': 'Jenkins',
        'Network access to the source': 'open on 443, outbound traffic is allowed',
      },
    ],
    ['C18', { ...toSaas, 'Source SCM system(s)': 'GHES 3.12 (2 instances)' }],
    ['C30', { [driver]: 'licence of the old tool ends 2027-12-31' }],
    ['C39', { Customer: 'Tärnfield, S.A.' }],
  ])('%s is quiet: %o', (id, lines) => {
    expect(idsOf(judge(lines))).not.toContain(id);
  });

  it('say the figure alone where only that counts (C4)', () => {
    const users = { 'Planned users': '900 by 2027-12-31' };
    const judged = judge({ ...install, ...users, 'Architecture (single node / HA)': 'HA' });
    const said = judged.findings.find(({ id }) => id === 'C4')?.message;
    expect(said).toContain('for 900 users');
    expect(said).toContain('built for 3,000');
  });
});

describe('a count told for one source of two', () => {
  it.each(['BB = 225', '225 (BB)', 'BB = 225, GL = TBD'])('%s is partial', (count) => {
    const sources = 'Bitbucket Data Center, GitLab self-managed';
    const judged = judge({ ...scm, 'Source SCM system(s)': sources, 'Number of projects': count });
    const answer = judged.answers.get('m_projects');
    expect(answer?.state).toBe('partial');
    expect(answer?.remark).toBe('The figure for GitLab self-managed is still missing.');
  });
});
