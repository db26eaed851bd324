/** Shapes that people bring in: copied forms, mixed lines, tables without the usual columns, rough and exact figures. */
import { describe, expect, it } from 'vitest';
import { parse, read, readAnswer, saidIn } from './given.ts';

describe('where an answer stands', () => {
  it.each([
    ['a list below a key', 'Pain points:\n- slow builds\n- old server\n\nTier: Premium'],
    ['a list after an empty line', 'Pain points:\n\n- slow builds\n- old server'],
    ['lines that go on below', 'Pain points: slow builds\nand an old server\n\nTier: Premium'],
    [
      'a row that goes on',
      '| Question | Answer |\n|--|--|\n| Pain points | slow builds |\n| | old server |',
    ],
  ])('is found as %s', (_, text) => {
    const { raw } = readAnswer(text, 'pain_points');
    expect(raw).toContain('slow builds');
    expect(raw).toContain('old server');
  });

  it.each([
    ['one label over two answers', '- **Segment / Territory**: SMB / EMEA'],
    ['one answer to two questions', 'Segment / Territory: SMB EMEA'],
    ['several keys on a line', 'Segment: SMB, Territory: EMEA, Tier: Premium'],
    ['bold keys side by side', '**Segment**: SMB **Territory**: EMEA'],
    ['labels on lines of their own', 'Segment\nSMB\n\nTerritory\nEMEA'],
    ['questions as the heading row', '| Segment | Territory |\n|--|--|\n| SMB | EMEA |'],
  ])('is found for each question: %s', (_, text) => {
    const { answers } = read(text);
    expect(answers.get('segment')?.value).toBe('smb');
    expect(answers.get('territory')?.value).toBe('emea');
  });

  it('is never the example, also when the table has no column for answers', () => {
    const table = '| Question | Example | Why |\n|--|--|--|\n| Tier | Premium | x |';
    expect(readAnswer(table, 'tier').state).toBe('unanswered');
  });

  it('is the column under a strange heading when no column is called answer', () => {
    const table = '| Question | Acme | Example |\n|--|--|--|\n| Tier | Premium | Free |';
    expect(saidIn(table)).toEqual({ tier: 'Premium' });
  });

  it('is not cut out of a sentence of prose', () => {
    const text = 'Pain points: builds are slow, Tier: Free is not enough';
    expect(Object.keys(saidIn(text))).toEqual(['pain_points']);
  });
});

describe('two statements on one question', () => {
  it.each([
    ['m_users', 'Total number of users: ~700\nUsers to migrate: 712', 712],
    ['target_start', 'Target start date: Q2 2027\nTarget start: 2027-05-03', '2027-05-03'],
    ['mg_version', 'Source gitlab version: 16.11\nSource gitlab version: 16.11.2', '16.11.2'],
  ])('agree when one is the rough form of the other: %s', (field, text, value) => {
    expect(readAnswer(text, field)).toMatchObject({ state: 'answered', value });
  });

  it('agree when the second says which of several is meant', () => {
    const text =
      'SCM being replaced: GitHub Enterprise\nSCM tools being replaced: GitHub Enterprise Server';
    expect(readAnswer(text, 'scm_replaced')).toMatchObject({
      state: 'answered',
      value: ['github_server'],
    });
  });

  it('disagree when one says none and the other names a tool', () => {
    const text = 'CI/CD system(s): none\n\n- **CI/CD system(s)**: Jenkins';
    expect(readAnswer(text, 'm_ci_system').state).toBe('contradictory');
  });
});

describe('words that sound like "not yet"', () => {
  it.each([
    ['waiting for reviewers takes days'],
    ['Unknown ownership of repos'],
    ['attached storage is slow'],
  ])('begin an answer in prose: %s', (text) => {
    expect(parse('pain_points', text).state).toBe('answered');
  });

  it.each([['will ask Anna'], ['TBD - customer to confirm by Friday'], ['waiting on customer']])(
    'say so in prose when they stand apart: %s',
    (text) => {
      expect(parse('pain_points', text).state).toBe('deferred');
    },
  );

  it('leave standing what is known already', () => {
    expect(parse('m_users', '400, tbc')).toMatchObject({ state: 'partial', value: 400 });
    expect(parse('m_ci_system', 'Jenkins, TBD rest')).toMatchObject({ value: ['jenkins'] });
  });
});

describe('an example that a person typed over', () => {
  const head = '| Question | Customer response | Example response |\n|--|--|--|\n';
  it('is offered beside a "to-do" when the table is the template', () => {
    const table = `${head}| Total number of Users | to-do | 912 |\n| Typical registry size | to-do | 159MB |\n| SSO Identity Provider | to-do | Auth0 |`;
    expect([...read(table).typedUnderExample]).toEqual([['m_users', '912']]);
  });
});
