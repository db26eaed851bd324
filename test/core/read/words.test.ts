/** Answers in the words of a vocabulary: what is named, what is open, what is denied. */
import { describe, expect, it } from 'vitest';
import { parse } from './given.ts';

describe('words of a vocabulary', () => {
  it.each([
    ['deployment_target', 'SaaS', 'gitlab_com'],
    ['deployment_target', '.com', 'gitlab_com'],
    ['deployment_target', 'cloud version', 'gitlab_com'],
    ['deployment_target', 'single-tenant SaaS', 'dedicated'],
    ['deployment_target', 'GitLab Dedicated for Government', 'dedicated_gov'],
    ['deployment_target', 'Self-Managed(HA)', 'self_managed'],
    ['deployment_target', 'on-prem in AWS', 'self_managed'],
    ['deployment_target', 'moving from GHE to .com', 'gitlab_com'],
    ['deployment_target', 'SaaS, not self-managed', 'gitlab_com'],
    ['deployment_target', 'SaaS or self-managed', 'undecided'],
    ['deployment_target', 'offen', 'undecided'],
    ['payment_model', 'open', 'open'],
    ['tier', 'Premium now, evaluating Ultimate', 'premium'],
    ['tier', 'Gold', 'ultimate'],
    ['segment', 'enterprise, growing from SMB', 'enterprise'],
    ['sales_stage', 'Stage 3', 3],
    ['sales_stage', '3-Technical Evaluation', 3],
    ['sales_stage', 'Tech Eval', 3],
    ['sales_stage', '0', 0],
    ['opportunity_kind', 'renewal with growth', 'growth'],
    ['opportunity_kind', 'New', 'new_licence'],
    ['m_sso', 'Azure AD', 'entra'],
    ['m_sso', 'SAML (Okta)', 'okta'],
    ['m_restructure', 'no', 'keep'],
    ['m_history', 'last two years', 'cut'],
  ])('%s: %s', (field, text, value) => {
    expect(parse(field, text)).toEqual({ state: 'answered', value });
  });

  it.each([
    ['m_sources', 'GHE', ['github_server']],
    ['m_sources', 'GL', ['gitlab_sm']],
    ['m_sources', 'GitHub Enterprise (server)', ['github_server']],
    ['m_sources', 'Bitbucket (DC)', ['bitbucket_dc']],
    ['m_sources', 'BB, GHES, SVN', ['bitbucket_dc', 'github_server', 'svn']],
    ['m_sources', '1. GitHub\n2. Subversion', ['github_cloud', 'svn']],
    ['m_sources', 'ADO (Repos + Boards)', ['ado_services']],
    ['m_sources', 'GitHub; no SVN', ['github_cloud']],
    ['m_sources', 'GitHub but not Bitbucket', ['github_cloud']],
    ['m_sources', 'our own thing', ['other']],
    ['cloud_provider', 'AWS but on-prem for DR', ['aws', 'own_dc']],
    ['cloud_provider', 'Azure', ['azure']],
    ['ci_replaced', 'Azure DevOps', ['ado_pipelines']],
    ['app_k8s', 'AKS and GKE', ['aks', 'gke']],
  ])('%s: %s', (field, text, value) => {
    expect(parse(field, text)).toEqual({ state: 'answered', value });
  });

  it.each([
    ['m_sources', 'GitHub Enterprise', ['github_cloud', 'github_server']],
    ['m_sources', 'Bitbucket', ['bitbucket_dc', 'bitbucket_cloud']],
    ['m_sources', 'Bitbucket, Cloud', ['bitbucket_dc', 'bitbucket_cloud']],
    ['m_sources', 'Azure', ['ado_services', 'ado_server']],
    ['ci_replaced', 'Azure', ['ado_pipelines', 'other']],
    ['deployment_target', 'cloud', ['gitlab_com', 'self_managed', 'dedicated']],
    ['deployment_target', 'SaaS (Dedicated)', ['dedicated', 'gitlab_com']],
    ['tier', 'Starter', ['free', 'premium']],
    ['tier', 'Premium / Ultimate', ['premium', 'ultimate']],
    ['territory', 'NA', ['east', 'west']],
  ])('%s: %s has to be asked about', (field, text, choices) => {
    expect(parse(field, text)).toMatchObject({ state: 'ambiguous', choices });
  });

  it('keeps what is sure beside what is ambiguous', () => {
    expect(parse('m_sources', 'SVN and Bitbucket')).toMatchObject({
      state: 'ambiguous',
      value: ['svn'],
    });
  });

  it.each([
    ['ci_replaced', 'no Jenkins'],
    ['ci_replaced', 'without any Jenkins'],
    ['ci_replaced', 'none, Jenkins stays for now'],
    ['ci_replaced', 'None - Jenkins stays'],
    ['ci_replaced', 'n/a'],
    ['m_sources', 'greenfield'],
    ['app_k8s', 'no'],
  ])('%s: %s means none', (field, text) => {
    expect(parse(field, text)).toEqual({ state: 'none', value: [] });
  });

  it('does not take yes for an answer to which', () => {
    expect(parse('m_sources', 'yes')).toMatchObject({ state: 'unanswered', invalid: true });
    expect(parse('app_k8s', 'yes').state).toBe('ambiguous');
  });
});
