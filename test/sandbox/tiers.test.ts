/** What each tier lets be: assignees and scoped labels. */
import { expect, test } from 'vitest';
import { scopeOf } from '../../src/sandbox/labels.ts';
import type { Tier } from '../../src/sandbox/world.ts';
import { openSandbox, PROJECT_PATH } from './tester.ts';

async function putLabels(tier: Tier, before: string[], add: string[]): Promise<string[]> {
  const sandbox = await openSandbox({ tier });
  const { iid } = sandbox
    .as('sa-one')
    .createIssue('acme/ps/scoping', { title: 'X', labels: before });
  const path = `${PROJECT_PATH}/issues/${iid}`;
  const answer = await sandbox.send('PUT', path, { add_labels: add });
  expect(sandbox.problems).toEqual([]);
  return (JSON.parse(answer.text) as { labels: string[] }).labels;
}

test('on Free two labels of one scope stand side by side', async () => {
  expect(await putLabels('free', ['stage::one'], ['stage::two'])).toEqual([
    'stage::one',
    'stage::two',
  ]);
});

test.each(['premium', 'ultimate'] as const)(
  'on %s the later label of a scope drives the earlier one out',
  async (tier) => {
    expect(await putLabels(tier, ['stage::one'], ['stage::two'])).toEqual(['stage::two']);
    expect(await putLabels(tier, [], ['stage::one', 'stage::two'])).toEqual(['stage::two']);
  },
);

test('the scope is everything before the last double colon', async () => {
  const labels = await putLabels('premium', ['a::b::one', 'a::two'], ['a::b::two']);
  expect(labels).toEqual(['a::b::two', 'a::two']);
  expect([scopeOf('a::b::c'), scopeOf('a:b'), scopeOf('::b')]).toEqual(['a::b', null, null]);
});

test('the label that was driven out has its own event under the name of who did it', async () => {
  const sandbox = await openSandbox({ tier: 'premium' });
  const issue = sandbox
    .as('sa-one')
    .createIssue('acme/ps/scoping', { title: 'X', labels: ['stage::one'] });
  await sandbox.send('PUT', `${PROJECT_PATH}/issues/${issue.iid}`, { add_labels: ['stage::two'] });
  const bot = sandbox.world.users.find((user) => user.username === 'scoping-bot');
  const told = issue.labelEvents.map(({ action, label, userId }) => [
    action,
    label.name,
    userId === bot?.id,
  ]);
  expect(told).toEqual([
    ['add', 'stage::one', false],
    ['add', 'stage::two', true],
    ['remove', 'stage::one', true],
  ]);
});

test.each([
  ['free', ['em-emea']],
  ['premium', ['em-emea', 'sa-one']],
] as const)('on %s assigning two people gives %j', async (tier, expected) => {
  const sandbox = await openSandbox({ tier });
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  const ids = ['em-emea', 'sa-one'].map(
    (name) => sandbox.world.users.find((user) => user.username === name)?.id,
  );
  const { text } = await sandbox.send('PUT', `${PROJECT_PATH}/issues/${issue.iid}`, {
    assignee_ids: ids,
  });
  const { assignees } = JSON.parse(text) as { assignees: { username: string }[] };
  expect(assignees.map((person) => person.username)).toEqual(expected);
});

test('somebody who cannot read the issue is left out without a word', async () => {
  const sandbox = await openSandbox();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  sandbox.as('sa-one').assign(issue, 'outsider', 'em-emea');
  expect(issue.assigneeIds).toHaveLength(1);
  sandbox.as('sa-one').assign(issue, 'outsider');
  expect(issue.assigneeIds).toHaveLength(1);
  sandbox.as('sa-one').assign(issue);
  expect(issue.assigneeIds).toEqual([]);
});
