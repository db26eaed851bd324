/** Lines that answer several questions, or none by a key. */
import { describe, expect, it } from 'vitest';
import { saidIn } from './given.ts';

describe('a line', () => {
  it.each([
    [
      'SA is @lotte.kamp, AE @ben.osei, stage 3.',
      { solutions_architect: '@lotte.kamp', account_exec: '@ben.osei', sales_stage: '3.' },
    ],
    [
      'First call went well. SA: @g.alvarez ; AE: @s.lindt ; stage = 3',
      { solutions_architect: '@g.alvarez', account_exec: '@s.lindt', sales_stage: '3' },
    ],
    [
      'New logo, new licence, Premium',
      { existing_customer: 'New logo', opportunity_kind: 'new licence', tier: 'Premium' },
    ],
    [
      'Opportunity type: growth, 300 seats. Not a customer yet.',
      { opportunity_kind: 'growth, 300 seats', existing_customer: 'Not a customer yet' },
    ],
    [
      'Customer: Dorrance | AE: @q.fenn | SA: @l.idris',
      { customer_name: 'Dorrance', account_exec: '@q.fenn', solutions_architect: '@l.idris' },
    ],
    [
      'Tier: Premium | Segment: SMB\nTerritory: West | Sales stage: 3',
      { tier: 'Premium', segment: 'SMB', territory: 'West', sales_stage: '3' },
    ],
  ])('%s', (body, said) => {
    expect(saidIn(body)).toEqual(said);
  });

  it.each([
    'The renewal slipped twice and nobody knows why',
    '- Premium\n- Ultimate',
    'We met in stage 3 of the tour',
  ])('of prose says nothing: %s', (body) => {
    expect(saidIn(body)).toEqual({});
  });
});
