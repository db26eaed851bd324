/** What the bot remembers in its comment, and whom it believes (`rulings.md` 28, 29). */
import { describe, expect, it } from 'vitest';
import { noMemory } from '../../../src/core/plan/memory.ts';
import { readMemory, writeMemory } from '../../../src/core/plan/memory-note.ts';
import { sortNotes } from '../../../src/core/plan/own-notes.ts';
import { bot, key } from '../../support/paper-world.ts';
import {
  account,
  complete,
  labels,
  memoryOf,
  mentions,
  pending,
  policy,
  replies,
  settled,
  text,
  world,
} from './given.ts';

const ref = { projectId: 7, issueIid: 42 };
const memory = { ...noMemory, known: true, labels: ['lead::sa'], stage: 'proposal', live: [11] };

describe('the memory in a comment', () => {
  const line = writeMemory(memory, ref, key);

  it('is read back from among other words', () => {
    expect(readMemory(`Hello\n\n${line}\n`, ref, key)).toEqual(memory);
    expect(readMemory(`Hello\r\n\r\n${line}\r\n`, ref, key)).toEqual(memory);
  });

  it('is one hidden line in which nothing can act', () => {
    expect(line).not.toMatch(/[\r\n]/);
    expect(line.startsWith('<!-- ')).toBe(true);
    expect(line.slice('<!--'.length, -'-->'.length)).not.toContain('--');
    expect(mentions(line)).toEqual([]);
  });

  it.each([
    ['another issue', { projectId: 7, issueIid: 43 }],
    ['another project', { projectId: 8, issueIid: 42 }],
    ['a pair that reads alike', { projectId: 74, issueIid: 2 }],
  ])('means nothing on %s', (_, elsewhere) => {
    expect(readMemory(line, elsewhere, key)).toBeNull();
  });

  it('means nothing under another key', () => {
    expect(readMemory(line, ref, `${key}!`)).toBeNull();
  });

  it('means nothing after a change of a single letter', () => {
    const data = / ([A-Za-z0-9+/=]+) -->$/.exec(line)?.[1] ?? '';
    const changed = Buffer.from(data, 'base64').toString('utf8').replace('proposal', 'proposaL');
    const forged = line.replace(data, Buffer.from(changed).toString('base64'));
    expect(forged).not.toBe(line);
    expect(readMemory(forged, ref, key)).toBeNull();
    expect(readMemory(line.replace(/sig=./, 'sig=g'), ref, key)).toBeNull();
  });

  it('holds no answers', () => {
    const issue = settled(
      world({
        rows: { ...account, 'Pain points': 'the secret outage of spring', Goals: 'zebras' },
      }),
    );
    issue.comment('planner-pia', '/scoping set constraints nothing on Fridays');
    settled(issue);
    const kept = JSON.stringify(memoryOf(issue));
    for (const word of ['secret', 'zebras', 'Fridays', 'Bitbucket', 'licence']) {
      expect(kept.toLowerCase()).not.toContain(word.toLowerCase());
    }
  });
});

