/** Quick actions: where they are recognised, with whose rights they run. */
import { expect, test } from 'vitest';
import { splitQuickActions } from '../../src/sandbox/quick.ts';
import { openSandbox, PROJECT_PATH } from './tester.ts';

test.each([
  ['a plain line', 'text\n\n/close', 1],
  ['a line inside a paragraph', 'text\n/close\nmore', 1],
  ['capitals and a Windows line end', '/CLOSE\r\ntext', 1],
  ['a leading space', ' /close', 0],
  ['a quote', '> /close', 0],
  ['a list item', '- /close', 0],
  ['a fence', '```\n/close\n```', 0],
  ['an indented block', '    /close', 0],
  ['an HTML block', '<div>\n/close\n</div>', 0],
  ['a table', '| a |\n|---|\n| /close |', 0],
  ['an unknown word', '/scoping set x', 0],
  ['a path', '/etc/passwd', 0],
])('in paragraphs, %s counts as expected', (_what, text, count) => {
  expect(splitQuickActions(text, 'paragraphs').actions).toHaveLength(count);
});

test('the older reading finds an action inside an HTML block, and never in a quote', () => {
  expect(splitQuickActions('<div>\n/close\n</div>', 'lines').actions).toHaveLength(1);
  expect(splitQuickActions('> /close\n```\n/close\n```', 'lines').actions).toHaveLength(0);
});

test('the actions of a description are done and stripped when the issue is opened', async () => {
  const sandbox = await openSandbox();
  sandbox
    .as('sa-one')
    .createIssue('acme/ps/scoping', { title: 'makes the label', labels: ['known'] });
  const description = 'Text\n\n/label ~known ~unknown\n/assign @em-emea\n/confidential';
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X', description });
  expect(issue).toMatchObject({ description: 'Text', confidential: true });
  expect([issue.labelIds.length, issue.assigneeIds.length]).toEqual([1, 1]);
});

test('the same in an edited description, as one update', async () => {
  const sandbox = await openSandbox();
  const issue = sandbox
    .as('sa-one')
    .createIssue('acme/ps/scoping', { title: 'X', labels: ['a', 'b'] });
  const description = 'Text\n\n/unlabel ~a\n/assign @em-emea\n/title Renamed';
  await sandbox.send('PUT', `${PROJECT_PATH}/issues/${issue.iid}`, { description });
  expect(issue).toMatchObject({ description: 'Text', title: 'Renamed' });
  expect([issue.labelIds.length, issue.assigneeIds.length]).toEqual([1, 1]);
});

test("a guest's quick actions are stripped and not done", async () => {
  const sandbox = await openSandbox();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X', labels: ['a'] });
  const note = sandbox.as('guest-one').comment(issue, 'Please\n\n/unlabel ~a\n/close');
  expect(note?.body).toBe('Please');
  expect(issue).toMatchObject({ state: 'opened' });
  expect(issue.labelIds).toHaveLength(1);
  expect(sandbox.world.quickActions.map((run) => run.done)).toEqual([false, false]);
});

test('an action that GitLab knows and the sandbox cannot do is stripped, recorded, and not done', async () => {
  const sandbox = await openSandbox();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  sandbox.as('sa-one').comment(issue, 'Off\n\n/move other/project');
  expect(sandbox.world.quickActions).toMatchObject([
    { command: 'move', args: 'other/project', done: false },
  ]);
  const alone = await sandbox.send('POST', `${PROJECT_PATH}/issues/${issue.iid}/notes`, {
    body: '/move x',
  });
  expect(alone.status).toBe(400);
});

test('reopen, reassign and unassign do what they say', async () => {
  const sandbox = await openSandbox();
  const sa = sandbox.as('sa-one');
  const issue = sa.createIssue('acme/ps/scoping', { title: 'X', assignees: ['em-emea'] });
  sa.close(issue);
  expect(sa.comment(issue, '/reopen\n/reassign @em-east')).toBeNull();
  const east = sandbox.world.users.find((user) => user.username === 'em-east');
  expect(issue).toMatchObject({ state: 'opened', assigneeIds: [east?.id] });
  sa.comment(issue, '/unassign');
  expect(issue.assigneeIds).toEqual([]);
});
