/** State words in prose decide only when the answer is little more than them. */
import { describe, expect, it } from 'vitest';
import { parse } from './given.ts';

describe('prose', () => {
  it.each([
    ['pain_points', 'two outages in spring, old server nobody knows'],
    ['pain_points', 'Releases take two weekends and nobody knows why'],
    ['pain_points', 'See list: slow CI, broken LDAP'],
    ['goals', 'See all code in one place'],
    ['goals', 'See all issues in one place'],
    ['goals', 'Ver más código en un solo lugar'],
    ['constraints', 'As discussed: no change in December, data in the EU'],
    ['constraints', 'no idea why builds are slow'],
  ])('%s: %j tells something', (field, text) => {
    expect(parse(field, text)).toEqual({ state: 'answered', value: text });
  });

  it('that begins with what is open tells the rest', () => {
    const text = 'Not yet decided which region, data must stay in the EU';
    expect(parse('constraints', text)).toMatchObject({ state: 'partial', value: text });
  });

  it.each([
    ['nobody knows', 'unknown'],
    ['We are not sure yet', 'unknown'],
    ['Honestly, nobody knows', 'unknown'],
    ['unknown, because the old admin has left', 'unknown'],
    ['TBD, Anna is asking the security team', 'deferred'],
    ['to be confirmed by the network team', 'deferred'],
    ['see call notes from Monday', 'reference'],
    ['See the deck', 'reference'],
    ['see Salesforce', 'reference'],
    ['Details: see notes', 'reference'],
  ])('%j is %s', (text, state) => expect(parse('goals', text).state).toBe(state));
});
