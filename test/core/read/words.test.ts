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
    ['m_destination', 'SaaS, later Dedicated', 'gitlab_com'],
    ['m_sso', 'Okta, LDAP as fallback', 'okta'],
    ['tier', 'Premium, maybe Ultimate later', 'premium'],
    ['opportunity_kind', 'services only, no licence opp open', 'services_only'],
    ['i_iac', 'none of their own, happy with our Terraform', 'none'],
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
    ['deployment_target', 'AWS', ['self_managed', 'gitlab_com', 'dedicated']],
    ['m_sources', 'Azure', ['ado_services', 'ado_server']],
    ['ci_replaced', 'Azure', ['ado_pipelines', 'other']],
    ['deployment_target', 'cloud', ['gitlab_com', 'self_managed', 'dedicated']],
    ['deployment_target', 'SaaS (Dedicated)', ['dedicated', 'gitlab_com']],
    ['tier', 'Starter', ['free', 'premium']],
    ['tier', 'Premium / Ultimate', ['premium', 'ultimate']],
    ['territory', 'NA', ['east', 'west']],
    [
      'm_destination',
      'SaaS, Self-Managed(HA), Self-Managed(single node)',
      ['gitlab_com', 'self_managed'],
    ],
    ['deployment_target', 'SaaS, Self-Managed', ['gitlab_com', 'self_managed']],
    ['tier', 'Premium, Ultimate', ['premium', 'ultimate']],
    ['segment', 'Enterprise\nSMB', ['enterprise', 'smb']],
  ])('%s: %s has to be asked about', (field, text, choices) => {
    expect(parse(field, text)).toMatchObject({ state: 'ambiguous', choices });
  });

  it.each([
    'moving from GHE to GitLab.com',
    'GHE to .com',
    'GHE -> GitLab.com',
    'GitLab.com (from GHE)',
    'GHE, will move to GitLab.com',
    'von GHE nach GitLab.com',
    'de GHE vers GitLab.com',
    'de GHE a GitLab.com',
    'GHEからGitLab.comへ移行',
  ])('%s names where they come from and where they go', (text) => {
    expect(parse('m_sources', text)).toEqual({ state: 'answered', value: ['github_server'] });
    expect(parse('scm_replaced', text).value).toEqual(['github_server']);
    expect(parse('m_destination', text)).toEqual({ state: 'answered', value: 'gitlab_com' });
  });

  it.each(['from self-managed to SaaS', 'self-managed today, SaaS later', 'self-managed → SaaS'])(
    '%s: here one thing, there another',
    (text) => {
      expect(parse('m_destination', text).value).toBe('gitlab_com');
      expect(parse('deployment_current', text).value).toBe('self_managed');
    },
  );

  it.each([
    'Jenkins stays for now',
    'we keep Jenkins',
    'Jenkins will not be replaced',
    'no plans to replace Jenkins',
    'Jenkins (out of scope)',
    'Jenkins bleibt',
  ])('%s: nothing is replaced, but it is what there is', (text) => {
    expect(parse('ci_replaced', text)).toEqual({ state: 'none', value: [] });
    expect(parse('m_ci_system', text).value).toEqual(['jenkins']);
  });

  it.each([
    ['Jenkins stays, Bamboo goes', ['bamboo']],
    ['Bamboo goes but Jenkins stays', ['bamboo']],
    ['Bamboo (Jenkins stays)', ['bamboo']],
    ['TeamCity; Jenkins is not being replaced', ['teamcity']],
    ['not only Jenkins', ['jenkins']],
  ])('%s: only what goes', (text, value) => {
    expect(parse('ci_replaced', text)).toEqual({ state: 'answered', value });
  });

  it.each([
    ['Bitbucket, on-prem', 'bitbucket_dc'],
    ['on-prem Bitbucket', 'bitbucket_dc'],
    ['Bitbucket (self-hosted)', 'bitbucket_dc'],
    ['Bitbucket, Cloud', 'bitbucket_cloud'],
    ['Bitbucket 7.21', 'bitbucket_dc'],
    ['GitHub Enterprise, self-hosted', 'github_server'],
    ['GitHub, on-prem', 'github_server'],
    ['GitLab 15.11', 'gitlab_sm'],
    ['Azure DevOps, on-prem', 'ado_server'],
  ])('%s says which edition', (text, value) => {
    expect(parse('m_sources', text)).toEqual({ state: 'answered', value: [value] });
  });

  it.each(['no SaaS', 'not SaaS', 'SaaS is not an option', 'anything but SaaS'])(
    '%s says only what it is not',
    (text) => {
      const { state, value, choices } = parse('m_destination', text);
      expect({ state, value }).toEqual({ state: 'ambiguous', value: null });
      expect(choices).not.toContain('gitlab_com');
    },
  );

  it('does not take the way there for what is there', () => {
    expect(parse('m_sources', 'moving to GitLab.com').invalid).toBe(true);
  });

  it.each([
    ['deployment_target', 'SaaS not allowed, so self-managed', 'self_managed'],
    ['deployment_target', 'HA', 'self_managed'],
    ['deployment_target', 'SaaS vs self-managed still open', 'undecided'],
    ['tier', 'from Premium to Ultimate', 'ultimate'],
    ['m_sso', 'Okta (today LDAP)', 'okta'],
    ['sm_hosting', 'own data centre and AWS', 'hybrid'],
    ['sm_architecture', 'HA not needed', 'single_node'],
    ['app_containers', '80%', 'some'],
  ])('%s: %s is %s', (field, text, value) => {
    expect(parse(field, text)).toEqual({ state: 'answered', value });
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