describe('the status comment', () => {
  it('that somebody tampered with is rewritten in place, without believing it', () => {
    const issue = settled(world());
    issue.label('em-emea', { add: ['lead::csm'] });
    settled(issue);
    const { notes } = issue.issue;
    const broken = notes.map((note) => ({
      ...note,
      body: note.body.replace(/sig=\w{4}/, 'sig=0000'),
    }));
    issue.issue = { ...issue.issue, notes: broken };
    const changes = issue.run();
    expect(changes).toMatchObject([{ kind: 'update_note', noteId: notes[0]?.id }]);
    expect(issue.lookups).toContain('label_events');
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(pending(issue)).toEqual([]);
  });

  it('that was deleted is written anew, and people’s decisions are read from the label events', () => {
    const issue = settled(world());
    issue.label('em-emea', { add: ['lead::csm'] });
    settled(issue);
    issue.issue = { ...issue.issue, notes: [] };
    expect(issue.run()).toMatchObject([{ kind: 'create_note' }]);
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(pending(issue)).toEqual([]);
  });

  it('copied from another issue by a person is nothing', () => {
    const other = settled(world());
    const copied = other.issue.notes[0]?.body ?? '';
    const issue = world();
    issue.issue = { ...issue.issue, ref: { projectId: 7, issueIid: 43 } };
    const forged = issue.comment('passer-by', copied);
    expect(issue.run()).toMatchObject([{ kind: 'issue' }, { kind: 'create_note' }]);
    expect(issue.issue.notes.find(({ id }) => id === forged.id)?.body).toBe(copied);
    expect(pending(issue)).toEqual([]);
  });

  it('exists once: of several of ours the oldest is kept', () => {
    const issue = settled(world());
    const [first] = issue.issue.notes;
    const second = issue.comment(bot.username, first?.body ?? '');
    const third = issue.comment(bot.username, 'Hello <!-- scoping-bot:status v=1 sig=00 x -->');
    expect(issue.run()).toMatchObject([
      { kind: 'delete_note', noteId: second.id },
      { kind: 'delete_note', noteId: third.id },
    ]);
    expect(issue.issue.notes.map(({ id }) => id)).toEqual([first?.id]);
    expect(pending(issue)).toEqual([]);
  });

  it('is not the only note that is merged: a reply or a warning that came late goes as well', () => {
    const issue = world();
    issue.comment('guest-gus', '/scoping set goals more of everything');
    issue.comment('jo-sa', 'The token is glpat-AbCdEfGhIjKlMnOpQrSt.');
    settled(issue);
    const said = issue.issue.notes.filter(({ body }) => /scoping-bot:(reply|warning)/.test(body));
    expect(said).toHaveLength(2);
    const late = said.map(({ body, internal }) => issue.comment(bot.username, body, { internal }));
    // Whoever copies ours keeps their copy.
    issue.comment('guest-gus', said[0]?.body ?? '');
    const before = issue.issue.notes;
    expect(issue.run()).toMatchObject(late.map(({ id }) => ({ kind: 'delete_note', noteId: id })));
    const gone = new Set(late.map(({ id }) => id));
    expect(issue.issue.notes).toEqual(before.filter(({ id }) => !gone.has(id)));
    expect(pending(issue)).toEqual([]);
  });

  it('is not written again when GitLab gives it back with other line ends', () => {
    const issue = settled(world());
    const notes = issue.issue.notes.map((note) => ({
      ...note,
      body: `${note.body.replaceAll('\n', '\r\n')}\r\n`,
    }));
    issue.issue = { ...issue.issue, notes };
    expect(pending(issue)).toEqual([]);
  });

  it('on a Service Desk issue is internal', () => {
    expect(world({ serviceDesk: true }).run()).toMatchObject([
      { kind: 'issue' },
      { kind: 'create_note', internal: true },
    ]);
  });
});

describe('a forged marker', () => {
  const forgery = `<!-- scoping-bot:status v=1 sig=${'0'.repeat(64)} AAAA -->`;

  it('in a person’s comment is left alone, and nothing in that comment is read', () => {
    const issue = settled(world());
    const note = issue.comment('planner-pia', `/scoping set goals world domination\n\n${forgery}`);
    expect(pending(issue)).toEqual([]);
    expect(issue.issue.notes.some(({ id }) => id === note.id)).toBe(true);
  });

  it('of a reply does not keep us from replying', () => {
    const issue = settled(world());
    const command = issue.comment('guest-gus', '/scoping set goals more of everything');
    issue.comment('guest-gus', `<!-- scoping-bot:reply note=${command.id} -->`);
    settled(issue);
    expect(replies(issue).filter(({ body }) => body.includes('Planner'))).toHaveLength(1);
  });

  it('in the description does not end up as a marker in our comment', () => {
    const issue = settled(
      world({ rows: { ...account, Goals: `\`${forgery}\` and fast`, 'Pain points': forgery } }),
    );
    expect(memoryOf(issue).stage).toBe('technical_evaluation');
    const [status] = issue.issue.notes;
    expect(status?.body.split('<!-- scoping-bot:status').length).toBe(2);
  });
});

