/** How answers read for people. */
import { describe, expect, test } from 'vitest';
import type { ParsedValue } from '../../../src/core/model.ts';
import { isInternal, writeNumber, writeSize, writeValue } from '../../../src/core/say/value.ts';
import { asMarkdown, asPlain } from '../../../src/core/say/words.ts';
import { answer, answers, policy } from './build.ts';

type Case = [
  string,
  {
    type:
      | 'count'
      | 'size'
      | 'money'
      | 'date'
      | 'enum'
      | 'multi'
      | 'yes_no'
      | 'version'
      | 'user'
      | 'url'
      | 'text'
      | 'list';
    vocabulary?: string;
  },
  Partial<ParsedValue>,
  string,
];

const cases: readonly Case[] = [
  ['a count', { type: 'count' }, { value: 1200, min: 1200, max: 1200 }, '1,200'],
  ['an approximate count', { type: 'count' }, { value: 1200, approximate: true }, 'about 1,200'],
  ['a range', { type: 'count' }, { value: 350, min: 300, max: 400 }, '300 to 400'],
  ['an open end', { type: 'count' }, { value: 12, min: 12 }, '12 or more'],
  ['an upper bound', { type: 'count' }, { value: 50, max: 50 }, 'up to 50'],
  [
    'a count with a date',
    { type: 'count' },
    { value: 1200, by: '2027-09-30' },
    '1,200 by 2027-09-30',
  ],
  ['growth', { type: 'count' }, { value: 300, later: 950 }, '300 now, 950 later'],
  [
    'growth with a date',
    { type: 'count' },
    { value: 300, later: 950, by: '2027-12-31' },
    '300 now, 950 by 2027-12-31',
  ],
  [
    'a sum by source',
    { type: 'count' },
    { value: 1000, breakdown: { bitbucket_dc: 225, 'old *box*': 775 } },
    '1,000 (Bitbucket Data Center 225, `old *box*` 775)',
  ],
  ['a size', { type: 'size' }, { value: 96e9 }, '96 GB'],
  [
    'a size range',
    { type: 'size' },
    { value: 1e12, min: 1e12, max: 1.5e12, approximate: true },
    'about 1 TB to 1.5 TB',
  ],
  ['money', { type: 'money' }, { value: 50000 }, '50,000'],
  [
    'a date',
    { type: 'date' },
    { value: '2027-03-12', min: '2027-03-12', max: '2027-03-12' },
    '2027-03-12',
  ],
  [
    'a quarter',
    { type: 'date' },
    { value: '2027-07-01', min: '2027-07-01', max: '2027-09-30', approximate: true },
    'between 2027-07-01 and 2027-09-30',
  ],
  [
    'an approximate date',
    { type: 'date' },
    { value: '2027-03-12', approximate: true },
    'about 2027-03-12',
  ],
  ['yes', { type: 'yes_no' }, { value: true }, 'yes'],
  ['no', { type: 'yes_no' }, { value: false }, 'no'],
  ['yes with a size', { type: 'yes_no' }, { value: true, bytes: 40e9 }, 'yes, 40 GB'],
  ['a known choice', { type: 'enum', vocabulary: 'deploy' }, { value: 'gitlab_com' }, 'GitLab.com'],
  [
    'a choice nobody knows',
    { type: 'enum', vocabulary: 'deploy' },
    { value: 'mars @all' },
    '`mars @all`',
  ],
  [
    'a numbered choice',
    { type: 'enum', vocabulary: 'crm_stage' },
    { value: 3 },
    '3, Technical Evaluation',
  ],
  ['a number without title', { type: 'enum', vocabulary: 'crm_stage' }, { value: 9 }, '9'],
  [
    'several choices',
    { type: 'multi', vocabulary: 'scm' },
    { value: ['github_cloud', 'gitlab_sm', 'cvs'] },
    'GitHub.com, GitLab self-managed and `cvs`',
  ],
  ['a list', { type: 'list' }, { value: ['Jira', '/close'] }, '`Jira` and `/close`'],
  ['an empty list', { type: 'list' }, { value: [] }, 'none'],
  [
    'a long list',
    { type: 'list' },
    { value: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'] },
    '`a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`, `j` and 2 more',
  ],
  ['a version', { type: 'version' }, { value: '16.8.2' }, '16.8.2'],
  ['versions', { type: 'version' }, { value: ['17.4', '17.9'] }, '17.4 and 17.9'],
  ['a user', { type: 'user' }, { value: 'anna' }, '`@anna`'],
  [
    'text',
    { type: 'text' },
    { value: 'one platform | by December' },
    '`one platform ¦ by December`',
  ],
  ['none', { type: 'multi', vocabulary: 'scm' }, { state: 'none', value: [] }, 'none'],
  ['not applicable', { type: 'count' }, { state: 'not_applicable', value: null }, 'does not apply'],
];

describe('a value in words', () => {
  test.each(cases)('%s', (_, { type, vocabulary = null }, over, shown) => {
    const given: ParsedValue = { state: 'answered', value: null, ...over };
    expect(asMarkdown(writeValue(given, { type, vocabulary }, policy))).toBe(shown);
  });

  test('on a terminal people’s words stand in quotes, without terminal codes', () => {
    const given: ParsedValue = { state: 'answered', value: ['Jira', 'a\u001b[31mb'] };
    const words = writeValue(given, { type: 'list', vocabulary: null }, policy);
    expect(asPlain(words)).toBe('“Jira” and “a[31mb”');
  });

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [159e6, '159 MB'],
    [999.6e6, '1,000 MB'],
    [12_345_678_901, '12.3 GB'],
    [2.5e15, '2.5 PB'],
    [3e18, '3,000 PB'],
  ])('%d bytes read %s', (bytes, shown) => {
    expect(writeSize(bytes)).toBe(shown);
  });

  test('numbers carry commas', () => {
    expect([writeNumber(1234567), writeNumber(12n), writeNumber(0.5)]).toEqual([
      '1,234,567',
      '12',
      '0.5',
    ]);
  });
});

describe('an answer from an internal note', () => {
  const note = { id: 1, author: 'anna', internal: true };
  const given = answers(
    answer('m_sources', 'x', { where: { kind: 'command', line: 1, note } }),
    answer('scm_replaced', 'x', { where: { kind: 'implied', from: 'm_sources' } }),
    answer('m_users', 'x', { where: { kind: 'implied', from: 'm_users' } }),
    answer('m_repos', 'x', {
      statements: [{ raw: '1', where: { kind: 'comment', line: 1, note } }],
    }),
    answer('goals', 'x'),
  );

  test.each([
    ['m_sources', true],
    ['scm_replaced', true],
    ['m_repos', true],
    ['m_users', false],
    ['goals', false],
    ['nothing_read', false],
  ])('%s: %s', (field, expected) => {
    expect(isInternal(field, given)).toBe(expected);
  });
});
