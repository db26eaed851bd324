/** Hostile words in every place from which the bot repeats something: in all its notes they are only text. */

import { describe, expect, it } from 'vitest';
import { readMemory } from '../../../src/core/plan/memory-note.ts';
import { bot, key, type PaperWorld } from '../../support/paper-world.ts';
import { fc } from '../../support/property.ts';
import { whatGitLabDoes } from '../say/gitlab-acts.ts';
import { hostile, SENTINEL } from '../say/hostile.ts';
import { account, complete, memoryOf, people, policy, type Rows, text, world } from './given.ts';

type Place = readonly [string, (words: string) => PaperWorld];

function described(rows: Rows, description = text(rows)): PaperWorld {
  return world({ description });
}

/** Every member in turn says it, so that the rights for it are there. */
function told(body: string, rows: Rows = complete): PaperWorld {
  const of = described(rows);
  of.run();
  of.comment('em-emea', body);
  return of;
}

const titled = (title: string): PaperWorld => world({ title });
const named = (who: string, name: string): PaperWorld =>
  world({ people: { [who]: { ...people[who], id: people[who]?.id ?? 0, name } } });

const places: readonly Place[] = [
  ...Object.keys(complete).map(
    (row): Place => [`the answer to ${row}`, (words) => described({ ...complete, [row]: words })],
  ),
  ['a known answer with more behind it', (w) => described({ ...account, Territory: `EMEA ${w}` })],
  ['the name of a row', (w) => described({ ...account, [w]: 'yes' })],
  ['name and answer of a row', (w) => described({ ...account, [w]: w })],
  ['a cell of a table', (w) => described(account, `${text(account)}\n\n| Goals | ${w} |\n`)],
  ['text under a heading', (w) => described(account, `${text(account)}\n\n## Goals\n\n${w}\n`)],
  ['the whole description', (w) => described(account, `${w}\n\n${text(account)}`)],
  [
    'a description of nothing else',
    (w) => world({ description: w, labels: ['Services Calculator'] }),
  ],
  ['the customer in the title', (w) => titled(`${w} - Scope Issue and Write SOW`)],
  ['the title', (w) => titled(`Scope Issue and Write SOW ${w}`)],
  ['a label', (w) => world({ labels: [w, `stage::${w}`, `lead::${w}`] })],
  ['the name of the account executive', (w) => named('axel-ae', w)],
  ['the name of the manager', (w) => named('em-emea-two', w)],
  ['an account executive nobody knows', (w) => described({ ...account, AE: `@${w}`, SA: w })],
  ['a comment', (w) => told(w)],
  ['a comment that answers', (w) => told(`Goals: ${w}`, account)],
  [
    'an internal answer',
    (w) => {
      const of = described(account);
      of.comment('em-emea', `/scoping set goals ${w}`, { internal: true });
      return of;
    },
  ],
  ...[
    'W',
    'set goals W',
    'set W = W',
    'set territory W',
    'set users_planned W',
    'take W',
    'na partner W',
    'na W',
    'assume goals W',
    'defer goals 2027-01-04 W',
    'defer goals W',
    'type add W',
    'lead sa W',
    'lead W',
    'assign ae W',
    'assign W',
    'advance force W',
    'back W W',
    'hold 2026-12-18 W',
    'hold W',
    'estimate W 60k',
    'estimate https://docs.example.com/e/1 W',
    'accept W',
    'sow W',
    'approve W',
    'won W',
    'lost W',
    'sku W',
    'partner W',
    'snooze W',
    'undo W',
    'explain W',
    'help W',
  ].map(
    (form): Place => [
      `/scoping ${form}`,
      (words) => told(`/scoping ${form.replaceAll('W', () => words)}\n/scoping explain`),
    ],
  ),
];

/** The policy's own addresses may stand in a comment. */
const ownWords = JSON.stringify(policy, (_, value) => (value instanceof Map ? [...value] : value));

function check(of: PaperWorld, place: string): void {
  const mayCall = /answer to (?:AE|SA)$|nobody knows|assign|lead|defer/.test(place)
    ? everybody
    : callable;
  const ours = of.issue.notes.filter(({ author }) => author.id === bot.id);
  const states = ours.filter(({ body }) => readMemory(body, of.issue.ref, key));
  expect(states).toHaveLength(1);
  for (const { body } of ours) {
    const done = whatGitLabDoes(body);
    expect(done.quickActions).toEqual([]);
    // A display name of letters alone stands as it is.
    if (!place.startsWith('the name of the')) expect(done.text).not.toContain(SENTINEL);
    expect(done.tags.filter((tag) => !PLAIN.test(tag))).toEqual([]);
    expect(done.unbalanced).toEqual([]);
    expect(done.comments).toHaveLength(1);
    expect(done.comments[0]).toMatch(
      /^ scoping-bot:(?:status v=1 sig=|reply note=|warning )[\w+/= ]+$/,
    );
    expect(body.match(/<!-+/g)).toEqual(['<!--']);
    const called = done.alive.filter(({ kind }) => kind === 'mention').map((each) => each.text);
    const other = done.alive.filter(
      (each) =>
        each.kind !== 'mention' && !(each.kind === 'address' && ownWords.includes(each.text)),
    );
    expect(other).toEqual([]);
    expect(called.filter((name) => !mayCall.has(name))).toEqual([]);
    if (body === states[0]?.body) {
      const byId = new Map(
        Object.entries(people).map(([username, { id }]) => [id, `@${username}`]),
      );
      const meant = memoryOf(of).live.map((id) => byId.get(id));
      expect([...new Set(called)].toSorted()).toEqual(meant.toSorted());
    }
  }
}

/** Tags as Markdown and the bot's own folds make them: no address, no class, nothing of people's. */
const PLAIN =
  /^(?:p|ul|ol|li|strong|em|code|pre|br|h[1-6]|table|thead|tbody|tr|t[hd](?: style="text-align:(?:left|right)")?|blockquote|details|summary)$/;

const everybody = new Set(Object.keys(people).map((username) => `@${username}`));
/** Whom nobody named and no pool holds is never called, whatever the words. */
const callable = new Set([...everybody].filter((each) => each !== '@guest-gus'));

describe('hostile words are only text when they are', () => {
  it.each(places)('%s', (place, put) => {
    fc.assert(
      fc.property(hostile, (words) => {
        const of = put(words);
        of.run();
        if (!of.issue.notes.some(({ author }) => author.id === bot.id)) return;
        check(of, place);
      }),
      { numRuns: 20 },
    );
  });
});
