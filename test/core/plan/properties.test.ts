/** Whatever people do, in whatever order: the bot comes to rest, and takes nothing from anybody. */

import { describe, expect, it } from 'vitest';
import { readMemory } from '../../../src/core/plan/memory-note.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { bot, key } from '../../support/paper-world.ts';
import { fc } from '../../support/property.ts';
import {
  account,
  assignees,
  complete,
  pending,
  people,
  policy,
  runAndCrash,
  text,
  without,
  world,
} from './given.ts';

const texts = [
  '',
  text(account),
  text(complete),
  text({ ...account, 'Opportunity type': 'none' }),
  text({ ...account, 'Opportunity type': 'renewal', 'Existing customer': 'yes', CSM: '@Cleo-CSM' }),
  text(without(complete, 'Opportunity type', 'Territory')),
  text({ ...complete, 'Total number of git repositories': '12', 'CI/CD System(s)': 'none' }),
  text({ ...account, 'Service types': 'Training', AE: '@zoe-zed' }),
  text({ ...account, Goals: 'TBD by 2026-11-27 @jo-sa' }),
];

const managed = policy.labels.flatMap(({ names }) => [...names.values()]);
const foreign = ['priority::1', 'bug', 'needs::review', 'Services Calculator', 'lead'];
const bodies = [
  'thank you',
  '/scoping set m_users 830',
  '/scoping set opportunity_kind renewal',
  '/scoping set service_types upgrade\n/scoping dance',
  '/scoping assign ae @em-east',
  '@scoping-bot set territory East',
  '/scoping take users_planned',
  'Number of planned users: 1,150',
  '/scoping na m_lfs none',
  '/scoping assume m_network open on 443',
  '/scoping defer goals 2026-12-18 @jo-sa',
  '/scoping type add training\n/scoping type remove upgrade',
  '/scoping lead csm @cleo-csm',
  '/scoping lead sa',
  '/scoping assign em @em-east',
  '/scoping advance',
  '/scoping advance force go',
  '/scoping back technical_evaluation again',
  '/scoping hold 2026-12-18 budget',
  '/scoping resume',
  '/scoping estimate https://docs.example.com/e/1 60k',
  '/scoping accept scope\n/scoping accept price',
  '/scoping sow https://docs.example.com/s/1',
  '/scoping approve ps',
  '/scoping won signed',
  '/scoping lost budget\n/scoping undo',
  '/scoping sku smaller',
  '/scoping partner nearer',
  '/scoping snooze 3',
  '/scoping recheck',
  '/scoping explain',
  '/scoping help',
  '/scoping undo',
  '/scoping undo\n/scoping undo',
  '/scoping hold 2026-12-18 x\n/scoping resume\n/scoping undo',
  '<!-- scoping-bot:status v=1 sig=0 x -->',
];
const persons = Object.keys(people);
const person = fc.constantFrom(...persons);
const label = fc.oneof(fc.constantFrom(...managed), fc.constantFrom(...foreign));

const act = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), text: fc.constantFrom(...texts) }),
  fc.record({ kind: fc.constant('add' as const), by: person, label }),
  fc.record({ kind: fc.constant('remove' as const), by: person, label }),
  fc.record({
    kind: fc.constant('comment' as const),
    by: person,
    body: fc.constantFrom(...bodies),
    internal: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('assign' as const), who: fc.subarray(persons, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('delete comment' as const), which: fc.nat({ max: 5 }) }),
  fc.record({
    kind: fc.constant('edit comment' as const),
    which: fc.nat({ max: 5 }),
    body: fc.constantFrom(...bodies),
  }),
  fc.record({ kind: fc.constant('close' as const) }),
  fc.record({ kind: fc.constant('reopen' as const) }),
  fc.record({ kind: fc.constant('we are stopped half-way' as const) }),
  fc.record({
    kind: fc.constant('we are stopped after' as const),
    effects: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 9 }) }),
);

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
type Issue = ReturnType<typeof world>;

function perform(issue: Issue, done: Act, free = false): void {
  if (done.kind === 'edit') issue.describe(done.text);
  else if (done.kind === 'add') issue.label(done.by, { add: [done.label] });
  else if (done.kind === 'remove') issue.label(done.by, { remove: [done.label] });
  else if (done.kind === 'comment') issue.comment(done.by, done.body, { internal: done.internal });
  else if (done.kind === 'assign') issue.assign(free ? done.who.slice(0, 1) : done.who);
  else if (done.kind === 'we are stopped half-way') runAndCrash(issue);
  else if (done.kind === 'we are stopped after') stopAfter(issue, done.effects);
  else if (done.kind === 'close') issue.close();
  else if (done.kind === 'reopen') issue.reopen();
  else if (done.kind === 'edit comment') {
    const note = issue.issue.notes[done.which];
    if (note && note.author.id !== bot.id) issue.editNote(note.id, done.body);
  } else if (done.kind === 'delete comment') {
    const notes = issue.issue.notes.filter((_, index) => index !== done.which);
    issue.issue = { ...issue.issue, notes };
  } else {
    const now = new Date(issue.now);
    now.setUTCDate(now.getUTCDate() + done.days);
    issue.now = now.toISOString();
  }
}

