/** What surrounds the words of a pasted mail is neither answer nor shown as not understood. */
import { describe, expect, it } from 'vitest';
import { read, readAnswer, saidIn } from './given.ts';

const closing = 'Best regards,\n\nJane Miller\nDirector of Engineering\n\nT: +44 20 7946 0958\n';

describe('a pasted mail', () => {
  it.each([
    ['a closing', `Best regards\nJane Miller\nDirector of Engineering\nOffice: +44 20 7946 0958`],
    ['a closing and paragraphs', closing],
    ['a German closing', 'Mit freundlichen Grüßen\nJürgen Schmidt\nLeiter IT\nTel.: +49 89 123456'],
    ['a mark', '--\nJane Miller | Director\nOffice: +44 20 7946 0958'],
    [
      'a disclaimer',
      'CONFIDENTIALITY NOTICE: This e-mail and any attachments are confidential\nand intended solely for the addressee.',
    ],
    ['a phone', 'Sent from my phone'],
    ['an attribution', 'On Mon, Nov 2, 2026 at 9:14 AM Sam <sam@example.com> wrote:\n> Tier: Free'],
    ['one on two lines', 'On Mon, Nov 2, 2026 Sam <sam@example.com>\nwrote:\n> Tier: Free'],
    ['a German one', 'Am 02.11.2026 um 09:15 schrieb Anna Vogel:\n> Tier: Free'],
    [
      'headers',
      'From: Sam <sam@example.com>\nSent: Monday, 3 May 2027 10:12\nSubject: RE: hi\nHi!',
    ],
    ['German headers', 'Von: Anna <a@example.com>\nGesendet: Montag\nAn: Bo\nBetreff: AW: hi\n'],
    ['a forward', '-----Original Message-----\nHi Jane'],
  ])('leaves out %s', (_, noise) => {
    const key = `Constraints: no change in December\n${noise}\n`;
    const heading = `## Constraints\n\nno change in December\n\n${noise}\n`;
    expect(saidIn(key)).toEqual({ constraints: 'no change in December' });
    expect(saidIn(heading)).toEqual({ constraints: 'no change in December' });
    expect(read(key).unplaced).toEqual([]);
  });

  it('is read on behind a closing', () => {
    const body = `Thanks,\n\nTier: Free\n\n${closing}\nNumber of users to migrate: 500\n`;
    expect(saidIn(body)).toEqual({ tier: 'Free', m_users: '500' });
  });

  it('shows both when an older one says something else', () => {
    const body =
      'Total number of git repositories: 60\n\nFrom: Sam\nSent: 3 May 2027 10:12\n\nTotal number of git repositories: 45\n';
    expect(readAnswer(body, 'm_repos')).toMatchObject({ state: 'contradictory', value: 60 });
  });

  it('is not taken for one', () => {
    const body = 'From: Bitbucket Server\nTo: GitLab.com\nGoals: best developer experience\n';
    expect(saidIn(body)).toMatchObject({ goals: 'best developer experience' });
  });
});
