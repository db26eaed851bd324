/** Whatever people do, in whatever order: the bot comes to rest, and takes nothing from anybody. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../../src/policy/load.ts';
import { bot } from '../../support/paper-world.ts';
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
  '/scoping set account_exec @em-east',
  '@scoping-bot set territory East',
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
  fc.record({ kind: fc.constant('we are stopped half-way' as const) }),
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
  else if (done.kind === 'delete comment') {
    const notes = issue.issue.notes.filter((_, index) => index !== done.which);
    issue.issue = { ...issue.issue, notes };
  } else {
    const now = new Date(issue.now);
    now.setUTCDate(now.getUTCDate() + done.days);
    issue.now = now.toISOString();
  }
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
  expect(before.assignees.filter(({ username }) => !present.has(username))).toEqual([]);

  const theirs = (notes: Issue['issue']['notes']): Issue['issue']['notes'] =>
    notes.filter(({ author }) => author.id !== bot.id);
  expect(theirs(after.notes)).toEqual(theirs(before.notes));
  expect(after.description).toBe(before.description);

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

describe('the policy of these tests', () => {
  it('is the shipped one with people in it', () => {
    const { questions, labels } = loadPolicy({});
    expect(policy.questions.length).toBe(questions.length);
    expect(managed.length).toBe(labels.flatMap(({ names }) => [...names.values()]).length);
  });
});
