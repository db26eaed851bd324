/**
 * What single answers mean: counts, sizes, versions, dates, yes and no, people, links and money.
 * Long, because it is one table of spellings for each kind of answer.
 */
import { describe, expect, it } from 'vitest';
import { parse, readAnswer } from './given.ts';

const GB = 1_000_000_000;

describe('a count', () => {
  it.each([
    ['1,234', 1234],
    ['1 234', 1234],
    ["1'234", 1234],
    ['1’234', 1234],
    ['1.234', 1234],
    ['1\u00a0234', 1234],
    ['1,234,567', 1_234_567],
    ['５００', 500],
    ['2k', 2000],
    ['2 k', 2000],
    ['2.5K', 2500],
    ['1.2 million', 1_200_000],
    ['2万', 20_000],
    ['**500**', 500],
    ['eight', 8],
    ['zwölf', 12],
    ['500件', 500],
    ['500 (2 archived)', 500],
    ['3 groups with 500 repos', 500],
    ['1 (12 GB)', 1],
  ])('%s is one number', (text, value) => {
    expect(parse('m_repos', text)).toEqual({ state: 'answered', value, min: value, max: value });
  });

  it.each([
    ['~500', { value: 500, min: 500, max: 500 }],
    ['ca. 500', { value: 500, min: 500, max: 500 }],
    ['約500', { value: 500, min: 500, max: 500 }],
    ['500+', { value: 500, min: 500 }],
    ['> 500', { value: 500, min: 500 }],
    ['at least 500', { value: 500, min: 500 }],
    ['<500', { value: 500, max: 500 }],
    ['up to 500', { value: 500, max: 500 }],
    ['300-400', { value: 400, min: 300, max: 400 }],
    ['300 – 400', { value: 400, min: 300, max: 400 }],
    ['300 to 400', { value: 400, min: 300, max: 400 }],
    ['between 300 and 400', { value: 400, min: 300, max: 400 }],
    ['1-2k', { value: 2000, min: 1000, max: 2000 }],
  ])('%s is approximate', (text, value) => {
    expect(parse('m_repos', text)).toEqual({ state: 'answered', approximate: true, ...value });
  });

  it.each([
    ['a few hundred', 300, 200, 500],
    ['several thousand', 5000, 3000, 9000],
    ['a handful', 5, 3, 9],
  ])('%s is a rough range', (text, value, min, max) => {
    const rough = { state: 'answered', value, min, max, approximate: true };
    expect(parse('m_repos', text)).toEqual(rough);
  });

  it.each([
    ['five hundred', 500],
    ['twenty-five', 25],
    ['two dozen', 24],
    ['half a dozen', 6],
    ['50 teams of 6', 300],
    ['2 instances, 300 each', 600],
    ['40 x 5', 200],
    ['100 developers + 20 testers', 120],
    ['500, 50% archived', 500],
    ['as of 2026: 500', 500],
    ['500 as of 12 March 2026', 500],
    ['in 2025 we had 400, now 500', 500],
    ['500, see attached list', 500],
    ['500 in phase 1', 500],
  ])('%s comes to %i', (text, value) => {
    expect(parse('m_users', text)).toMatchObject({ state: 'answered', value });
  });

  it('counts teams when teams are asked for', () => {
    expect(parse('teams_waves', '50 teams of 6').value).toBe(50);
  });

  it.each(['unknown, maybe 500', 'not sure, around 500', 'TBD, approx. 500', '500 (TBC)'])(
    '%s is a part of the answer',
    (text) => expect(parse('m_repos', text)).toMatchObject({ state: 'partial', value: 500 }),
  );

  it.each(['BB = 225; GL = TBD', 'BB: 225, GL: unknown', 'BB 225, GL ?'])(
    '%s lacks a source',
    (text) => {
      const breakdown = { bitbucket_dc: 225 };
      expect(parse('m_repos', text)).toMatchObject({ state: 'partial', value: 225, breakdown });
    },
  );

  it('lacks a source that another answer names', () => {
    const sources = '- Source SCM system(s): Bitbucket Server, GitLab self-managed\n';
    const told = (count: string) =>
      readAnswer(`${sources}- Total number of git repositories: ${count}`, 'm_repos').state;
    expect(told('BB = 225')).toBe('partial');
    expect(told('BB = 225, GHES = 10')).toBe('partial');
    expect(told('BB = 225, GL = 775')).toBe('answered');
    expect(told('BB N/A, GL = 3')).toBe('answered');
  });

  it('adds up ranges by system', () => {
    expect(parse('m_repos', 'BB 200-250, GL 700-800')).toMatchObject({
      value: 1050,
      min: 900,
      breakdown: { bitbucket_dc: 250, gitlab_sm: 800 },
    });
  });

  it('is partial as a range over more than factor three', () => {
    expect(parse('m_repos', '100-900')).toMatchObject({ state: 'partial', min: 100, max: 900 });
  });

  it.each([
    ['225 + 775', undefined],
    ['225+775 = 1000', undefined],
    ['BB = 225, GLSM = 775', { bitbucket_dc: 225, gitlab_sm: 775 }],
    ['225 (BB), 775 GL', { bitbucket_dc: 225, gitlab_sm: 775 }],
    ['BB: 225; GL: 775', { bitbucket_dc: 225, gitlab_sm: 775 }],
    ['GHES 225\nSVN 775', { github_server: 225, svn: 775 }],
    ['Bitbucket 225, GitLab 775', { bitbucket: 225, gitlab: 775 }],
    ['225 Bitbucket + 775 GitLab', { bitbucket: 225, gitlab: 775 }],
    ['225 in Bitbucket, 775 in GitLab', { bitbucket: 225, gitlab: 775 }],
    ['1000 (225 BB, 775 GL)', { bitbucket_dc: 225, gitlab_sm: 775 }],
    ['225 BB + 775 GL = 1000', { bitbucket_dc: 225, gitlab_sm: 775 }],
    ['Plant A: 225, Plant B: 775', { 'plant a': 225, 'plant b': 775 }],
  ])('%s adds up to 1000', (text, breakdown) => {
    expect(parse('m_repos', text)).toMatchObject({ state: 'answered', value: 1000 });
    expect(parse('m_repos', text).breakdown).toEqual(breakdown);
  });

  it('leaves a part out that does not apply', () => {
    expect(parse('m_repos', 'BB N/A, GL = 3')).toMatchObject({
      value: 3,
      breakdown: { gitlab_sm: 3 },
    });
  });

  it('takes GitLab for its CI where the question is about CI', () => {
    const { breakdown } = parse('m_ci_jobs', 'Jenkins 400, GitLab 50');
    expect(breakdown).toEqual({ jenkins: 400, gitlab_ci: 50 });
  });

  it.each([
    ['300 now, 950 next year'],
    ['currently 300, planned 950'],
    ['950 planned, 300 current'],
    ['300 → 950'],
    ['300 today → 950 in 2027'],
    ['300 jetzt, 950 später'],
    ['300, growing to 950'],
    ['300 (950 by 2027)'],
    ['300 today, 950 by end of 2027'],
    ['300 (+650 next year)'],
  ])('%s is now and later', (text) => {
    expect(parse('users_current', text)).toMatchObject({ value: 300, later: 950 });
    expect(parse('users_planned', text)).toMatchObject({ value: 950, later: 950 });
  });

  it('keeps to the figure of today when the other one has no time', () => {
    expect(parse('users_current', '950 (300 today)').value).toBe(300);
    expect(parse('users_planned', '950 (300 today)').value).toBe(950);
  });

  it.each([
    ['1,200 by Q3', '2027-09-30'],
    ['1,200 by 2027-03-01', '2027-03-01'],
    ['1,200 in 2027', '2027-12-31'],
    ['1,200 by end of 2027', '2027-12-31'],
  ])('%s has a date', (text, by) => {
    expect(parse('users_planned', text)).toMatchObject({ value: 1200, by });
  });

  it.each(['none', 'no', '0', 'nothing', 'keine', 'aucun', 'ninguno', 'なし', 'no repos'])(
    '%s is zero',
    (text) => expect(parse('m_repos', text)).toMatchObject({ state: 'answered', value: 0 }),
  );

  it.each(['yes', '50%', 'Q3', 'v2', '12 GB', '2027-01-01', 'many'])('%s is no count', (text) => {
    expect(parse('m_repos', text)).toMatchObject({ state: 'unanswered', invalid: true });
  });
});

