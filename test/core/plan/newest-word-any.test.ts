/** Commands, labels and assignments in any order: nothing is left for a second look, and nobody's choice is taken off. */

import { describe, expect, it } from 'vitest';
import { fc } from '../../support/property.ts';
import { account, complete, pending, people, runAndCrash, text, world } from './given.ts';

const bodies = [
  '/scoping assign em @em-emea',
  '/scoping assign em @em-east',
  '/scoping assign em @jo-sa',
  '/scoping assign csm @passer-by',
  '/scoping lead csm @cleo-csm',
  '/scoping lead em @em-emea',
  '/scoping lead sa',
  '/scoping type add training',
  '/scoping type remove migration_scm',
  '/scoping undo',
  '/scoping advance force because',
  '/scoping back technical_evaluation because',
];
const by = fc.constantFrom('em-emea', 'em-emea-two', 'jo-sa', 'axel-ae');
const label = fc.constantFrom(
  'lead::sa',
  'lead::csm',
  'service:training',
  'service:migration-scm',
  'stage::proposal',
  'fit::sku',
);
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      by,
      which: fc.nat(bodies.length - 1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), by, label }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), by, label }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('assign' as const),
      who: fc.subarray(['em-emea', 'em-emea-two', 'em-east', 'jo-sa', 'planner-pia'], {
        maxLength: 3,
      }),
    }),
  },
  fc.record({ kind: fc.constant('answer' as const), all: fc.boolean() }),
  fc.record({ kind: fc.constant('forget' as const) }),
  fc.record({ kind: fc.constant('stop' as const) }),
);

type Issue = ReturnType<typeof world>;

function perform(
  issue: Issue,
  done: typeof act extends fc.Arbitrary<infer T> ? T : never,
  free: boolean,
): void {
  issue.now = new Date(Date.parse(issue.now) + 90_000).toISOString();
  if (done.kind === 'say') issue.comment(done.by, bodies[done.which] ?? '');
  else if (done.kind === 'add') issue.label(done.by, { add: [done.label] });
  else if (done.kind === 'remove') issue.label(done.by, { remove: [done.label] });
  else if (done.kind === 'assign') issue.assign(free ? done.who.slice(0, 1) : done.who);
  else if (done.kind === 'answer') issue.describe(text(done.all ? complete : account));
  else if (done.kind === 'stop') runAndCrash(issue);
  else {
    const notes = issue.issue.notes.filter(({ body }) => !body.includes('scoping-bot:status'));
    issue.issue = { ...issue.issue, notes };
  }
}

describe.each([
  ['with several assignees', false],
  ['on Free', true],
])('%s', (_, free) => {
  it('nothing is left for a second look, and whom only people put on stays', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { maxLength: 7 }),
        (rounds) => {
          const issue = world({ free });
          issue.run();
          for (const acts of rounds) {
            for (const each of acts) perform(issue, each, free);
            const there = issue.issue.assignees.some(({ id }) => id === people['planner-pia']?.id);
            issue.run();
            const stays = issue.issue.assignees.some(({ id }) => id === people['planner-pia']?.id);
            expect(stays).toBe(there);
            expect(pending(issue).map(({ kind, why }) => `${kind}: ${why}`)).toEqual([]);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
