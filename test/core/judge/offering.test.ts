/**
 * SKU, statement of work or partner (`domain.md` §8.10, `rulings.md` 12).
 * Long, because the rules are tried in one order and each has its own case in it.
 */
import { describe, expect, it } from 'vitest';
import type { Condition, Truth } from '../../../src/core/policy.ts';
import { fitting, type Given, judge, shipped } from './build.ts';

function offer(given: Readonly<Record<string, Given>>) {
  return judge(given).recommendation;
}

describe('Migration+', () => {
  it('is offered for a Git-only migration within its limits, and the reason names both limits (K6)', () => {
    const found = offer(fitting);
    expect(found).toMatchObject({
      kind: 'sku',
      offering: 'migration_plus',
      rule: 'K6',
      confidence: 'high',
    });
    const reasons = found.reasons.join(' ');
    for (const figure of ['120', '300', '500', '1,000']) expect(reasons).toContain(figure);
    expect(found.wouldChange.join(' ')).toContain('1,000');
  });

  it('covers exactly 500 projects and 1,000 repositories, with a word of caution (K7)', () => {
    const found = offer({ ...fitting, m_projects: 500, m_repos: 1000 });
    expect(found).toMatchObject({ kind: 'sku', rule: 'K7', confidence: 'medium' });
    expect(found.reasons.join(' ')).toContain('count again');
  });

  it.each([
    ['450 projects', { m_projects: 450 }, 'K6'],
    ['451 projects', { m_projects: 451 }, 'K7'],
    ['900 repositories', { m_repos: 900 }, 'K6'],
    ['901 repositories', { m_repos: 901 }, 'K7'],
  ])('with %s is decided by the distance to the limit', (_, change, rule) => {
    expect(offer({ ...fitting, ...change }).rule).toBe(rule);
  });

  it('keeps medium confidence while CI systems are only pointed at the new server', () => {
    const found = offer({ ...fitting, m_ci_system: ['jenkins'] });
    expect(found).toMatchObject({ kind: 'sku', offering: 'migration_plus', confidence: 'medium' });
    expect(found.reasons.join(' ')).toContain('only pointed at');
  });

  it('keeps medium confidence while nobody has said whether the source can be reached', () => {
    const { m_network: _, ...rest } = fitting;
    const found = offer(rest);
    expect(found).toMatchObject({ kind: 'sku', rule: 'K6-confirm', confidence: 'medium' });
    expect(found.reasons.join(' ')).toContain('reached');
  });

  it('covers a Git-only Azure DevOps source', () => {
    expect(offer({ ...fitting, m_sources: ['ado_services'] })).toMatchObject({ rule: 'K6' });
  });

  it('is not offered as long as a second service type is asked for', () => {
    const found = offer({ ...fitting, service_types: ['migration_scm', 'training'] });
    expect(found.offering).not.toBe('migration_plus');
  });
});

