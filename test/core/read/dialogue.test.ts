/** Call notes: who asks, who answers, and how a question sounds when it is spoken. */
import { describe, expect, it } from 'vitest';
import { findField } from '../../../src/core/read/match.ts';
import { parse, policy, readAnswer, saidIn } from './given.ts';

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

describe('prose', () => {
  it('names several people in one sentence', () => {
    const text = 'Hi, CSM is @nadia.roy, AE is @tom.ek. Thanks!';
    expect(readAnswer(text, 'csm').value).toBe('nadia.roy');
    expect(readAnswer(text, 'account_exec').value).toBe('tom.ek');
  });

  it('names a person right behind the role', () => {
    expect(saidIn('AE @marco.s')).toEqual({ account_exec: '@marco.s' });
  });

  it('says where from and where to, when no row does', () => {
    const text = 'They want to migrate from GitLab CE to GitLab Dedicated.';
    expect(readAnswer(text, 'm_sources').value).toEqual(['gitlab_sm']);
    expect(readAnswer(text, 'm_destination').value).toBe('dedicated');
    expect(readAnswer(`${text}\n\nSource SCM: Gitea`, 'm_sources').value).toEqual(['gitea']);
  });
});

describe('figures of two kinds', () => {
  it('in one answer give today and later, whichever was asked', () => {
    const planned = 'Users at full roll-out: 700 now, 2,500 in 2028';
    expect(readAnswer(planned, 'users_planned').value).toBe(2500);
    expect(readAnswer(planned, 'users_current').value).toBe(700);
    const today = 'Current users: 1,850, 2,600 in 12 months';
    expect(readAnswer(today, 'users_current').value).toBe(1850);
    expect(readAnswer(today, 'users_planned').value).toBe(2600);
  });

  it('the largest repository is not the total', () => {
    const table = '| Question | Answer |\n|--|--|\n| Total size | 2 TB |\n| Largest repo | 40 GB |';
    expect(readAnswer(table, 'm_total_size')).toMatchObject({ state: 'answered', value: 2e12 });
    expect(readAnswer('Largest repo: 40 GB', 'm_total_size').state).toBe('partial');
  });
});

describe('words that leave something open', () => {
  it.each([
    ['m_sso', 'Okta or Entra, not decided', 'ambiguous'],
    ['m_sso', 'Okta, was Entra', 'answered'],
    ['pain_points', "we'll take that in the next call", 'deferred'],
    ['target_end', '未定', 'deferred'],
    ['budget_indication', 'no sé', 'unknown'],
  ])('%s: %s is %s', (field, text, state) => expect(parse(field, text).state).toBe(state));

  it('a registry that stays is none that is replaced', () => {
    expect(saidIn('Registry: Nexus stays')).toEqual({ registry_replaced: 'Nexus stays' });
    expect(readAnswer('Registry: Nexus stays', 'registry_replaced').state).toBe('none');
  });

  it('a quarter has another letter in French', () => {
    expect(parse('target_start', 'T2 2027')).toMatchObject({
      min: '2027-04-01',
      max: '2027-06-30',
    });
  });

  it('a rough sum of money is rough', () => {
    expect(parse('budget_indication', 'around 45k EUR')).toMatchObject({
      value: 45_000,
      approximate: true,
    });
  });
});

describe('a row whose words two groups share', () => {
  it('belongs to those right above and below', () => {
    const rows = [
      'Tier: Premium',
      'Goals: x',
      'Segment: SMB',
      'Planned users: 5',
      'Air-gapped: no',
    ];
    const text = [...rows, 'Proxy: no', 'Kubernetes: no', 'Operating system: RHEL 9'].join('\n');
    expect(saidIn(text)).toMatchObject({ i_k8s: 'no' });
  });
});