describe('a size', () => {
  it.each([
    ['159MB', 0.159],
    ['40 gb', 40],
    ['40G', 40],
    ['1,5 TB', 1500],
    ['1.5 TB', 1500],
    ['.5 TB', 500],
    ['1.500 GB', 1500],
    ['2.125 TB', 2125],
    ['150 gigabytes', 150],
    ['1 Terabyte', 1000],
    ['500 Go', 500],
    ['８０ GB', 80],
    ['150 GB total, biggest 12', 150],
    ['biggest 12 GB, 150 GB total', 150],
    ['max 12 GB each, 240 GB overall', 240],
    ['150 GB (incl. 12 GB LFS)', 150],
    ['12 GB (largest), 150 GB', 150],
    ['120 + 40 GB', 160],
    ['100 GB git + 50 GB LFS', 150],
    ['500 repos x 100 MB', 50],
    ['150 GB each, 3 instances', 450],
    ['half a TB', 500],
  ])('%s', (text, inGB) => {
    expect(parse('m_total_size', text)).toMatchObject({ state: 'answered', value: inGB * GB });
  });

  it('of GiB is a power of 1024', () => {
    expect(parse('m_total_size', '40 GiB').value).toBe(40 * 1024 ** 3);
  });

  it.each([
    ['100-200 GB', 100, 200],
    ['100 to 200 GB', 100, 200],
    ['100 GB – 200 GB', 100, 200],
    ['between 100 and 200 GB', 100, 200],
  ])('%s is a range', (text, min, max) => {
    const range = { value: max * GB, min: min * GB, max: max * GB, approximate: true };
    expect(parse('m_total_size', text)).toMatchObject(range);
  });

  it('is rough in words, and partial as a wide range or as the largest only', () => {
    expect(parse('m_total_size', 'a few GB')).toMatchObject({ min: 2 * GB, max: 5 * GB });
    expect(parse('m_total_size', '100-900 GB').state).toBe('partial');
    expect(parse('m_total_size', 'largest 12 GB')).toMatchObject({ state: 'partial' });
    expect(parse('m_total_size', 'up to 2 TB').min).toBeUndefined();
  });

  it('has open ends', () => {
    expect(parse('m_total_size', '<1 TB')).toEqual({
      state: 'answered',
      value: 1000 * GB,
      max: 1000 * GB,
      approximate: true,
    });
    expect(parse('m_total_size', '40GB+').max).toBeUndefined();
  });

  it('is broken down by system', () => {
    expect(parse('m_total_size', 'BB 120 GB, GL = 40 GB')).toMatchObject({
      value: 160 * GB,
      breakdown: { bitbucket_dc: 120 * GB, gitlab_sm: 40 * GB },
    });
  });

  it('without a unit is ambiguous, and a word is none', () => {
    const choices = ['40 MB', '40 GB', '40 TB'];
    expect(parse('m_total_size', '40')).toMatchObject({ state: 'ambiguous', choices });
    expect(parse('m_total_size', 'small')).toMatchObject({ state: 'unanswered', invalid: true });
  });
});

