/** Status comments under another user's name, as `doctor` sees them, and how much it asks for them. */
import { expect, it } from 'vitest';
import { noMemory } from '../../src/core/plan/memory.ts';
import { writeMemory } from '../../src/core/plan/memory-note.ts';
import { DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import { type Case, judge, named } from './case.ts';
import { BOT, userOf } from './ills.ts';
import { one, openPatient, type Patient } from './patient.ts';

const CHECK = 'status comments';

function createIssue({ sandbox }: Patient, title = 'Tarnfield - Scope Issue and Write SOW'): Issue {
  return sandbox.as('sa-one').createIssue(DEMO_PROJECT, { title });
}

/** The bot's own comment as it would stand under this name. */
function markOf({ sandbox, env }: Patient, issue: Issue, username: string, key?: string): string {
  const { id } = userOf({ sandbox } as Patient, username);
  const ref = { projectId: sandbox.project.id, issueIid: issue.iid };
  return writeMemory({ ...noMemory, known: true, by: id }, ref, key ?? env.STATE_SECRET ?? '');
}

const cases: readonly Case[] = [
  [
    'an issue on which the bot has written as the user that it is',
    (patient) => {
      const issue = createIssue(patient);
      patient.sandbox.as(BOT).comment(issue, markOf(patient, issue, BOT));
    },
    ...([CHECK, 'fine', /^none under another name on the newest scoping issue$/] as const),
  ],
  [
    'an issue on which the bot has written as another user',
    (patient) => {
      for (const issue of [createIssue(patient), createIssue(patient)])
        patient.sandbox.as('ps-director').comment(issue, markOf(patient, issue, 'ps-director'));
    },
    ...([CHECK, 'failed'] as const),
    /^on the 2 newest scoping issues the bot has written as @ps-director before, takes their labels/,
    /^add ps-director to bot_usernames in your policy file \(POLICY\) and restart the bot;/,
  ],
  [
    'the same, with a key that is lost',
    (patient) => {
      const issue = createIssue(patient);
      const mark = markOf(patient, issue, 'ps-director', 'another key');
      patient.sandbox.as('ps-director').comment(issue, mark);
    },
    ...([CHECK, 'warning', /a comment of @ps-director carries the bot's mark/] as const),
    /^if the bot ever ran as @ps-director, add the name to bot_usernames .*; otherwise somebody copied/,
  ],
  [
    "a copy of the bot's comment",
    (patient) => {
      const issue = createIssue(patient);
      patient.sandbox.as('csm-one').comment(issue, markOf(patient, issue, BOT));
    },
    ...([
      CHECK,
      'warning',
      /a comment of @csm-one carries the bot's mark, and is ignored$/,
    ] as const),
    /that comment may be deleted$/,
  ],
  [
    'a mark on an issue that is no scoping issue',
    (patient) => {
      const issue = createIssue(patient, 'The coffee machine');
      patient.sandbox.as('csm-one').comment(issue, markOf(patient, issue, 'csm-one'));
    },
    ...([CHECK, 'fine', /^no open scoping issue to look at$/] as const),
  ],
];

it.each(named(cases))('%s', async (_name, row) => await judge(row));

it('asks for five issues at most, the newest', async () => {
  const patient = await openPatient();
  const [oldest] = Array.from({ length: 6 }, () => createIssue(patient));
  if (oldest === undefined) throw new Error('no issue was made');
  patient.sandbox.as('csm-one').comment(oldest, markOf(patient, oldest, 'csm-one'));
  expect(one(await patient.look(), CHECK)).toMatchObject({
    mark: 'fine',
    found: 'none under another name on the 5 newest scoping issues',
  });
  const { requests } = patient.sandbox.world;
  const asked = (route: string) => requests.filter((each) => each.route === route).length;
  expect(asked('/projects/:id/issues/:iid/notes')).toBe(5);
  expect(asked('/projects/:id/issues')).toBe(1);
  expect(patient.sandbox.problems).toEqual([]);
});
