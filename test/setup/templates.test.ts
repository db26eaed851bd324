/** The issue templates: one commit, or one merge request where the branch is protected; people's files stay. */
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../src/core/policy.ts';
import { writeTemplates } from '../../src/core/say/templates.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import type { FindSteps } from '../../src/setup/step.ts';
import { findTemplateSteps } from '../../src/setup/templates.ts';
import { applyAll, kinds, openPlace, type Place, words } from './place.ts';

const policy = loadPolicy();
const FOLDER = '.gitlab/issue_templates';
const PROPOSAL = 'scoping-bot/issue-templates';
const TRAINING = `${FOLDER}/Training.md`;
const wanted = new Map(
  [...writeTemplates(policy)].map(([name, text]) => [`${FOLDER}/${name}`, text]),
);
const COMMIT = 'POST /projects/:id/repository/commits';
const OPEN = 'POST /projects/:id/merge_requests';

/** Another wording of one question, as in a later version of the policy. */
const later: Policy = {
  ...policy,
  questionById: new Map(
    [...policy.questionById].map(([id, question]) => [
      id,
      id === 'customer_name' ? { ...question, ask: 'Name of the customer' } : question,
    ]),
  ),
};

function finder({ sandbox, connect }: Place, given = policy, username = 'scoping-bot'): FindSteps {
  const { repository } = connect(username);
  const projectId = sandbox.project.id;
  return () => findTemplateSteps({ repository, projectId, policy: given });
}

function templatesOn({ sandbox }: Place, branch = 'main'): ReadonlyMap<string, string> {
  const { files, branches } = sandbox.project;
  const there = branch === 'main' ? files : (branches.get(branch) ?? new Map<string, string>());
  return new Map([...there].filter(([path]) => path.startsWith(FOLDER)));
}

/** The merge request that is open, as if a Maintainer had pressed Merge. */
function merge({ sandbox: { project } }: Place): void {
  for (const request of project.mergeRequests.filter(({ state }) => state === 'opened')) {
    project.files = new Map([
      ...project.files,
      ...(project.branches.get(request.sourceBranch) ?? []),
    ]);
    request.state = 'merged';
    if (request.removeSource) project.branches.delete(request.sourceBranch);
  }
}

test('the first time all come with one commit; the second finds nothing to do', async () => {
  const place = await openPlace();
  const find = finder(place);
  expect(kinds(await find())).toEqual(['do']);
  expect(place.writes()).toEqual([]);
  await applyAll(find);
  expect(templatesOn(place)).toEqual(wanted);
  expect(place.sandbox.project.files.get('README.md')).toBe('# Sandbox\n');
  expect(kinds(await find())).toEqual(['fine']);
  await applyAll(find);
  expect(place.writes()).toEqual([COMMIT]);
  expect(words(await find(), 'fine')).toContain(`${wanted.size} issue templates are up to date`);
  expect(place.sandbox.problems).toEqual([]);
});

test('an older version of ours is brought up to date, whatever ends its lines', async () => {
  const place = await openPlace();
  await applyAll(finder(place));
  const { files } = place.sandbox.project;
  const old = files.get(TRAINING) ?? '';
  files.set(TRAINING, `${old.trimEnd().replaceAll('\n', '\r\n')}`);
  expect(kinds(await finder(place)())).toEqual(['fine']);
  const find = finder(place, later);
  expect(words(await find(), 'do')).toContain('Update issue templates for scoping');
  await applyAll(find);
  expect(templatesOn(place).get(TRAINING)).toContain('Name of the customer');
  expect(kinds(await find())).toEqual(['fine']);
});

test('what people wrote or changed is shown and left, beside what is brought up to date', async () => {
  const place = await openPlace();
  const { project } = place.sandbox;
  project.files.set(`${FOLDER}/Integration.md`, 'Our own form\n');
  await applyAll(finder(place));
  project.files.set(TRAINING, `${project.files.get(TRAINING)}\nPlease be brief.\n`);
  const find = finder(place, later);
  const steps = await find();
  expect(kinds(steps)).toEqual(['do', 'left', 'left']);
  expect(words(steps, 'left')).toContain('Somebody changed it since the bot wrote it');
  expect(words(steps, 'left')).toContain('The bot did not write this file');
  await applyAll(find);
  expect(project.files.get(TRAINING)).toContain('Please be brief.');
  expect(templatesOn(place).get(TRAINING)).toBe(project.files.get(TRAINING));
  expect(templatesOn(place).get(`${FOLDER}/Integration.md`)).toBe('Our own form\n');
  expect(kinds(await find())).toEqual(['fine', 'left', 'left']);
});

test('a change between looking and writing is not overwritten', async () => {
  const place = await openPlace();
  await applyAll(finder(place));
  const [step] = await finder(place, later)();
  const { project } = place.sandbox;
  project.files.set(TRAINING, 'Somebody was faster\n');
  if (step?.kind !== 'do') throw new Error('there is nothing to do');
  await expect(step.apply()).rejects.toThrow('Somebody changed a file while this ran');
  expect(project.files.get(TRAINING)).toBe('Somebody was faster\n');
  expect(kinds(await finder(place, later)())).toEqual(['do', 'left']);
});