describe('a version', () => {
  it.each([
    ['16.11', '16.11'],
    ['v16.11.2-ee', '16.11.2'],
    ['16.11.2-ee.0', '16.11.2'],
    ['17.4.6-ce.0', '17.4.6'],
    ['GitLab 17.5.1 EE', '17.5.1'],
    ['17', '17'],
    ['17.5 (upgrading to 18)', '17.5'],
    ['latest (18.5)', '18.5'],
    ['latest', 'latest'],
    ['N-1', 'N-1'],
    ['n-2', 'N-2'],
    ['current -1', 'N-1'],
    ['17.4 / 17.9', ['17.4', '17.9']],
    ['17.4 and 17.9', ['17.4', '17.9']],
    ['16.11 on Ubuntu 22.04', '16.11'],
    ['GitLab 16.11.2 EE, PostgreSQL 13.11', '16.11.2'],
    ['16,11', '16.11'],
    ['15.4 → 16.11', '15.4'],
    ['upgrading from 15.4 to 16.11', '15.4'],
    ['one version behind', 'N-1'],
    ['latest minus two', 'N-2'],
    ['SaaS', 'latest'],
    ['16.11 (2024-04-18)', '16.11'],
  ])('%s', (text, value) => {
    expect(parse('mg_version', text)).toEqual({ state: 'answered', value });
  });

  it('is the one that the question asks for', () => {
    expect(parse('mg_dest_version', '15.4 → 16.11').value).toBe('16.11');
    expect(parse('mg_db', 'GitLab 16.11, PostgreSQL 13.11').value).toBe('13.11');
    expect(parse('mg_db', 'bundled with Omnibus').value).toBe('bundled');
  });

  it('is partial with an x, ambiguous as "current", invalid without a number', () => {
    expect(parse('mg_version', '16.x')).toMatchObject({ state: 'partial', value: '16.x' });
    expect(parse('mg_version', 'current').state).toBe('ambiguous');
    expect(parse('mg_version', 'the old one').invalid).toBe(true);
  });
});

