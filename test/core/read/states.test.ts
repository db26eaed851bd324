/** The states of an answer that is not simply one (`domain.md` §8.5). */
import { describe, expect, it } from 'vitest';
import { parse } from './given.ts';

const fields = ['users_current', 'goals', 'm_sources', 'target_start', 'm_total_size'];

function statesOf(text: string): string[] {
  return [...new Set(fields.map((field) => parse(field, text).state))];
}

describe('whatever the question', () => {
  it.each([
    ...['', '   ', 'to-do', 'todo', 'TODO.', '-', '—', '–––', '--------------', '…', '?', '???'],
    ...[
      '.',
      '~',
      '_No response_',
      '*No response*',
      '[add the number here]',
      '<customer>',
      '{name}',
    ],
    ...['ADD_NAME_HERE', '<!-- only a comment -->', '&nbsp;', '<br>', '**', '``', 'no answer'],
  ])('%j is unanswered', (text) => {
    expect(statesOf(text.replace(/<!--.*-->/u, ''))).toEqual(['unanswered']);
  });

  it.each([
    ...['TBD', 'tbd.', '**TBD**', 'TBC', 'TBA', 'to be confirmed', 'Will ask', 'pending', '⏳'],
    ...['waiting on customer', 'on the call', 'wird nachgereicht', 'à confirmer', 'por confirmar'],
    ...['確認中', 'TBD by Friday @anna', 'TBD, likely more'],
  ])('%j is deferred', (text) => expect(statesOf(text)).toEqual(['deferred']));

  it.each([
    ...['unknown', 'Not sure', "don't know", 'don’t know', 'NK', 'n/k', 'no idea', '不明'],
    ...['not yet known', 'not decided yet', 'keine Ahnung', 'Unknown - need to ask'],
  ])('%j is unknown', (text) => expect(statesOf(text)).toEqual(['unknown']));

  it.each([
    ...['see call notes', 'see above', 'as discussed', 'attached', '#123', 'group/project#12'],
    ...['https://docs.example/x', '[doc](https://x.example)', '![shot](/uploads/1/a.png)'],
    ...['same as above', 'see epic &12', 'siehe oben'],
  ])('%j points elsewhere', (text) => expect(statesOf(text)).toEqual(['reference']));
});

describe('not applicable', () => {
  it.each([
    'N/A',
    'NA',
    'n.a.',
    'n / a',
    'not applicable',
    '[~]',
    'N/A - AWS',
    'N/A (AWS)',
    '該当なし',
  ])('%s is not applicable to a number or a text', (text) => {
    expect(parse('m_repos', text).state).toBe('not_applicable');
    expect(parse('m_cutover', text).state).toBe('not_applicable');
  });

  it('means none where the vocabulary has a word for that', () => {
    expect(parse('m_sources', 'N/A')).toEqual({ state: 'none', value: [] });
    expect(parse('m_sso', 'n/a')).toEqual({ state: 'none', value: null });
    expect(parse('tier', 'n/a').state).toBe('not_applicable');
  });
});

describe('none', () => {
  it.each([
    ['m_lfs', { state: 'answered', value: false }],
    ['m_repos', { state: 'answered', value: 0 }],
    ['m_total_size', { state: 'answered', value: 0 }],
    ['m_sources', { state: 'none', value: [] }],
    ['integrations', { state: 'none', value: [] }],
    ['goals', { state: 'none', value: null }],
    ['solutions_architect', { state: 'none', value: null }],
  ])('is an answer to %s', (field, expected) => {
    for (const text of ['none', 'no', '0', 'nothing', 'None.', '(none)']) {
      expect(parse(field, text)).toEqual(expected);
    }
  });

  it('is not heard in a sentence of prose', () => {
    expect(parse('goals', 'No more manual releases').state).toBe('answered');
    expect(parse('goals', 'Nothing should break').state).toBe('answered');
  });
});

describe('a plain yes', () => {
  it('does not answer a question in prose, unless that asks whether', () => {
    expect(parse('goals', 'yes')).toMatchObject({ state: 'unanswered', invalid: true });
    expect(parse('m_network', 'yes')).toEqual({ state: 'answered', value: 'yes' });
    expect(parse('integrations', 'yes: Jira').value).toEqual(['Jira']);
  });
});

describe('prose with a loose end', () => {
  it('is a part of the answer', () => {
    expect(parse('goals', 'Replace Jenkins; KPI: TBD').state).toBe('partial');
    expect(parse('integrations', 'Jira (TBD)').state).toBe('partial');
    expect(parse('goals', 'Anna to confirm').state).toBe('deferred');
  });
});

describe('an answer of a megabyte', () => {
  it.each(['5 ', 'GHE to ', 'a-', '@a ', '16.1 ', 'March - '])('of %j is read at all', (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    for (const field of ['m_repos', 'm_sources', 'mg_version', 'target_start', 'csm', 'm_lfs']) {
      expect(parse(field, text).state).toBeTypeOf('string');
    }
  });
});

describe('a deferred answer', () => {
  it.each([
    ['TBD by 2026-12-01 @anna', { owner: 'anna', by: '2026-12-01' }],
    ['TBD @anna by 1 Dec', { owner: 'anna', by: '2026-12-01' }],
    ['⏳ @anna.b 2026-12-01.', { owner: 'anna.b', by: '2026-12-01' }],
    ['TBD by Friday @anna', { owner: 'anna', by: '2026-11-27' }],
    ['TBD next week', { by: '2026-11-30' }],
    ['@anna to confirm', { owner: 'anna' }],
    ['TBD', {}],
  ])('%s keeps who and when', (text, expected) => {
    expect(parse('m_repos', text)).toEqual({ state: 'deferred', value: null, ...expected });
  });
});
