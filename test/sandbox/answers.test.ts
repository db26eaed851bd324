/** Every answer shape that GitLab has a schema for; group labels, inherited roles, large lists. */
import { expect, test } from 'vitest';
import { addGroup, addProject, addUser } from '../../src/sandbox/people.ts';
import { checkAnswer } from './answer-schemas.ts';
import { openSandbox, PROJECT_PATH } from './tester.ts';

test("issues, notes, labels, members, hooks and boards fit GitLab's own schemas", async () => {
  const sandbox = await openSandbox();
  const sa = sandbox.as('sa-one');
  const issue = sa.createIssue('acme/ps/scoping', {
    title: 'X',
    labels: ['a'],
    assignees: ['em-emea'],
  });
  sa.comment(issue, 'Words');
  sa.editTitle(issue, 'Y');
  await sandbox.send('POST', `${PROJECT_PATH}/hooks`, { url: 'https://bot.example/' });
  await sandbox.send('POST', `${PROJECT_PATH}/boards`, { name: 'Scoping' });
  const read = async (path: string) =>
    JSON.parse((await sandbox.send('GET', `${PROJECT_PATH}${path}`)).text) as unknown[];
  const [one] = await read('/issues');
  const [label] = await read('/labels');
  const [hook] = await read('/hooks');
  const [board] = await read('/boards');
  expect([
    ...checkAnswer('issue', one),
    ...checkAnswer('notes', await read(`/issues/${issue.iid}/notes`)),
    ...checkAnswer('labels/project_label', label),
    ...checkAnswer('members', await read('/members/all')),
    ...checkAnswer('project_hook', hook),
    ...checkAnswer('board', board),
  ]).toEqual([]);
  expect(sandbox.problems).toEqual([]);
});

test('an answer that lacks what GitLab requires does not fit', () => {
  expect(checkAnswer('issue', { id: 1 })).not.toEqual([]);
  expect(checkAnswer('notes', [{ id: 'one' }])).not.toEqual([]);
});

test('a group above the project gives its members a role and the project its labels', async () => {
  const sandbox = await openSandbox();
  const group = addGroup(sandbox.world, 'acme/ps');
  const lead = addUser(sandbox.world, 'group-lead');
  group.members.set(lead.id, 40);
  const at = sandbox.world.now().toISOString();
  group.labels.push({
    id: 9000,
    name: 'shared',
    color: '#000000',
    description: null,
    projectId: null,
    groupId: group.id,
    createdAt: at,
  });
  const member = await sandbox.send('GET', `${PROJECT_PATH}/members/all/${lead.id}`);
  expect(JSON.parse(member.text)).toMatchObject({ access_level: 40, username: 'group-lead' });
  const taken = await sandbox.send('POST', `${PROJECT_PATH}/labels`, {
    name: 'shared',
    color: '#ffffff',
  });
  expect(taken.status).toBe(409);
  const issue = sandbox
    .as('sa-one')
    .createIssue('acme/ps/scoping', { title: 'X', labels: ['shared'] });
  expect(issue.labelIds).toEqual([9000]);
});

test('pages are 20 rows unless asked otherwise and 100 at most, and the links keep the other filters', async () => {
  const sandbox = await openSandbox();
  const sa = sandbox.as('sa-one');
  for (let count = 0; count < 101; count += 1)
    sa.createIssue('acme/ps/scoping', { title: `Issue ${count}` });
  const plain = await sandbox.send('GET', `${PROJECT_PATH}/issues`);
  expect(JSON.parse(plain.text)).toHaveLength(20);
  const wide = await sandbox.send('GET', `${PROJECT_PATH}/issues?state=opened&per_page=500`);
  expect(JSON.parse(wide.text)).toHaveLength(100);
  expect(wide.headers.get('x-total-pages')).toBe('2');
  const next = /<([^>]+)>; rel="next"/.exec(wide.headers.get('link') ?? '')?.[1] ?? '';
  const query = new URL(next).searchParams;
  expect([query.get('state'), query.get('page'), query.get('per_page')]).toEqual([
    'opened',
    '2',
    '100',
  ]);
});

test('above ten thousand rows the totals and the last link are left out', async () => {
  const sandbox = await openSandbox();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  const note = sandbox.as('sa-one').comment(issue, 'Words');
  if (note === null) throw new Error('the comment was not kept');
  issue.notes = Array.from({ length: 10_001 }, (_, id) => ({ ...note, id }));
  const { headers } = await sandbox.send('GET', `${PROJECT_PATH}/issues/${issue.iid}/notes`);
  expect([headers.get('x-total'), headers.get('x-total-pages')]).toEqual([null, null]);
  expect(headers.get('link')).toContain('rel="next"');
  expect(headers.get('link')).not.toContain('rel="last"');
});

test('the list of projects gives those that the person is a member of', async () => {
  const sandbox = await openSandbox();
  const other = addProject(sandbox.world, 'acme/ps/other', new Map([['scoping-bot', 30]]));
  addProject(sandbox.world, 'acme/ps/closed');
  const query = 'membership=true&archived=false&with_issues_enabled=true&order_by=id&sort=asc';
  const mine = await sandbox.send('GET', `/projects?${query}&simple=true`);
  const ids = (JSON.parse(mine.text) as { id: number }[]).map((project) => project.id);
  expect(ids).toEqual([sandbox.project.id, other.id]);
  const high = await sandbox.send('GET', '/projects?min_access_level=40');
  expect((JSON.parse(high.text) as { id: number }[]).map(({ id }) => id)).toEqual([
    sandbox.project.id,
  ]);
  expect((await sandbox.send('GET', '/projects', undefined, 'outsider')).text).toBe('[]');
  expect(sandbox.problems).toEqual([]);
});