describe('a date, written on 23 November 2026', () => {
  it.each([
    ['2027-03-12', '2027-03-12'],
    ['2027/03/12', '2027-03-12'],
    ['12 Mar 2027', '2027-03-12'],
    ['March 12, 2027', '2027-03-12'],
    ['12th March', '2027-03-12'],
    ['12. März 2027', '2027-03-12'],
    ['12 mars 2027', '2027-03-12'],
    ['2027年3月12日', '2027-03-12'],
    ['12.03.2027', '2027-03-12'],
    ['12.03.', '2027-03-12'],
    ['13/04/2026', '2026-04-13'],
    ['04/13/2026', '2026-04-13'],
    ['04/04/2027', '2027-04-04'],
    ['Nov 23', '2026-11-23'],
    ['Nov 22', '2027-11-22'],
    ['next Monday', '2026-11-30'],
    ['in two weeks', '2026-12-07'],
  ])('%s is a day', (text, value) => {
    expect(parse('target_start', text)).toEqual({
      state: 'answered',
      value,
      min: value,
      max: value,
    });
  });

  it.each([
    ['Q3', '2027-07-01', '2027-09-30'],
    ['Q4', '2026-10-01', '2026-12-31'],
    ['Q1 27', '2027-01-01', '2027-03-31'],
    ['FY27 Q2', '2026-05-01', '2026-07-31'],
    ['FY27Q2', '2026-05-01', '2026-07-31'],
    ['Q2 FY2027', '2026-05-01', '2026-07-31'],
    ['FY28', '2027-02-01', '2028-01-31'],
    ['H2 2027', '2027-07-01', '2027-12-31'],
    ['May', '2027-05-01', '2027-05-31'],
    ['mid May', '2027-05-10', '2027-05-20'],
    ['end of March', '2027-03-20', '2027-03-31'],
    ['2027-03', '2027-03-01', '2027-03-31'],
    ['03/2027', '2027-03-01', '2027-03-31'],
    ['2027年3月', '2027-03-01', '2027-03-31'],
    ['2027', '2027-01-01', '2027-12-31'],
    ['next quarter', '2027-01-01', '2027-03-31'],
    ['early next year', '2027-01-01', '2027-04-30'],
    ['end of Q1', '2027-03-01', '2027-03-31'],
    ['mid 2027', '2027-05-01', '2027-08-31'],
    ['first half of 2027', '2027-01-01', '2027-06-30'],
    ["Q3'27", '2027-07-01', '2027-09-30'],
    ['1Q27', '2027-01-01', '2027-03-31'],
    ['KW 12', '2027-03-22', '2027-03-28'],
    ['KW 12/2027', '2027-03-22', '2027-03-28'],
    ['2027-W12', '2027-03-22', '2027-03-28'],
    ['calendar week 12', '2027-03-22', '2027-03-28'],
    ['between March and May', '2027-03-01', '2027-05-31'],
    ['March - May 2027', '2027-03-01', '2027-05-31'],
    ['Mar/Apr', '2027-03-01', '2027-04-30'],
    ['Q1 or Q2', '2027-01-01', '2027-06-30'],
    ["May '27", '2027-05-01', '2027-05-31'],
    ['next month', '2026-12-01', '2026-12-31'],
    ['3月上旬', '2027-03-01', '2027-03-10'],
    ['EOY', '2026-12-31', '2026-12-31'],
  ])('%s is a span', (text, min, max) => {
    const span = { state: 'answered', value: max, min, max, approximate: true };
    expect(parse('target_start', text)).toEqual(span);
  });

  it('knows before from after', () => {
    expect(parse('target_start', 'before March')).toEqual({
      state: 'answered',
      value: '2027-02-28',
      max: '2027-02-28',
      approximate: true,
    });
    expect(parse('target_start', 'not before March')).toMatchObject({ min: '2027-03-01' });
    expect(parse('target_start', 'after March')).toMatchObject({ min: '2027-04-01' });
  });

  it('takes the end of a span that the question asks for', () => {
    const text = '15 Jan 2027 - 30 Mar 2027';
    expect(parse('target_start', text).value).toBe('2027-01-15');
    expect(parse('target_end', text).value).toBe('2027-03-30');
  });

  it('cannot count from a day that nobody knows', () => {
    expect(parse('target_start', '6 weeks after signature').invalid).toBe(true);
  });

  it('is partial while it is still to be confirmed', () => {
    expect(parse('target_start', 'Q1 tbd')).toMatchObject({ state: 'partial', max: '2027-03-31' });
  });

  it.each([
    ['03/04/2026', ['2026-04-03', '2026-03-04']],
    ['12/03', ['2027-03-12', '2026-12-03']],
  ])('%s is ambiguous', (text, choices) => {
    expect(parse('target_start', text)).toMatchObject({ state: 'ambiguous', choices });
  });

  it.each(['ASAP', 'soon', 'flexible', 'so bald wie möglich', '至急', '2027-02-30', '31.02.2027'])(
    '%s is no date',
    (text) => {
      expect(parse('target_start', text)).toMatchObject({ state: 'unanswered', invalid: true });
    },
  );
});

