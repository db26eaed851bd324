/** What the sandbox does not know it says, instead of guessing; and what tokens may. */
import { expect, test } from 'vitest';
import { openSandbox, PROJECT_PATH } from './tester.ts';

test('a route that is not imitated is 501 and names itself', async () => {
  const sandbox = await openSandbox();
  const answer = await sandbox.send('GET', `${PROJECT_PATH}/milestones`);
  expect(answer.status).toBe(501);
  expect(JSON.parse(answer.text)).toMatchObject({
    method: 'GET',
    route: `${PROJECT_PATH}/milestones`,
  });
  expect(sandbox.world.requests).toMatchObject([{ route: null, status: 501 }]);
});

test('a method that is not imitated is 501 too', async () => {
  const sandbox = await openSandbox();
  expect((await sandbox.send('DELETE', PROJECT_PATH)).status).toBe(501);
});

test('a parameter that would be ignored is 501 and named', async () => {
  const sandbox = await openSandbox();
  const query = await sandbox.send('GET', `${PROJECT_PATH}/issues?milestone=x`);
  expect([query.status, query.text.includes('milestone')]).toEqual([501, true]);
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  const body = await sandbox.send('PUT', `${PROJECT_PATH}/issues/${issue.iid}`, { weight: 3 });
  expect([body.status, body.text.includes('weight')]).toEqual([501, true]);
});

test('a body that is not JSON is 400', async () => {
  const sandbox = await openSandbox();
  const headers = {
    'private-token': sandbox.token('scoping-bot'),
    'content-type': 'application/json',
  };
  const answer = await fetch(`${sandbox.url}/api/v4${PROJECT_PATH}/issues`, {
    method: 'POST',
    headers,
    body: '{',
  });
  expect(answer.status).toBe(400);
});

test('a revoked or expired token is 401, a reading token may not write, a blocked user nothing', async () => {
  const sandbox = await openSandbox({ now: () => new Date('2026-11-01T10:00:00Z') });
  const token = sandbox.world.tokens[0];
  const bot = sandbox.world.users[0];
  if (token === undefined || bot === undefined) throw new Error('the demo has no bot');
  token.scopes = ['read_api'];
  expect((await sandbox.send('POST', `${PROJECT_PATH}/issues`, { title: 'X' })).status).toBe(403);
  expect((await sandbox.send('GET', '/user')).status).toBe(200);
  token.expiresAt = '2026-11-01';
  expect((await sandbox.send('GET', '/user')).status).toBe(401);
  token.expiresAt = null;
  bot.state = 'blocked';
  expect((await sandbox.send('GET', '/user')).status).toBe(403);
});

test('boards and files: a label list on a board, many files in one commit', async () => {
  const sandbox = await openSandbox();
  const label = await sandbox.send('POST', `${PROJECT_PATH}/labels`, {
    name: 'stage::one',
    color: '#ffffff',
  });
  const { id: labelId } = JSON.parse(label.text) as { id: number };
  const board = await sandbox.send('POST', `${PROJECT_PATH}/boards`, { name: 'Scoping' });
  const { id } = JSON.parse(board.text) as { id: number };
  const lists = `${PROJECT_PATH}/boards/${id}/lists`;
  expect((await sandbox.send('POST', lists, { label_id: labelId })).status).toBe(201);
  expect((await sandbox.send('POST', lists, { label_id: labelId })).status).toBe(400);
  const file = `${PROJECT_PATH}/repository/files/${encodeURIComponent('.gitlab/issue_templates/Scope.md')}?ref=main`;
  expect((await sandbox.send('GET', file)).status).toBe(404);
  const actions = [
    { action: 'create', file_path: '.gitlab/issue_templates/Scope.md', content: '# Über' },
  ];
  const commit = { branch: 'main', commit_message: 'Add templates', actions };
  expect((await sandbox.send('POST', `${PROJECT_PATH}/repository/commits`, commit)).status).toBe(
    201,
  );
  expect((await sandbox.send('POST', `${PROJECT_PATH}/repository/commits`, commit)).status).toBe(
    400,
  );
  const { content } = JSON.parse((await sandbox.send('GET', file)).text) as { content: string };
  expect(Buffer.from(content, 'base64').toString()).toBe('# Über');
  expect(sandbox.problems).toEqual([]);
});
