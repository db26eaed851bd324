/** The policy's sentences with answers in them. */
import { describe, expect, test } from 'vitest';
import { calm } from '../../../src/core/say/calm.ts';
import { fillSentence } from '../../../src/core/say/sentence.ts';
import { sentenceAsPlain } from '../../../src/core/say/words.ts';
import { answer, answers, policy } from './build.ts';
import { alive, render } from './gitlab-reads.ts';

const given = answers(
  answer('m_repos', '~400', { value: 400, approximate: true }),
  answer('goals', '@all `x` <b> {m_repos}'),
  answer('m_sso', '', { state: 'unanswered', value: null }),
  answer('integrations', 'none', { state: 'none', value: [] }),
  answer('m_users', '850', {
    value: 850,
    where: { kind: 'command', line: 1, note: { id: 1, author: 'anna', internal: true } },
  }),
);
const fill = (sentence: string): string =>
  fillSentence(sentence, {
    policy,
    answers: given,
    extra: new Map<string, unknown>([['open_discovery', 3n]]),
  });

describe('filling a sentence', () => {
  test.each([
    [
      'answers and limits',
      '{m_repos} of {limits.migration_plus.repositories} fit.',
      'about 400 of 1,000 fit.',
    ],
    ['what is not known', 'Provider: {m_sso}.', 'Provider: not known yet.'],
    ['what is none', 'Tools: {integrations}.', 'Tools: none.'],
    ['what was told internally', '{m_users} users.', '(answered internally) users.'],
    ['counters', '{open_discovery} open.', '3 open.'],
    ['open questions where nobody counted them', '{open_x.questions}', '{open_x.questions}'],
    ['names that mean nothing', '{nobody} {limits.x} {} {a b}', '{nobody} {limits.x} {} {a b}'],
    ['people’s words', 'Goal: {goals}!', 'Goal: ``@all `x` <b> {m_repos}``!'],
    [
      'two answers that touch',
      '{goals}{goals}',
      '``@all `x` <b> {m_repos}`` ``@all `x` <b> {m_repos}``',
    ],
  ])('%s', (_, sentence, filled) => {
    expect(fill(sentence)).toBe(filled);
  });

  test.each(['a ` stray {goals} tick', '`{goals}`', '\\{goals}', '{goals}`', '@{goals}'])(
    'people’s words stay dead in %j',
    (sentence) => {
      const rendered = render(calm(fill(sentence)));
      expect(alive(rendered)).toEqual([]);
      expect(rendered.html).toEqual([]);
    },
  );

  test('on a terminal people’s words stand in quotes', () => {
    expect(sentenceAsPlain(fill('Goal: {goals}!'))).toBe('Goal: “@all `x` <b> {m_repos}”!');
  });
});