describe('a signed state of this very issue', () => {
  /** The state of the first look, and the issue as it went on: the estimate moved, a label was chosen. */
  function grown() {
    const issue = settled(world());
    const first = issue.issue.notes[0]?.body ?? '';
    issue.label('em-emea', { add: ['lead::csm'] });
    settled(issue);
    return { issue, first };
  }

  it('copied into a person’s comment is nothing, and their comment is left alone', () => {
    const { issue, first } = grown();
    const copy = issue.comment('guest-gus', first);
    expect(pending(issue)).toEqual([]);
    expect(issue.issue.notes.find(({ id }) => id === copy.id)?.body).toBe(first);
  });

  it('copied there is nothing either when our own comment is gone or broken', () => {
    for (const broken of [true, false]) {
      const { issue, first } = grown();
      issue.comment('guest-gus', first);
      const [ours] = issue.issue.notes;
      if (broken) {
        const notes = issue.issue.notes.map((note) =>
          note.id === ours?.id ? { ...note, body: note.body.replace(/sig=\w/, 'sig=g') } : note,
        );
        issue.issue = { ...issue.issue, notes };
      } else issue.deleteNote(ours?.id ?? 0);
      expect(sortNotes(issue.issue, bot, policy, key).memory).toBeNull();
      issue.run();
      // Read from the label events as without any memory, not from the copy.
      expect(issue.lookups).toContain('label_events');
      expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
      expect(pending(issue)).toEqual([]);
    }
  });

  it('does not keep an issue with us that is no scoping issue', () => {
    const { issue, first } = grown();
    issue.issue = { ...issue.issue, title: 'The printer is on fire', labels: [], notes: [] };
    issue.describe('It burns.');
    issue.comment('guest-gus', first);
    expect(issue.plan()).toMatchObject({ kind: 'hands_off' });
  });

  it('put back into our comment in an older form does not bring an approval back', () => {
    const approvers = new Map([...policy.people.approvers, ['ta', ['em-east']]]);
    const issue = settled(
      world({ rows: complete, policy: { ...policy, people: { ...policy.people, approvers } } }),
    );
    issue.comment('em-emea', '/scoping estimate https://docs.example.com/e/1 80000');
    settled(issue);
    const approval = issue.comment('em-east', '/scoping approve ta');
    settled(issue);
    expect(Object.keys(memoryOf(issue).approvals)).toEqual(['ta']);
    const older = issue.issue.notes.find(({ author }) => author.id === bot.id)?.body ?? '';
    issue.editNote(approval.id, 'I have not seen it yet.');
    settled(issue);
    expect(memoryOf(issue).approvals).toEqual({});
    const notes = issue.issue.notes.map((note) =>
      note.body.includes('<!-- scoping-bot:status') ? { ...note, body: older } : note,
    );
    issue.issue = { ...issue.issue, notes };
    settled(issue);
    expect(memoryOf(issue).approvals).toEqual({});
  });
});

describe('an earlier user of the bot', () => {
  /** The same issue after the bot's token was replaced: its old comment has another author now. */
  function rotated(botUsernames: readonly string[]) {
    const own = { ...policy, botUsernames };
    const issue = world({ policy: own, people: { 'old-bot': { id: 99, name: 'Old bot' } } });
    settled(issue);
    issue.label('em-emea', { add: ['lead::csm'] });
    settled(issue);
    const author = issue.person('old-bot');
    const state = writeMemory({ ...memoryOf(issue), by: author.id }, ref, key);
    const notes = issue.issue.notes.map((note) => ({
      ...note,
      author,
      body: note.body.replace(/<!-- scoping-bot:status .*-->/, () => state),
    }));
    issue.issue = { ...issue.issue, notes };
    return { issue, old: notes[0] };
  }

  it.each([
    ['known by name', ['old-bot']],
    ['known by name in another case', ['Old-Bot']],
    ['known by the signature alone', []],
  ])('%s passes its memory on, and its comment is not touched', (_, names) => {
    const { issue, old } = rotated(names);
    expect(issue.run()).toMatchObject([{ kind: 'create_note' }]);
    expect(issue.lookups).not.toContain('label_events');
    expect(issue.issue.notes[0]).toEqual(old);
    expect(labels(issue, 'lead::')).toEqual(['lead::csm']);
    expect(pending(issue)).toEqual([]);
  });

  it('is not read as a person, with or without a marker', () => {
    const { issue } = rotated(['Old-Bot']);
    settled(issue);
    issue.comment('old-bot', '/scoping nonsense');
    expect(pending(issue)).toEqual([]);
    expect(replies(issue)).toEqual([]);
  });
});

describe('an issue that is no longer marked as a scoping issue', () => {
  it('stays ours while our signed comment stands', () => {
    const issue = settled(world());
    issue.issue = { ...issue.issue, title: 'Something else', labels: [] };
    issue.describe(text(account));
    expect(issue.plan().kind).toBe('changes');
  });

  it('is none of ours when only a forged comment says so', () => {
    const issue = world({ title: 'The printer is on fire' });
    issue.comment('passer-by', writeMemory(noMemory, ref, 'a guess'));
    expect(issue.plan()).toMatchObject({ kind: 'hands_off' });
  });
});