describe('yes or no', () => {
  it.each(['yes', 'Y', 'ja', 'oui', 'sí', 'はい', '✅', '✔️', '👍', 'x', '[x]', 'Yep', 'true'])(
    '%s is yes',
    (text) => expect(parse('m_lfs', text)).toEqual({ state: 'answered', value: true }),
  );

  it.each([
    'no',
    'N',
    'nein',
    'non',
    'no, gracias',
    'いいえ',
    '❌',
    ':x:',
    '👎',
    'none',
    '0',
    'No LFS',
  ])('%s is no', (text) => {
    expect(parse('m_lfs', text)).toEqual({ state: 'answered', value: false });
  });

  it.each([
    ['we use LFS', true],
    ['LFS is not used', false],
    ["they don't use it", false],
    ['in three repositories', true],
    ['certainly not', false],
    ['disabled', false],
  ])('%s says it in other words', (text, value) => {
    expect(parse('m_lfs', text)).toEqual({ state: 'answered', value });
  });

  it('knows what the words mean to the question', () => {
    expect(parse('existing_customer', 'new customer').value).toBe(false);
    expect(parse('existing_customer', 'paying since 2020').value).toBe(true);
    expect(parse('m_email_match', 'same').value).toBe(true);
    expect(parse('po_required', 'required').value).toBe(true);
  });

  it('may come with a size', () => {
    const sized = { state: 'answered', value: true, bytes: 40 * GB };
    expect(parse('m_lfs', 'yes, 40 GB')).toEqual(sized);
    expect(parse('m_lfs', '40 GB')).toEqual(sized);
  });

  it.each([
    ['partly', true],
    ['some repos', true],
    ['yes and no', true],
    ['teilweise', true],
    ['not yet', false],
    ['planned', false],
    ['probably', true],
    ['probably not', false],
    ['mostly', true],
  ])('%s is in between', (text, value) => {
    expect(parse('m_lfs', text)).toMatchObject({ state: 'partial', value });
  });

  it.each(['maybe', 'we like it'])('%s is ambiguous', (text) => {
    expect(parse('m_lfs', text)).toMatchObject({ state: 'ambiguous', choices: ['yes', 'no'] });
  });

  it.each(['yes/no', 'y/n', 'Ja / Nein', '[ ]', '[ ] yes [ ] no'])('%s chooses nothing', (text) => {
    expect(parse('m_lfs', text).state).toBe('unanswered');
  });

  it.each([
    ['[x] yes [ ] no', true],
    ['[ ] yes<br>[X] no', false],
    ['- [ ] yes\n- [x] no', false],
  ])('%s chooses one', (text, value) => {
    expect(parse('m_lfs', text)).toMatchObject({ state: 'answered', value });
  });
});

