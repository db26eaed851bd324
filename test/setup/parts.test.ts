/** Labels, board and membership: made once, completed after trouble, and left where people have them their own way. */
import { describe, expect, it, test } from 'vitest';
import { partsFor } from '../../src/cli/setup-parts.ts';
import { readConfig } from '../../src/config.ts';
import { wantedLabels } from '../../src/core/wanted-labels.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { addGroup } from '../../src/sandbox/people.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { findBoardSteps } from '../../src/setup/board.ts';
import { openGround } from '../../src/setup/ground.ts';
import { findLabelSteps } from '../../src/setup/labels.ts';
import { findMemberSteps } from '../../src/setup/member.ts';
import { findObstacles } from '../../src/setup/obstacles.ts';
import { readProjectName } from '../../src/setup/project-name.ts';
import { carryOut, lookAt, type SetupPart, stepsToDo } from '../../src/setup/work.ts';
import { checkAnswer } from '../sandbox/answer-schemas.ts';
import { PROJECT_PATH } from '../sandbox/tester.ts';
import { openPlace, type Place, words } from './place.ts';

const policy = loadPolicy();
const names = wantedLabels(policy).map(({ name }) => name);
const stages = policy.stages.map(({ label }) => label);
const wantedBoard = { name: 'Scoping', lists: stages };

/** The three parts, for the bot. */
async function partsOf(place: Place): Promise<readonly SetupPart[]> {
  const ground = await openGround(place.connect(), policy, DEMO_PROJECT);
  return [
    { id: 'member', find: () => findMemberSteps(ground) },
    { id: 'labels', find: () => findLabelSteps(ground) },
    { id: 'board', find: () => findBoardSteps(ground) },
  ];
}

/** One run as with `--yes`; gives what was found first and what failed. */
async function runOnce(place: Place) {
  const found = await lookAt(await partsOf(place));
  const failed = await carryOut(found, () => undefined);
  return { found, failed, steps: found.flatMap(({ steps }) => steps) };
}

function boardsOf({ sandbox: { project } }: Place): object[] {
  const nameOf = new Map(project.labels.map(({ id, name }) => [id, name]));
  return project.boards.map(({ name, lists }) => ({
    name,
    lists: lists.map(({ labelId }) => nameOf.get(labelId)),
  }));
}

function labelOf({ sandbox: { project } }: Place, wanted: string) {
  const found = project.labels.find(({ name }) => name === wanted);
  if (!found) throw new Error(`no label ${wanted}`);
  return found;
}

function setRole({ sandbox: { world, project } }: Place, level: number | null): void {
  const bot = world.users.find(({ username }) => username === DEMO_BOT);
  if (bot && level !== null) project.members.set(bot.id, level);
  else if (bot) project.members.delete(bot.id);
}

describe('a run that is cut short', () => {
  it.each([
    ['a label was not made', 'before', '/projects/:id/labels'],
    ['a label was made and nobody heard of it', 'after', '/projects/:id/labels'],
    ['a board was not made', 'before', '/projects/:id/boards'],
    ['a board was made and nobody heard of it', 'after', '/projects/:id/boards'],
    ['a list was not made', 'before', '/projects/:id/boards/:board_id/lists'],
    ['a list was made and nobody heard of it', 'after', '/projects/:id/boards/:board_id/lists'],
  ] as const)('%s: the next one completes it', async (_what, when, route) => {
    const place = await openPlace();
    const { faults } = place.sandbox.world;
    faults.push({ kind: 'answer', status: 502, when, method: 'POST', route, times: 1 });
    const { failed } = await runOnce(place);
    expect(failed).toMatchObject([{ error: { name: 'RetryableError', status: 502 } }]);
    expect(faults[0]?.times).toBe(0);

    expect((await runOnce(place)).failed).toEqual([]);
    const made = place.sandbox.project.labels.map(({ name }) => name);
    expect(made.toSorted()).toEqual(names.toSorted());
    expect(boardsOf(place)).toEqual([wantedBoard]);
    expect(stepsToDo(await lookAt(await partsOf(place)))).toEqual([]);
    expect(place.sandbox.problems).toEqual([]);
  });

  it('looks at the other parts when one cannot be read', async () => {
    const place = await openPlace();
    const fault = { kind: 'answer', status: 503, when: 'before', method: 'GET' } as const;
    place.sandbox.world.faults.push({ ...fault, route: '/projects/:id/labels', times: 99 });
    const [, labels, board] = await lookAt(await partsOf(place));
    expect(labels).toMatchObject({ steps: [], error: { name: 'RetryableError', status: 503 } });
    expect(board).toMatchObject({ steps: [{ kind: 'do' }], error: null });
  });
});

test('what people have made their own is left: colours, descriptions, spellings, labels of groups, orders of lists', async () => {
  const place = await openPlace();
  await runOnce(place);
  const { project, world } = place.sandbox;
  labelOf(place, 'lead::sa').color = '#ff00ff';
  labelOf(place, 'fit::sow').description = 'Ours';
  labelOf(place, 'stage::on-hold').name = 'Stage: On Hold';
  const group = addGroup(world, 'acme');
  group.labels.push({ ...labelOf(place, 'needs:sa'), groupId: group.id, projectId: null });
  project.labels = project.labels.filter(({ name }) => name !== 'needs:sa');
  project.boards[0]?.lists.reverse();

  const [before, kept] = [place.writes(), structuredClone([project.labels, project.boards])];
  const { steps, failed } = await runOnce(place);
  expect([failed, place.writes()]).toEqual([[], before]);
  expect([project.labels, project.boards]).toEqual(kept);
  const left = words(steps, 'left');
  expect(left).toContain('lead::sa\nIt has the colour #ff00ff (policy: #7b58cf).');
  expect(left).toContain('fit::sow\nIt has the description "Ours" (policy: "A statement');
  expect(left).toContain('Stage: On Hold\nIt is read as stage::on-hold, but');
  expect(left).toMatch(/The order of the lists of the board "Scoping"\nIt is .*; the policy has /);
  expect(words(steps, 'fine')).toContain(
    '44 labels are there, from a group above the project: needs:sa',
  );
});