describe('a statement of work instead of Migration+ (K8)', () => {
  it.each<[string, Readonly<Record<string, Given>>, string]>([
    ['501 projects', { m_projects: 501 }, '501 projects; Migration+ covers at most 500'],
    [
      '1,001 repositories',
      { m_repos: 1001 },
      '1,001 repositories; Migration+ covers at most 1,000',
    ],
    ['a source without Git', { m_sources: ['github_cloud', 'svn'] }, 'not based on Git'],
    ['groups to reorganise', { m_restructure: 'reorganise' }, 'reorganised'],
    ['large repositories', { m_repos_gt_5gb: 2 }, 'over 5 GB'],
    ['a source that is cut off', { m_network: 'air-gapped data centre' }, 'cut off'],
    [
      'a source that has to be upgraded',
      { m_sources: ['gitlab_sm'], mg_version: '18.1' },
      'upgraded before',
    ],
  ])('is recommended for %s, and says why', (_, change, reason) => {
    const found = offer({ ...fitting, ...change });
    expect(found).toMatchObject({ kind: 'sow', rule: 'K8', confidence: 'high' });
    expect(found.reasons.join(' ')).toContain(reason);
    expect(found.wouldChange.length).toBeGreaterThan(0);
  });

  it('gives every fact that breaks it, and no other', () => {
    const found = offer({ ...fitting, m_projects: 600, m_sources: ['svn'] });
    expect(found.reasons).toHaveLength(2);
    expect(found.reasons[0]).toContain('600 projects');
  });

  it('needs no count when another fact settles it', () => {
    const { m_projects: _p, m_repos: _r, ...rest } = fitting;
    expect(offer({ ...rest, m_sources: ['svn'] })).toMatchObject({ rule: 'K8' });
  });

  it('is likely for a GitLab source, and says who could decide otherwise', () => {
    const found = offer({ ...fitting, m_sources: ['gitlab_sm'], mg_version: '19.5' });
    expect(found).toMatchObject({ kind: 'sow', rule: 'K8-gitlab', confidence: 'medium' });
    expect(found.reasons.join(' ')).toContain('Engagement Manager');
  });

  it('is recommended when pipelines are to move as well (K16)', () => {
    const found = offer({ ...fitting, service_types: ['migration_scm', 'migration_ci'] });
    expect(found).toMatchObject({ kind: 'sow', rule: 'K16', confidence: 'high' });
  });
});

describe('a block of Expert Services', () => {
  const advisory = {
    service_types: ['advisory'],
    a_hours: 40,
    a_deliverables: { state: 'none', value: null },
  } as const satisfies Readonly<Record<string, Given>>;

  it('fits 40 hours of open-ended help (K12)', () => {
    const found = offer(advisory);
    expect(found).toMatchObject({ kind: 'sku', offering: 'expert_services', rule: 'K12' });
    expect(found.reasons.join(' ')).toContain('40');
  });

  it.each([41, 80])('for %i hours is left to the engagement manager (K13)', (hours) => {
    const found = offer({ ...advisory, a_hours: hours });
    expect(found).toMatchObject({ kind: 'undecided', offering: 'expert_services', rule: 'K13' });
  });

  it('does not fit 81 hours (K19)', () => {
    expect(offer({ ...advisory, a_hours: 81 })).toMatchObject({ kind: 'sow', rule: 'K19' });
  });

  it('does not fit fixed deliverables (K19)', () => {
    const found = offer({ ...advisory, a_deliverables: 'a written target architecture' });
    expect(found).toMatchObject({ kind: 'sow', rule: 'K19' });
  });
});

describe('the last resort (K19)', () => {
  it('waits while a rule before it could still hold, and says what is missing', () => {
    const { m_projects: _, ...rest } = fitting;
    const found = offer(rest);
    expect(found).toMatchObject({ kind: 'undecided', rule: null, confidence: 'low', reasons: [] });
    expect(found.wouldChange).toEqual([shipped.questionById.get('m_projects')?.ask]);
  });

  it('applies once all others are ruled out', () => {
    const found = offer({ service_types: ['upgrade'], segment: 'enterprise', tier: 'premium' });
    expect(found).toMatchObject({ kind: 'sow', rule: 'K19', confidence: 'medium' });
  });

  it('waits for a rule that hangs on something other than a question, too', () => {
    const condition = (truth: Truth): Condition => ({
      source: 'for the test',
      fields: [],
      evaluate: () => truth,
    });
    const [first, ...others] = shipped.offeringRules;
    const last = others.at(-1);
    if (!first || !last) throw new Error('the shipped policy has offering rules');
    const open = { ...first, when: condition({ is: 'unknown', missing: [] }) };
    const policy = { ...shipped, offeringRules: [open, last] };
    const { recommendation } = judge({ service_types: ['upgrade'] }, {}, policy);
    expect(recommendation).toMatchObject({ kind: 'undecided', rule: null });
  });
});

