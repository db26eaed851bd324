/** Questions alone on a list item or line, and answers that go on, stand below or share a line. */
import { describe, expect, it } from 'vitest';
import { read, readAnswer, saidIn } from './given.ts';

const unplaced = (body: string): readonly string[] => read(body).unplaced.map(({ text }) => text);

describe('an answer nested below its question', () => {
  it('is read without a colon', () => {
    const body =
      '- Source SCM\n  - GitHub Enterprise Server\n- Total number of git repositories\n\n  - 44\n* SSO identity provider\n    * Okta\n';
    expect(saidIn(body)).toEqual({
      m_sources: 'GitHub Enterprise Server',
      m_repos: '44',
      m_sso: 'Okta',
    });
  });

  it('is read below a number', () => {
    const body = '1. Total number of git repositories\n   44\n2. Number of users to migrate\n310';
    expect(saidIn(body)).toEqual({ m_repos: '44', m_users: '310' });
  });

  it('may name other questions', () => {
    const body = '- **Data to migrate**:\n  - Issues\n  - Users\n    - with their permissions\n';
    expect(Object.keys(saidIn(body))).toEqual(['m_data_scope']);
  });

  it('is none where a word is only over a list', () => {
    expect(saidIn('- Team\n  - Anna\n  - Bo\n')).toEqual({});
  });

  it('is shown with its question when nobody knows that', () => {
    const body =
      '- Favourite colour\n  - mauve\n- Tier: Free\n\n1. Cafeteria hours\n   8 to 5\n- Bits\n  - Repos: 200\n';
    expect(unplaced(body)).toEqual(['Favourite colour: mauve', 'Cafeteria hours: 8 to 5']);
    expect(saidIn(body)).toMatchObject({ tier: 'Free', m_repos: '200' });
  });
});

describe('numbered questions', () => {
  it.each([
    ['Q1. How many git repositories?\nA1. 44'],
    ['Q1: Total number of git repositories\nA1: 44'],
    ['Some words before.\nQ7. Total number of git repositories\n44'],
    ['Question 1: Total number of git repositories\nAnswer: 44'],
    ['Frage 2: Total number of git repositories\nAntwort: 44'],
  ])('%j', (body) => expect(saidIn(body)).toEqual({ m_repos: '44' }));
});

describe('several answers on one line', () => {
  it.each([
    ['Users to migrate: 500, Repos: 200', { m_users: '500', m_repos: '200' }],
    ['Users to migrate: 500. Repos: 200', { m_users: '500', m_repos: '200' }],
    ['AE: @jdoe / SA: @msmith', { account_exec: '@jdoe', solutions_architect: '@msmith' }],
    ['Segment / Territory: Enterprise / EMEA', { segment: 'Enterprise', territory: 'EMEA' }],
  ])('%s', (body, said) => expect(saidIn(body)).toEqual(said));
});

describe('a heading inside an answer', () => {
  it('asks only what its text can answer', () => {
    const body = '## Constraints\n**Data**\nmust stay in the EU\n\n**Tier**\nPremium\n';
    expect(readAnswer(body, 'constraints').raw).toContain('must stay in the EU');
    expect(readAnswer(body, 'tier').value).toBe('premium');
  });
});
