/** What does not fit together, by severity; and what an answer's own state gives away. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/core/model.ts';
import { fitting, type Given, judge, reading } from './build.ts';

const scm = { service_types: ['migration_scm'], customer_name: 'Northwind' } as const;
const raised = (given: Readonly<Record<string, Given>>): readonly string[] =>
  judge(given).findings.map(({ id }) => id);

describe('findings', () => {
  it('come with blocks first, then warnings, then remarks, each group in the policy’s order', () => {
    const { findings } = judge({
      ...scm,
      users_planned: 10,
      users_current: 20,
      deployment_target: 'gitlab_com',
      sm_hosting: 'own_dc',
      m_sources: ['svn'],
      m_repos_gt_5gb: 3,
      m_sso: { state: 'partial', value: 'okta' },
    });
    const order: readonly Finding['severity'][] = ['block', 'warn', 'info'];
    const ranks = findings.map(({ severity }) => order.indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(findings.map(({ id }) => id)).toEqual(['C6', 'C1', 'C19', 'C11', 'partial']);
  });

  it('name their fields and repeat the figures', () => {
    const { findings } = judge({ ...scm, users_planned: 1000, users_current: 2000 });
    const found = findings.find(({ id }) => id === 'C1');
    expect(found).toMatchObject({ severity: 'warn', fields: ['users_planned', 'users_current'] });
    expect(found?.message).toContain('1,000');
    expect(found?.message).toContain('2,000');
  });

  it('are not raised while one of their facts is unknown', () => {
    expect(raised({ ...scm, users_planned: 10 })).not.toContain('C1');
    expect(raised({ ...scm, users_planned: 10, users_current: { state: 'unknown' } })).toEqual([]);
    expect(raised({ ...scm, m_users: 50, users_planned: { state: 'deferred' } })).toEqual([]);
  });

  it('never turn an answer into an open question', () => {
    const { open, findings } = judge({ ...scm, users_planned: 10, m_users: 20 });
    expect(findings.map(({ id }) => id)).toContain('C2');
    expect(open.map(({ field }) => field)).not.toContain('users_planned');
  });

  it('remark on a pointer and on half an answer, where the question applies', () => {
    const { findings, open } = judge({
      ...scm,
      goals: { state: 'reference', value: 'the kick-off notes' },
      m_sso: { state: 'partial', value: 'okta', remark: 'Which tenant?' },
      a_hours: { state: 'partial', value: 10 },
    });
    const remarks = findings.filter(({ id }) => id === 'reference' || id === 'partial');
    expect(remarks.map(({ id, severity, fields }) => [id, severity, fields])).toEqual([
      ['reference', 'info', ['goals']],
      ['partial', 'info', ['m_sso']],
    ]);
    expect(remarks[1]?.message).toContain('Which tenant?');
    expect(open.map(({ field }) => field)).not.toContain('goals');
  });

  it('name the copied examples when no fields are named (C45)', () => {
    const copied = { copiedExamples: ['m_users', 'm_repos'] };
    const { findings } = judge(scm, { reading: reading(scm, copied) });
    expect(findings.find(({ id }) => id === 'C45')?.fields).toEqual(['m_users', 'm_repos']);
    expect(raised(scm)).not.toContain('C45');
  });

  it('stop a placeholder in the title, and only there', () => {
    const title = '<Customer> - Scope Issue and Write SOW';
    const { findings, stage } = judge(scm, { title });
    expect(findings[0]).toMatchObject({ id: 'C39', severity: 'block' });
    expect(stage.gates.find(({ id }) => id === 'no_blocking_finding')?.passed).toBe(false);
    expect(raised(scm)).not.toContain('C39');
  });

  it('are none for a migration that fits together', () => {
    expect(raised({ ...fitting, customer_name: 'Northwind' })).toEqual([]);
  });
});