describe('other offerings', () => {
  it('goes to a partner when a small business needs custom work (K3)', () => {
    const found = offer({ service_types: ['upgrade'], segment: 'smb' });
    expect(found).toMatchObject({ kind: 'partner', rule: 'K3' });
  });

  it('keeps a small business that moves to GitLab.com', () => {
    expect(offer({ ...fitting, segment: 'smb' })).toMatchObject({
      rule: 'K2',
      offering: 'migration_plus',
      also: [],
    });
  });

  it('is nothing for a customer on Free who buys no licence (K1)', () => {
    const found = offer({ ...fitting, tier: 'free', opportunity_kind: 'none' });
    expect(found).toMatchObject({ kind: 'none', rule: 'K1', offering: null });
  });

  it('stays open for training until it is known whether anything is customised', () => {
    const found = offer({ service_types: ['training'], e_courses: 'GitLab CI/CD' });
    expect(found).toMatchObject({ kind: 'undecided', rule: null });
    expect(found.wouldChange.length).toBeGreaterThan(0);
  });

  it.each([
    [false, { kind: 'sku', offering: 'education', rule: 'K4', confidence: 'high' }],
    [true, { kind: 'sow', offering: null, rule: 'K5', confidence: 'high' }],
  ])('sells standard courses and scopes customised ones (customised: %s)', (e_custom, expected) => {
    const found = offer({ service_types: ['training'], e_courses: 'GitLab CI/CD', e_custom });
    expect(found).toMatchObject(expected);
  });

  const install = {
    service_types: ['implementation_sm'],
    deployment_target: 'self_managed',
    sm_hosting: 'public_cloud',
    cloud_provider: ['aws'],
    i_kind: 'new',
    i_geo: 'none',
    i_airgap: false,
    i_iac: 'none',
    i_k8s: 'none',
  };

  it('takes a standard installation in AWS as Rapid Results (K9)', () => {
    expect(offer(install)).toMatchObject({
      kind: 'sku',
      offering: 'rapid_results_sm',
      rule: 'K9',
      confidence: 'high',
    });
    expect(offer({ ...install, cloud_provider: ['gcp'] })).toMatchObject({
      rule: 'K9-cloud',
      confidence: 'medium',
    });
  });

  it.each([
    ['an own data centre', { sm_hosting: 'own_dc' }],
    ['Geo', { i_geo: 'dr' }],
    ['an air gap', { i_airgap: true }],
    ['Gitaly Cluster', { i_gitaly_cluster: true }],
    ['automation of their own', { i_iac: 'own' }],
    ['an instance that exists', { i_kind: 'scale_up' }],
  ])('scopes an installation with %s on its own and says why (K10)', (_, change) => {
    const found = offer({ ...install, ...change });
    expect(found).toMatchObject({ kind: 'sow', rule: 'K10' });
    expect(found.reasons.length).toBe(1);
  });

  it('does not decide on an installation before Geo, air gap, automation and Kubernetes are known', () => {
    const { i_geo: _, ...rest } = install;
    expect(offer(rest)).toMatchObject({ kind: 'undecided', rule: null });
  });

  it('puts several standard needs side by side (K17)', () => {
    const found = offer({
      ...fitting,
      service_types: ['migration_scm', 'training'],
      e_courses: 'GitLab CI/CD',
      e_custom: false,
    });
    expect(found).toMatchObject({
      kind: 'sku',
      offering: 'migration_plus',
      also: ['education'],
      rule: 'K17',
    });
  });

  it('leaves the work to a partner who delivers, not to one who only sells (K18)', () => {
    expect(offer({ ...fitting, partner: 'Nordic Systems deliver it' }).kind).toBe('partner');
    expect(offer({ ...fitting, partner: 'Nordic Systems resell only' }).rule).toBe('K6');
  });

  it('takes a first look with a demonstration as a workshop (K15)', () => {
    const found = offer({
      service_types: ['cicd_transformation'],
      goals: { value: 'explore it', raw: 'explore GitLab CI/CD with a demo' },
    });
    expect(found).toMatchObject({ kind: 'sku', offering: 'cicd_workshop', rule: 'K15' });
  });
});
