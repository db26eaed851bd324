/** Who leads discovery, and why (`domain.md` §8.8). */
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../../src/policy/load.ts';
import { type Given, judge, shipped } from './build.ts';

function leadOf(given: Readonly<Record<string, Given>>): { role: string; rule: string } {
  const { role, rule, reason } = judge(given).lead;
  expect(reason.length).toBeGreaterThan(20);
  return { role, rule };
}

describe('the lead', () => {
  it.each(['new_licence', 'growth'])('is the SA while a %s opportunity is open (L1)', (kind) => {
    const given = { opportunity_kind: kind, sales_stage: 3, existing_customer: true };
    expect(leadOf(given)).toEqual({ role: 'sa', rule: 'L1' });
    expect(judge(given).lead.reason).toContain('opportunity is open');
  });

  it('is the SA although nobody gave the CRM stage', () => {
    expect(leadOf({ opportunity_kind: 'growth' })).toEqual({ role: 'sa', rule: 'L1' });
  });

  it.each([7, 8])('is not the SA any more from CRM stage %i on', (stage) => {
    const given = { opportunity_kind: 'growth', sales_stage: stage, existing_customer: true };
    expect(leadOf(given)).toEqual({ role: 'csm', rule: 'L2' });
  });

  it('is the CSM of an existing customer without an open opportunity (L2)', () => {
    const given = { opportunity_kind: 'none', existing_customer: true, csm: 'cleo' };
    expect(leadOf(given)).toEqual({ role: 'csm', rule: 'L2' });
  });

  it('is the CSM for a plain renewal (L3)', () => {
    expect(leadOf({ opportunity_kind: 'renewal' })).toEqual({ role: 'csm', rule: 'L3' });
  });

  it.each(['none', 'not_applicable'] as const)(
    'is the AE when the account has no CSM, said as %s (L4)',
    (state) => {
      const given = {
        opportunity_kind: 'none',
        existing_customer: true,
        csm: { state, value: null },
      };
      expect(leadOf(given)).toEqual({ role: 'ae', rule: 'L4' });
      expect(judge(given).lead.reason).toContain('nobody is CSM');
    },
  );

  it('stays the CSM while nobody has said whether there is one', () => {
    const given = {
      opportunity_kind: 'none',
      existing_customer: true,
      csm: { state: 'unanswered' },
    };
    expect(leadOf(given as Readonly<Record<string, Given>>)).toEqual({ role: 'csm', rule: 'L2' });
  });

  it('is the AE for somebody who is no customer and has no opportunity (L6)', () => {
    const given = { opportunity_kind: 'none', existing_customer: false };
    expect(leadOf(given)).toEqual({ role: 'ae', rule: 'L6' });
  });

  it.each([
    ['nothing is known', {}],
    ['only the customer is known', { existing_customer: true }],
    ['the opportunity is unclear', { opportunity_kind: { state: 'ambiguous' } }],
  ] as const)('is unknown while %s, and one question is asked (L7)', (_, given) => {
    const { lead, open } = judge(given as Readonly<Record<string, Given>>);
    expect(lead).toMatchObject({ role: 'unknown', rule: 'L7' });
    expect(lead.reason).toContain('open licence opportunity');
    expect(open.map(({ field }) => field)).toContain('opportunity_kind');
  });

  it('is the first rule that holds, whatever the later ones say', () => {
    const given = { opportunity_kind: 'new_licence', existing_customer: false };
    expect(leadOf(given)).toEqual({ role: 'sa', rule: 'L1' });
  });

  it('is the engagement manager where the policy says so (L8)', () => {
    const rules = loadPolicy({}).leadRules;
    const emLed = { ...rules[0], id: 'L8', lead: 'em', reason: 'This team does it so.' } as const;
    const when = { source: 'true', fields: [], evaluate: () => ({ is: true }) as const };
    const policy = { ...shipped, leadRules: [{ ...emLed, when }] };
    expect(judge({}, {}, policy).lead).toEqual({
      role: 'em',
      rule: 'L8',
      reason: 'This team does it so.',
    });
  });
});

describe('a person who says who leads', () => {
  const said = { role: 'csm', rule: 'label', reason: 'A person says so.' } as const;

  it('is heard before the rules, which are kept beside it', () => {
    const { lead, open } = judge({ opportunity_kind: 'growth' }, { leadSaid: said });
    expect(lead).toEqual({ ...said, concluded: 'sa' });
    expect(open.filter(({ owner }) => owner === 'csm').length).toBeGreaterThan(3);
    expect(open.filter(({ owner }) => owner === 'sa')).toEqual([]);
  });

  it('is heard while the rules know nobody', () => {
    expect(judge({}, { leadSaid: said }).lead).toMatchObject({ role: 'csm', concluded: 'unknown' });
  });
});