test('a commit whose answer is lost is found done by the next run', async () => {
  const place = await openPlace();
  const fault = { method: 'POST', route: '/projects/:id/repository/commits', times: 1 };
  place.sandbox.world.faults.push({ kind: 'hang_up', when: 'after', ...fault });
  await expect(applyAll(finder(place))).rejects.toMatchObject({ lostAnswer: true });
  expect(kinds(await finder(place)())).toEqual(['fine']);
});

test('an empty repository gets its first commit', async () => {
  const place = await openPlace();
  place.sandbox.project.emptyRepo = true;
  place.sandbox.project.files = new Map();
  const find = finder(place);
  await applyAll(find);
  expect(templatesOn(place)).toEqual(wanted);
  expect(kinds(await find())).toEqual(['fine']);
});

describe('on a protected branch', () => {
  test('one merge request is opened, found again, and done when it is merged', async () => {
    const place = await openPlace();
    place.sandbox.project.pushLevel = 60;
    const find = finder(place);
    expect(words(await find(), 'do')).toContain('a merge request');
    await applyAll(find);
    expect([templatesOn(place).size, templatesOn(place, PROPOSAL)]).toEqual([0, wanted]);
    const [request] = place.sandbox.project.mergeRequests;
    expect(request).toMatchObject({ sourceBranch: PROPOSAL, targetBranch: 'main' });
    expect(request?.title).toBe('Add issue templates for scoping');
    const steps = await find();
    expect(kinds(steps)).toEqual(['fine']);
    expect(words(steps, 'fine')).toContain('!1');
    await applyAll(find);
    expect(place.writes()).toEqual([COMMIT, OPEN]);
    merge(place);
    expect(words(await find(), 'fine')).toContain('up to date');
    expect(place.sandbox.problems).toEqual([]);
  });

  test('a Reporter is told of the one that waits, and that another policy takes a Maintainer', async () => {
    const place = await openPlace();
    const { project, world } = place.sandbox;
    project.pushLevel = 60;
    await applyAll(finder(place));
    const bot = world.users.find(({ username }) => username === 'scoping-bot');
    project.members.set(bot?.id ?? 0, 20);
    const steps = await finder(place)();
    expect(kinds(steps)).toEqual(['fine']);
    expect(words(steps, 'fine')).toContain('wait in merge request !1');
    const outdated = await finder(place, later)();
    expect(outdated).toMatchObject([{ kind: 'blocked', exit: 77 }]);
    expect(words(outdated, 'blocked')).toContain("Run this with a Maintainer's token");
    project.mergeRequests = [];
    expect(kinds(await finder(place)())).toEqual(['blocked']);
    project.branches.delete(PROPOSAL);
    expect(kinds(await finder(place)())).toEqual(['blocked']);
  });

  test('another policy brings the open one up to date, and people may edit there', async () => {
    const place = await openPlace();
    const { project } = place.sandbox;
    project.pushLevel = 60;
    await applyAll(finder(place));
    project.branches.get(PROPOSAL)?.set(TRAINING, 'Better\n');
    const find = finder(place, later);
    expect(kinds(await find())).toEqual(['do', 'left']);
    await applyAll(find);
    const there = templatesOn(place, PROPOSAL);
    expect(there.get(TRAINING)).toBe('Better\n');
    expect(there.get(`${FOLDER}/Integration.md`)).toContain('Name of the customer');
    expect(project.mergeRequests).toHaveLength(1);
    expect(kinds(await find())).toEqual(['fine', 'left']);
  });

  test('cut off between branch and merge request, the next run opens it', async () => {
    const place = await openPlace();
    place.sandbox.project.pushLevel = 60;
    const fault = { method: 'POST', route: '/projects/:id/merge_requests', times: 1 };
    place.sandbox.world.faults.push({ kind: 'hang_up', when: 'before', ...fault });
    const find = finder(place);
    await expect(applyAll(find)).rejects.toThrow();
    expect(place.sandbox.project.mergeRequests).toEqual([]);
    await applyAll(find);
    expect(place.sandbox.project.mergeRequests).toHaveLength(1);
    expect(place.writes()).toEqual([COMMIT, OPEN, OPEN]);
    expect(kinds(await find())).toEqual(['fine']);
  });

  test.each(['closed', 'merged'] as const)('%s by people and gone is left', async (state) => {
    const place = await openPlace();
    const { project } = place.sandbox;
    project.pushLevel = 60;
    const find = finder(place);
    await applyAll(find);
    for (const request of project.mergeRequests) request.state = state;
    expect(kinds(await find())).toEqual(['left']);
    expect(words(await find(), 'left')).toContain(`delete the branch ${PROPOSAL}`);
    project.branches.delete(PROPOSAL);
    await applyAll(find);
    expect(project.mergeRequests.map((request) => request.state)).toEqual([state, 'opened']);
  });
});

test('a Developer proposes what a Maintainer commits', async () => {
  const place = await openPlace();
  await applyAll(finder(place, policy, 'sa-one'));
  expect(place.sandbox.project.mergeRequests).toHaveLength(1);
  expect(templatesOn(place).size).toBe(0);
});

test('a Guest is told what a maintainer has to do, exit 77', async () => {
  const place = await openPlace();
  const steps = await finder(place, policy, 'guest-one')();
  expect(steps).toMatchObject([{ kind: 'blocked', exit: 77 }]);
  expect(words(steps, 'blocked')).toContain("with a Maintainer's token");
});
