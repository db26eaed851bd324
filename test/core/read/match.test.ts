/** A question in other words, as a row or a command names it. */
import { describe, expect, it } from 'vitest';
import { findField } from '../../../src/core/read/match.ts';
import { policy } from './given.ts';

describe('a question is found', () => {
  it.each(
    policy.questions.flatMap(({ id, ask }) => [
      [id, id],
      [ask, id],
      [`**${ask}**?`, id],
    ]),
  )('%s', (words, id) => expect(findField(words, policy)).toBe(id));

  it.each([
    ['users planned', 'users_planned'],
    ['NUMBER OF USERS TO MIGRATE:', 'm_users'],
    ['3. GitLab tier (required)', 'tier'],
    ['Q12: GitLab tier', 'tier'],
    ['Number of the users to migrate', 'm_users'],
    ['GitLab tiers', 'tier'],
    ['Cloud  provider', 'cloud_provider'],
    ['🎯 Goals', 'goals'],
  ])('%s → %s', (words, field) => {
    expect(findField(words, policy)).toBe(field);
  });
});

describe('nothing is found', () => {
  it.each([
    '',
    ' ',
    '?',
    'number',
    'favourite colour',
    'the weather in the north',
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(5000),
  ])('for %j', (words) => expect(findField(words, policy)).toBeNull());
});
