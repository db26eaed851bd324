/** The log of a webhook as GitLab tells it: newest first, for Maintainers, from 17.3 on. */
import { expect, test } from 'vitest';
import { addHook, openReceiver, openSandbox, PROJECT_PATH } from './tester.ts';

test('deliveries are told newest first with what was answered', async () => {
  const sandbox = await openSandbox();
  const receiver = await openReceiver(503);
  const hook = addHook(sandbox, receiver.url);
  sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  await sandbox.settled();
  hook.url = 'http://127.0.0.1:1/nobody';
  sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'Y' });
  await sandbox.settled();
  const path = `${PROJECT_PATH}/hooks/${hook.id}/events`;
  const { text } = await sandbox.send('GET', `${path}?per_page=5`);
  const rows = JSON.parse(text) as { response_status: string }[];
  expect(rows.map(({ response_status }) => response_status)).toEqual(['internal error', '503']);
  expect((await sandbox.send('GET', path, undefined, 'sa-one')).status).toBe(403);
  sandbox.world.version = '17.2.0-ee';
  expect((await sandbox.send('GET', path)).status).toBe(404);
  expect(sandbox.problems).toEqual([]);
});
