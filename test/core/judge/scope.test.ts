/** The variables that conditions see, typed as CEL wants them. */
import { describe, expect, it } from 'vitest';
import { addFacts, buildScope } from '../../../src/core/judge/scope.ts';
import type { Answer } from '../../../src/core/model.ts';
import { type Given, judge, now, reading, shipped } from './build.ts';

function scopeOf(given: Readonly<Record<string, Given>>): Map<string, unknown> {
  const about = { title: 'A title', labels: ['x'], stage: 'proposal', now };
  return buildScope(shipped, reading(given, { rows: ['m_lfs'] }), about);
}

describe('a variable', () => {
  it.each<[string, Given, unknown]>([
    ['m_users', 850, 850n],
    ['m_users', 1.6, 2n],
    ['m_users', 0, 0n],
    ['m_total_size', 150_000_000_000, 150_000_000_000n],
    ['sales_stage', 3, 3n],
    ['pubsec_us', false, false],
    ['tier', 'premium', 'premium'],
    ['goals', 'one platform', 'one platform'],
    ['m_sources', ['svn'], ['svn']],
    ['target_end', '2027-03-12', new Date('2027-03-12T00:00:00Z')],
    ['mg_version', '18.2', '18.2'],
    ['account_exec', 'axel-ae', 'axel-ae'],
  ])('of %s answered with %o is %o', (field, given, expected) => {
    expect(scopeOf({ [field]: given }).get(field)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['m_sources', []],
    ['m_users', 0n],
    ['pubsec_us', false],
    ['tier', 'none'],
    ['goals', ''],
  ])('of %s answered with "none" has the empty value of its type', (field, expected) => {
    expect(scopeOf({ [field]: { state: 'none', value: null } }).get(field)).toEqual(expected);
  });

  it('is there for half an answer', () => {
    expect(scopeOf({ m_users: { state: 'partial', value: 10 } }).get('m_users')).toBe(10n);
  });

  it.each<Answer['state']>([
    'not_applicable',
    'reference',
    'deferred',
    'unknown',
    'ambiguous',
    'contradictory',
    'unanswered',
  ])('is absent while the answer is %s', (state) => {
    expect(scopeOf({ m_users: { state, value: 5 } }).has('m_users')).toBe(false);
  });

  it.each<[string, Given]>([
    ['m_users', 'many'],
    ['m_users', Number.POSITIVE_INFINITY],
    ['pubsec_us', 'yes'],
    ['target_end', 'soon'],
    ['sales_stage', 'three'],
  ])('is absent when %s has a value of the wrong shape', (field, given) => {
    expect(scopeOf({ [field]: given }).has(field)).toBe(false);
  });

  it('of the circumstances is always there', () => {
    const scope = scopeOf({ m_users: 5, tier: { state: 'reference' }, csm: { state: 'unknown' } });
    expect(scope.get('rows')).toEqual(['m_users', 'tier', 'csm', 'm_lfs']);
    expect(scope.get('answered')).toEqual(['m_users', 'tier']);
    expect(scope.get('states')).toEqual(
      new Map([
        ['m_users', 'answered'],
        ['tier', 'reference'],
        ['csm', 'unknown'],
      ]),
    );
    expect(scope.get('labels')).toEqual(['x']);
    expect(scope.get('title')).toBe('A title');
    expect(scope.get('stage')).toBe('proposal');
    expect(scope.get('today')).toEqual(new Date('2026-11-23T00:00:00Z'));
  });
});

describe('a fact', () => {
  it('is true, false, or absent while it cannot be known', () => {
    const known = scopeOf({ deployment_target: 'gitlab_com' });
    addFacts(shipped, known);
    expect(known.get('saas')).toBe(true);
    expect(known.get('sm')).toBe(false);
    const open = scopeOf({});
    addFacts(shipped, open);
    expect(open.has('saas')).toBe(false);
  });

  it('that was known and is not any more disappears', () => {
    const scope = scopeOf({ deployment_target: 'gitlab_com' });
    addFacts(shipped, scope);
    scope.delete('deployment_target');
    addFacts(shipped, scope);
    expect(scope.has('saas')).toBe(false);
  });
});

describe('the judgement as a whole', () => {
  it('bears absurd figures', () => {
    const absurd = judge({ service_types: ['migration_scm'], m_users: 1e30, m_repos: 1e300 });
    expect(absurd.serviceTypes).toEqual([{ id: 'migration_scm', from: 'field' }]);
    expect(absurd.open.map(({ field }) => field)).not.toContain('m_repos');
  });

  it('says the same for the same input, and leaves the input alone', () => {
    const given = { service_types: ['migration_scm'], goals: { state: 'not_applicable' } } as const;
    const input = reading(given);
    const before = structuredClone(input.answers);
    const [once, again] = [judge(given, { reading: input }), judge(given, { reading: input })];
    expect(again).toEqual(once);
    expect(input.answers).toEqual(before);
  });
});