describe('a person, a link, an amount', () => {
  it.each([
    ['@omar', 'omar'],
    ['`@omar`', 'omar'],
    ['Omar H. (@omar.h)', 'omar.h'],
    ['omar.haddad', 'omar.haddad'],
    ['https://gitlab.com/omar', 'omar'],
    ['[@omar](https://gitlab.com/omar)', 'omar'],
  ])('%s is found by handle', (text, value) => {
    expect(parse('solutions_architect', text)).toEqual({ state: 'answered', value });
  });

  it('may have a name that says something', () => {
    expect(parse('csm', '@nobody-knows')).toEqual({ state: 'answered', value: 'nobody-knows' });
    expect(parse('csm', 'nobody knows').state).toBe('unknown');
  });

  it.each(['yes', 'me', '@all'])('is nobody in particular as %s', (text) => {
    expect(parse('csm', text)).toMatchObject({ state: 'unanswered', invalid: true });
  });

  it('by name only is partial, and nobody is nobody', () => {
    const named = { state: 'partial', value: 'Omar Haddad' };
    expect(parse('solutions_architect', 'Omar Haddad')).toMatchObject(named);
    expect(parse('csm', 'no CSM assigned').state).toBe('none');
  });

  it.each([
    ['https://x.example/1', 'https://x.example/1'],
    ['<https://x.example/1>', 'https://x.example/1'],
    ['`https://x.example/1`', 'https://x.example/1'],
    ['[the deal](https://x.example/1).', 'https://x.example/1'],
  ])('%s is a link', (text, value) => {
    expect(parse('opportunity_url', text)).toEqual({ state: 'answered', value });
  });

  it('is asked for the link when it says only yes', () => {
    expect(parse('opportunity_url', 'yes').invalid).toBe(true);
    expect(parse('opportunity_url', 'see Salesforce').state).toBe('reference');
  });

  it.each([
    ['$50,000', 50_000, 50_000],
    ['50-60k', 50_000, 60_000],
    ['EUR 50.000', 50_000, 50_000],
  ])('%s is money', (text, min, max) => {
    expect(parse('budget_indication', text)).toMatchObject({ value: min, min, max });
  });

  it.each([
    '48.000 € zzgl. Reisekosten',
    '48 000 € hors frais',
    '48k + T&E',
    '48,000 USD incl. 5,000 travel',
    '48,000 USD plus 10% travel',
    '48,000 USD for 24 days',
    '48k, of which 20k this year',
    '48,000 USD (valid until 31 March 2027)',
    '20k + 28k = 48k',
    '20k for phase 1 + 28k for phase 2',
    '48k = 28k + 20k',
    'Total 48k: 28k migration, 20k training',
    '24 days x 2,000 USD = 48,000 USD',
    '48,000 USD (excl. travel), travel 60% extra',
    '48 000,00 €',
    'EUR 48 000, plus travel',
    'EUR 48 000.',
    '48.000 € zzgl. 19 % MwSt.',
    '48.000 € zzgl. 9.120 € MwSt.',
    '48 TEUR',
    '48 T€',
    '48kEUR',
    '48 Tsd. EUR',
    'USD48,000',
    "CHF48'000",
    '4.8万円',
    'Quote from 12 March: 48,000 USD',
    '42,000 USD (excl. travel) plus 6,000 USD contingency',
  ])('%s is an amount of 48,000 and nothing else', (text) => {
    const read = parse('estimate_total', text);
    expect(read).toEqual({ state: 'answered', value: 48_000, min: 48_000, max: 48_000 });
  });

  it.each([
    ['Total 45k to 60k', 45_000, 60_000],
    ['Gesamt: 45.000 bis 60.000 EUR', 45_000, 60_000],
    ['45k to 60k in total', 45_000, 60_000],
    ['45 to 60k', 45_000, 60_000],
    ['between 45 and 60k', 45_000, 60_000],
    ['45 bis 60 Tsd. €', 45_000, 60_000],
    ['de 45k à 60k €', 45_000, 60_000],
  ])('%s is a range: its upper end counts for the gate', (text, min, max) => {
    const read = parse('estimate_total', text);
    expect(read).toMatchObject({ state: 'answered', value: min, min, max });
  });

  it.each([
    '48,000 USD plus 5,000 travel',
    'EUR 48k + 5k expenses',
    '48.000 € zzgl. 5.000 € Reisekosten',
    'travel 5k, services 48k',
    '48k (travel 5k on top)',
  ])('%s is 48,000, and 53,000 for whoever has to look at large amounts', (text) => {
    const read = parse('estimate_total', text);
    expect(read).toEqual({ state: 'answered', value: 48_000, min: 48_000, max: 53_000 });
  });

  it.each([
    ['fifty thousand', 50_000],
    ['around eighty thousand EUR', 80_000],
    ['fünfzig tausend Euro', 50_000],
  ])('%s is an amount', (text, value) => {
    expect(parse('estimate_total', text)).toMatchObject({ state: 'answered', value });
  });

  it.each(['as in the last quote', 'two options', 'no fixed budget; the sponsor approves'])(
    '%s stays as it is written',
    (text) => {
      expect(parse('budget_indication', text)).toEqual({ state: 'answered', value: text });
    },
  );

  it.each(['ab 48.000 €', 'from 48k', 'starting at 48k USD', '48k or more'])(
    '%s has no upper end',
    (text) => {
      const read = parse('estimate_total', text);
      expect(read).toMatchObject({ state: 'answered', value: 48_000, min: 48_000 });
      expect(read.max).toBeUndefined();
    },
  );

  it.each([
    ['48k EUR / 52k USD', 'several currencies'],
    ['75', 'Is that 75, or 75 thousand?'],
    ['75-80', 'Is that 75-80, or 75-80 thousand?'],
    ['48k, 52k', 'several amounts'],
    ['2,000 USD a day', 'so much for each'],
    ['24 days at 2,000 USD per day', 'so much for each'],
    ['2,000 USD/day', 'so much for each'],
    ['200 €/h', 'so much for each'],
    ['2.400 € pro Personentag', 'so much for each'],
    ['2,500 per man-day', 'so much for each'],
    ['2,000 to 2,500 USD per day', 'so much for each'],
    ['30 PT à 2.500 €', 'so much for each'],
    ['3 x 20k', 'so much for each'],
    ['48k per phase, 2 phases', 'so much for each'],
    ['20k each for 3 sites', 'so much for each'],
    ['Total: 48k EUR / 62k USD', 'several currencies'],
    ['52,000 USD (= 48,000 EUR)', 'several currencies'],
    ['48,000 EUR (1 EUR = 1.08 USD)', 'several currencies'],
    ['Phase 1: 30k total, phase 2: 28k total', 'several amounts'],
    ['75,000 USD incl. travel, 30,000 USD due at signature', 'several amounts'],
    ['75.000 EUR (zzgl. MwSt.), Anzahlung 20.000 EUR', 'several amounts'],
    ['54.000 EUR inkl. Reisekosten (48.000 EUR + 6.000 EUR)', 'several amounts'],
    ['75,000 USD incl. travel, or 48,000 USD remote', 'several amounts'],
    ['48k without travel, 53k with', 'several amounts'],
    ['48k ohne Reise, 53k mit', 'several amounts'],
    ['Options: 48k and 52k', 'several amounts'],
  ])('%s is no amount yet: which one it is gets asked', (text, remark) => {
    const read = parse('estimate_total', text);
    expect(read).toMatchObject({ state: 'ambiguous', value: null });
    expect(read.remark).toContain(remark);
  });

  it('keeps the items of a list, commas in parentheses included', () => {
    const text = '- Jira (cloud, 2 sites)\n- Slack, Teams';
    expect(parse('integrations', text).value).toEqual(['Jira (cloud, 2 sites)', 'Slack', 'Teams']);
    expect(parse('integrations', 'yes').invalid).toBe(true);
  });
});
