/** What is shown as not understood: what looks like an answer, and nothing else. */
import { describe, expect, it } from 'vitest';
import { read, saidIn } from './given.ts';

const unplaced = (body: string): readonly string[] => read(body).unplaced.map(({ text }) => text);

describe('a line that could not be placed', () => {
  it.each([
    ['a short key', 'Favourite colour: blue', 'Favourite colour: blue'],
    ['a bold key', '- **Favourite colour**: blue', 'Favourite colour: blue'],
    ['an arrow', 'Favourite colour -> blue', 'Favourite colour -> blue'],
    ['a list item with a known name', '- LDAP / AD for login', 'LDAP / AD for login'],
    ['a list item with a figure', '- 450 people in Berlin', '450 people in Berlin'],
  ])('is shown: %s', (_, body, text) => expect(unplaced(body)).toEqual([text]));

  it.each([
    [
      'headers of a mail',
      'From: Anna Berg\nSent: Monday\nTo: Bo\nCc: Cy\nSubject: Re: hello\nDate: 3 May',
    ],
    ['headers of a German mail', 'Von: Anna\nGesendet: Montag\nAn: Bo\nBetreff: AW: hallo'],
    ['prose', 'Hello everybody.\nWe met them on Monday and it went well.'],
    [
      'a sentence with a colon late in it',
      'We talked about it all and what they told us in the end was: no hurry',
    ],
    ['a list without figures', '- nice people\n- good coffee'],
    ['a long list item', `- ${'we went on for 3 hours and then '.repeat(3)}stopped`],
    ['an address', 'https://example.com/a'],
  ])('is not shown: %s', (_, body) => expect(unplaced(body)).toEqual([]));

  it('is counted beyond the first five hundred', () => {
    const lines = Array.from({ length: 1200 }, (_, i) => `Thing ${i}: value`);
    const reading = read(lines.join('\n'));
    expect(reading.unplaced).toHaveLength(500);
    expect(reading.unplacedMore).toBe(700);
  });
});

describe('an arrow between key and value', () => {
  it.each(['GitLab tier -> Premium', '- GitLab tier → Premium', '**GitLab tier** ⇒ Premium'])(
    '%s',
    (line) => expect(saidIn(line)).toEqual({ tier: 'Premium' }),
  );

  it('inside an answer stays there', () => {
    expect(saidIn('Number of users to migrate: 300 -> 400')).toEqual({ m_users: '300 -> 400' });
  });
});

describe('"Other" in a list of choices', () => {
  it.each(['Other', 'Andere', 'Autre', 'Please specify'])('%s gives way to its text', (other) => {
    const body = `- **Cloud provider**:\n  - [ ] AWS\n  - [x] ${other}: Hetzner`;
    expect(saidIn(body)).toEqual({ cloud_provider: 'Hetzner' });
  });
});
