/** A row that says more than it was asked answers the other question as well. */
import { describe, expect, it } from 'vitest';
import { read } from './given.ts';

const rows = '- Source SCM: GitHub Enterprise Cloud\n- Target: GitLab.com (SaaS), Ultimate\n';

describe('a row with more than one fact', () => {
  it.each<[string, string, unknown]>([
    ['Target: GitLab.com (SaaS), Ultimate', 'tier', 'ultimate'],
    ['SSO: Entra ID, SAML + SCIM', 'm_user_provisioning', 'scim'],
    ['Users to migrate: 450 now, 600 by end of 2027', 'users_planned', 600],
  ])('%s tells %s', (line, field, value) => {
    const { answers } = read(`${rows}- ${line}\n`);
    expect(answers.get(field)).toMatchObject({ value, where: { kind: 'implied' } });
  });

  it.each<[string, string]>([
    ['SSO: Entra ID, SAML', 'm_user_provisioning'],
    ['SSO: Entra ID, no SCIM', 'm_user_provisioning'],
    ['Users to migrate: 450', 'users_planned'],
  ])('%s says nothing of %s', (line, field) => {
    expect(read(`${rows}- ${line}\n`).answers.get(field)?.value ?? null).toBeNull();
  });
});