test('a list that the board lacks is added at its right end', async () => {
  const place = await openPlace({ tier: 'free' });
  await runOnce(place);
  const [board] = place.sandbox.project.boards;
  if (!board) throw new Error('no board');
  board.lists = board.lists.slice(0, -1);
  expect(words((await runOnce(place)).steps, 'do')).toContain(`The list ${stages.at(-1)} at`);
  expect(boardsOf(place)).toEqual([wantedBoard]);
  const shown = await place.sandbox.send('GET', `${PROJECT_PATH}/boards`);
  expect(checkAnswer('board', JSON.parse(shown.text)[0])).toEqual([]);
});

describe('rights', () => {
  it('says whom it looked at, since a Maintainer may set up what somebody else will run', async () => {
    const { steps } = await runOnce(await openPlace());
    expect(words(steps, 'fine')).toContain('If it runs as another user than @scoping-bot, nobody');
  });

  it.each([15, 20])('access level %i is enough for labels and board', async (level) => {
    const place = await openPlace();
    setRole(place, level);
    const { failed, steps } = await runOnce(place);
    expect([failed, words(steps, 'blocked')]).toEqual([[], '']);
    expect(boardsOf(place)).toEqual([wantedBoard]);
  });

  it.each([
    [10, 'a Guest'],
    [5, 'a user with minimal access'],
  ])('access level %i is not, and nothing is written', async (level, role) => {
    const place = await openPlace();
    place.sandbox.project.visibility = 'public';
    setRole(place, level);
    const { steps } = await runOnce(place);
    expect(steps.map((step) => (step.kind === 'blocked' ? step.exit : 0))).toEqual([77, 77, 77]);
    expect(words(steps, 'blocked')).toContain(`@scoping-bot is ${role} in ${DEMO_PROJECT}.`);
    expect(place.writes()).toEqual([]);
  });

  it('nobody who is not a member may, and a scope that only reads may not either', async () => {
    const place = await openPlace();
    place.sandbox.project.visibility = 'public';
    setRole(place, null);
    expect(words((await runOnce(place)).steps, 'blocked')).toContain('is no member in');
    setRole(place, 40);
    for (const token of place.sandbox.world.tokens) token.scopes = ['read_api'];
    const { steps } = await runOnce(place);
    expect(words(steps, 'blocked')).toContain('scope is read_api, and only "api" may write.');
    expect(place.writes()).toEqual([]);
  });
});

it('a scope that only reads promises nothing, of webhook and templates neither', async () => {
  const place = await openPlace();
  for (const token of place.sandbox.world.tokens) token.scopes = ['read_api'];
  const ground = await openGround(place.connect(), policy, DEMO_PROJECT);
  const config = readConfig({ PUBLIC_URL: 'https://bot.example.com' }, []);
  const found = await lookAt(partsFor(ground, config, ['webhook', 'templates']));
  expect(found).toMatchObject([
    { steps: [{ kind: 'blocked', exit: 77 }], error: null },
    { steps: [{ kind: 'blocked', exit: 77 }], error: null },
  ]);
  for (const { steps } of found) expect(words(steps, 'blocked')).toContain('only "api" may write.');
});

describe('what stands before all else', () => {
  it.each<[string, (place: Place) => unknown, string]>([
    [
      'an old GitLab',
      ({ sandbox: { world } }) => (world.version = '15.1.0'),
      'This GitLab is 15.1.0: internal notes cannot be relied on',
    ],
    [
      'an archived project',
      ({ sandbox: { project } }) => (project.archived = true),
      'The project is archived: nothing can be written there.',
    ],
    [
      'issues switched off',
      ({ sandbox: { project } }) => (project.issuesEnabled = false),
      'Issues are switched off.',
    ],
  ])('%s', async (_what, spoil, expected) => {
    const place = await openPlace();
    const ground = await openGround(place.connect(), policy, DEMO_PROJECT);
    expect(await findObstacles(ground)).toEqual([]);
    spoil(place);
    const steps = await findObstacles(ground);
    expect(steps).toMatchObject([{ kind: 'blocked', exit: 1 }]);
    expect(words(steps, 'blocked')).toContain(expected);
    expect(words(steps, 'blocked')).toMatch(/\n(Let|Take) .*, then run this again\.$/);
  });
});

describe('PROJECT', () => {
  const gitlab = 'https://gitlab.example.com/git';

  it.each([
    ['acme/ps/scoping', 'acme/ps/scoping'],
    ['42', '42'],
    [`${gitlab}/acme/ps/scoping`, 'acme/ps/scoping'],
    [`${gitlab}/acme/ps/scoping/`, 'acme/ps/scoping'],
    [`${gitlab}/acme/ps/scoping.git`, 'acme/ps/scoping'],
    [`${gitlab}/acme/ps/scoping/-/boards/3?x=y#z`, 'acme/ps/scoping'],
  ])('%s is read as %s', (text, expected) => {
    expect(readProjectName(text, gitlab)).toBe(expected);
  });

  it.each([
    'scoping',
    '0',
    '',
    'acme/ps scoping',
    'https://gitlab.example.com/acme/scoping',
    'https://gitlab.example.com.evil.org/git/a/b',
    `${gitlab}/acme`,
  ])('%j is none', (text) => {
    expect(readProjectName(text, gitlab)).toBeNull();
  });
});
