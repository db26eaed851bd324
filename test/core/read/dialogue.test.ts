/** Call notes: who asks, who answers, and how a question sounds when it is spoken. */
import { describe, expect, it } from 'vitest';
import { findField } from '../../../src/core/read/match.ts';
import { policy, readAnswer, saidIn } from './given.ts';

describe('a spoken question is answered by the next speaker', () => {
  it.each([
    ['letters', 'Q: Which identity provider do you use?\nA: Okta'],
    ['numbered letters', 'Q1: Which identity provider do you use?\nA1: Okta'],
    ['names', 'Sam: Which identity provider do you use?\nInes: Okta'],
    ['names with the time', '[10:04] Sam: Which identity provider do you use?\n[10:05] Ines: Okta'],
    ['bold names', '**Sam:** Which identity provider do you use?\n**Ines:** Okta'],
    ['one line', 'Q: Which identity provider do you use? A: Okta'],
    ['an empty line between', 'Q: Which identity provider do you use?\n\nA: Okta'],
    ['a sentence before', 'Sam: Thanks. Which identity provider do you use?\nInes: Okta'],
    ['a quoted question', '> Which identity provider do you use at the moment?\n\nOkta'],
  ])('%s', (_, text) => {
    expect(readAnswer(`SCM source: Gitea\n\n${text}`, 'm_sso').value).toBe('okta');
  });

  it('and whoever speaks after that says something else', () => {
    const text =
      'Sam: How many repositories do you have?\nInes: 300\nSam: thanks, 17 people listen';
    expect(saidIn(text)).toEqual({ m_repos: '300' });
  });

  it('unless the line is a row of its own', () => {
    const text = 'Sam: How many repositories do you have?\nTier: Premium';
    expect(saidIn(text)).toMatchObject({ tier: 'Premium' });
  });
});

describe('a spoken question says what it asks', () => {
  it.each([
    ['What are you trying to achieve?', 'goals'],
    ['Any technical or organisational constraints?', 'constraints'],
    ['Which licence tier do you have right now?', 'tier'],
  ])('%s', (asked, field) => expect(findField(asked, policy)).toBe(field));
});

describe('a sentence that begins with a question and "is" answers it', () => {
  it.each([
    ['CRM stage is Tech Eval.', 'sales_stage', 3],
    ['The tier is Premium', 'tier', 'premium'],
    ['- SA is Dana Whitfield (@dwhitfield)', 'solutions_architect', 'dwhitfield'],
  ])('%s', (text, field, value) => expect(readAnswer(text, field).value).toBe(value));

  it.each(['Users are annoyed', 'Support is slow', 'Is the tier Premium?'])('not "%s"', (text) => {
    expect(saidIn(text)).toEqual({});
  });
});

describe('the head of a mail', () => {
  it('is no source and no destination', () => {
    expect(saidIn('From: Ines Krol\nTo: Account team\nSubject: scoping')).toEqual({});
  });

  it('but a system behind the same word is one', () => {
    expect(saidIn('- From: Subversion 1.14\n- To: GitLab.com')).toEqual({
      m_sources: 'Subversion 1.14',
      m_destination: 'GitLab.com',
    });
  });
});