/** The process dies after so many of its writes; what people do next comes later. */
function stopAfter(issue: Issue, effects: number): void {
  issue.run(effects);
  later(issue);
}

function later(issue: Issue): void {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
}

/** The commands that made a move. */
function memoryMoves({ issue }: Issue): readonly string[] {
  const kept = issue.notes.map(({ body }) => readMemory(body, issue.ref, key)).find(Boolean);
  return (kept?.history ?? []).flatMap(({ command }) => command ?? []);
}

/** One look of the bot, and everything that must hold of it. */
function look(issue: Issue): void {
  const before = issue.issue;
  issue.run();
  const after = issue.issue;

  const outside = (labels: readonly string[]): readonly string[] =>
    labels.filter((each) => !managed.includes(each)).toSorted();
  expect(outside(after.labels)).toEqual(outside(before.labels));

  const present = new Set(assignees(issue));
  // Only these two take somebody off again, and then whom we had put on ourselves.
  const taken = before.notes.some(({ body }) => /scoping (?:undo|assign)/.test(body));
  const gone = before.assignees.filter(({ username }) => !present.has(username));
  if (!taken) expect(gone).toEqual([]);

  const theirs = (notes: Issue['issue']['notes']): Issue['issue']['notes'] =>
    notes.filter(({ author }) => author.id !== bot.id);
  expect(theirs(after.notes)).toEqual(theirs(before.notes));
  expect(after.description).toBe(before.description);

  const { notes } = after;
  const ours = notes.filter(({ author }) => author.id === bot.id);
  const states = ours.filter(({ body }) => body.includes('<!-- scoping-bot:status'));
  expect(states.length).toBeLessThanOrEqual(1);
  const answered = ours.flatMap(({ body }) => /bot:reply note=\d+/.exec(body) ?? []);
  expect(new Set(answered).size).toBe(answered.length);

  expect(pending(issue).map(({ kind, why }) => `${kind}: ${why}`)).toEqual([]);
}

/** A person's change of a moment ago is not undone by the look that follows it. */
function respected(issue: Issue, done: Act): void {
  if (done.kind === 'add' && !done.label.startsWith('stage::')) {
    expect(issue.issue.labels).toContain(done.label);
  }
  if (done.kind === 'remove') expect(issue.issue.labels).not.toContain(done.label);
}

describe.each([
  ['with exclusive labels and several assignees', false],
  ['on Free', true],
])('any sequence of people’s acts, %s', (_, free) => {
  it('leaves nothing to do after a look, and nobody’s labels, assignees or words are touched', () => {
    fc.assert(
      fc.property(fc.array(fc.array(act, { maxLength: 3 }), { maxLength: 6 }), (rounds) => {
        const issue = world({ free });
        look(issue);
        for (const acts of rounds) {
          for (const each of acts) perform(issue, each, free);
          look(issue);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('a single act', () => {
  it('of a person on a label stands at the look after it', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 8 }), (acts) => {
        const issue = world();
        look(issue);
        for (const each of acts) {
          const had = issue.issue.labels;
          perform(issue, each);
          const changed = had.join() !== issue.issue.labels.join();
          look(issue);
          if (changed) respected(issue, each);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('stopped after any single write, with a new command right after', () => {
  it('everything is done once and answered once', () => {
    const commands = fc.record({ by: person, body: fc.constantFrom(...bodies) });
    const rounds = fc.array(
      fc.record({ command: commands, next: commands, rows: fc.constantFrom(...texts) }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(rounds, fc.integer({ min: 0, max: 4 }), (all, effects) => {
        const issue = world();
        for (const { command, next, rows } of all) {
          issue.describe(rows);
          issue.comment(command.by, command.body);
          stopAfter(issue, effects);
          const { length } = memoryMoves(issue);
          issue.comment(next.by, next.body);
          look(issue);
          // One ordered move for each of the two comments, and what the gates let through by themselves.
          const byCommand = memoryMoves(issue).slice(length);
          expect(new Set(byCommand).size).toBe(byCommand.length);
          later(issue);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('the policy of these tests', () => {
  it('is the shipped one with people in it', () => {
    const { questions, labels } = loadPolicy({});
    expect(policy.questions.length).toBe(questions.length);
    expect(managed.length).toBe(labels.flatMap(({ names }) => [...names.values()]).length);
  });
});
