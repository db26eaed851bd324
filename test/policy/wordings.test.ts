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
