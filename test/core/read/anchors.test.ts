/** Hidden anchors: rewording a question never loses its answer. */
import { describe, expect, it } from 'vitest';
import { read, readAnswer, saidIn } from './given.ts';

describe('an anchor behind a question', () => {
  it.each([
    ['a bullet', '- **How big is the crowd**<!-- field:users_planned -->: 1,200'],
    ['a bullet with a space', '- **How big is the crowd** <!-- field:users_planned -->: 1,200'],
    ['a colon in the bold', '- **How big is the crowd:** <!--field:users_planned--> 1,200'],
    ['an anchor behind the colon', '- How big is the crowd: <!-- field:users_planned --> 1,200'],
    ['an anchor behind the answer', '- **How big**: 1,200 <!-- field:users_planned -->'],
    ['a plain key and answer before it', '- How big: 1,200 <!-- field:users_planned -->'],
    ['a hint beside it', '- **How big**<!-- field:users_planned -->: 1,200 <!-- e.g. 5 -->'],
    ['the answer below', '- **How big**<!-- field:users_planned -->:\n  1,200'],
    ['a heading', '### How big is the crowd <!-- field:users_planned -->\n1,200'],
    ['a closed heading', '### How big ### <!-- field:users_planned -->\n\n1,200'],
    ['an underlined heading', 'How big <!-- field:users_planned -->\n===\n1,200'],
    ['a bold line', '**How big** <!-- field:users_planned -->\n\n1,200'],
    ['a line of its own', '### How big\n<!-- field:users_planned -->\n1,200'],
    [
      'a summary',
      '<details><summary>Crowd <!-- field:users_planned --></summary>\n1,200\n</details>',
    ],
    ['a row', '| Question | Answer |\n|-|-|\n| How big? <!-- field:users_planned --> | 1,200 |'],
    [
      'a bold row',
      '| Question | Answer |\n|-|-|\n| **Size**<!-- field:users_planned --> | 1,200 |',
    ],
    ['a row without heading', '| Size <!-- field:users_planned --> | 1,200 |\n| a | b |'],
    [
      'an HTML table',
      '<table><tr><td>Size <!-- field:users_planned --></td><td>1,200</td></tr></table>',
    ],
  ])('is believed: %s', (_, body) => {
    for (const end of ['\n', '\r\n', '\r']) {
      const { answers, unplaced } = read(body.replaceAll('\n', end));
      const said = [...answers.values()].filter(({ where }) => where?.kind !== 'implied');
      expect(said.map(({ field }) => field)).toEqual(['users_planned']);
      expect(answers.get('users_planned')?.raw).toBe('1,200');
      expect(answers.get('users_planned')?.where?.label).not.toMatch(
        /[\ufdd0\ufdd1]|users_planned/u,
      );
      expect(unplaced).toEqual([]);
    }
  });

  it('beats words that name another question', () => {
    expect(saidIn('- **GitLab tier**<!-- field:cloud_provider -->: AWS')).toEqual({
      cloud_provider: 'AWS',
    });
  });

  it('keeps boxes, lists and answers over several lines together', () => {
    const body = [
      '- **Plan**<!-- field:tier -->:',
      '  - [ ] Free',
      '  - [x] Ultimate',
      '- **Wishes**<!-- field:goals -->: one',
      '  and two',
    ].join('\n');
    expect(saidIn(body)).toEqual({ tier: 'Ultimate', goals: 'one\nand two' });
  });
});

describe('an anchor that names no question', () => {
  it.each(['nothing_such', '__proto__', 'constructor', 'Tier', 'tier extra', ''])(
    '%j leaves it to the words',
    (id) => {
      const body = `- **GitLab tier** <!-- field:${id} -->: Premium`;
      expect(saidIn(body)).toEqual({ tier: 'Premium' });
    },
  );
});

describe('an anchor is never read', () => {
  it('as an answer', () => {
    const body = '- **How big**<!-- field:users_planned -->: <!-- e.g. 500 -->\n';
    expect(readAnswer(body, 'users_planned')).toMatchObject({ state: 'unanswered', raw: '' });
  });

  it('as a hint that the answer repeats', () => {
    const body = '- **Wishes**<!-- field:goals -->: field:goals';
    expect(readAnswer(body, 'goals')).toMatchObject({ state: 'answered', raw: 'field:goals' });
  });

  it('inside code', () => {
    expect(saidIn('- `How big <!-- field:users_planned -->`: 1,200')).toEqual({});
    expect(saidIn('```\n- **How big**<!-- field:users_planned -->: 1,200\n```')).toEqual({});
  });

  it('out of the characters that stand for it inside', () => {
    const forged = '- How big \ufdd0users_planned\ufdd1: 1,200';
    expect(saidIn(forged)).toEqual({});
    expect(saidIn('- GitLab tier: Pre\ufdd0mi\ufdd1um')).toEqual({ tier: 'Premium' });
  });
});
