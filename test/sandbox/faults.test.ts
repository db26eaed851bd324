/** The fault switches, and the request log that counts through them. */
import { expect, test } from 'vitest';
import { openSandbox, PROJECT_PATH } from './tester.ts';

const NOTES = '/projects/:id/issues/:iid/notes';

async function openIssue() {
  const sandbox = await openSandbox();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  const notes = `${PROJECT_PATH}/issues/${issue.iid}/notes`;
  return { sandbox, issue, notes };
}

test('a throttle answers 429 with headers for the next matching requests only', async () => {
  const { sandbox, notes } = await openIssue();
  sandbox.world.faults.push({
    kind: 'rate_limited',
    retryAfter: 7,
    method: 'POST',
    route: NOTES,
    times: 1,
  });
  expect((await sandbox.send('GET', notes)).status).toBe(200);
  const slow = await sandbox.send('POST', notes, { body: 'one' });
  expect([slow.status, slow.text]).toEqual([429, 'Retry later\n']);
  expect(slow.headers.get('retry-after')).toBe('7');
  expect(slow.headers.get('ratelimit-remaining')).toBe('0');
  expect((await sandbox.send('POST', notes, { body: 'two' })).status).toBe(201);
});

test('an application limit answers 429 without any header', async () => {
  const { sandbox, issue, notes } = await openIssue();
  sandbox.world.faults.push({ kind: 'rate_limited', retryAfter: null, times: 1 });
  const answer = await sandbox.send('POST', notes, { body: 'one' });
  expect(answer.status).toBe(429);
  expect(answer.headers.get('retry-after')).toBeNull();
  expect(answer.text).toContain('requested too many times');
  expect(issue.notes).toEqual([]);
});

test('a 502 before the write leaves nothing, one after it leaves the note', async () => {
  const { sandbox, issue, notes } = await openIssue();
  sandbox.world.faults.push({ kind: 'answer', status: 502, when: 'before', times: 1 });
  expect((await sandbox.send('POST', notes, { body: 'one' })).status).toBe(502);
  expect(issue.notes).toEqual([]);
  sandbox.world.faults.push({ kind: 'answer', status: 502, when: 'after', times: 1 });
  expect((await sandbox.send('POST', notes, { body: 'two' })).status).toBe(502);
  expect(issue.notes.map((note) => note.body)).toEqual(['two']);
});

test('a cut connection loses the answer and keeps the write', async () => {
  const { sandbox, issue, notes } = await openIssue();
  sandbox.world.faults.push({ kind: 'hang_up', when: 'after', times: 1 });
  await expect(sandbox.send('POST', notes, { body: 'one' })).rejects.toThrow();
  expect(issue.notes).toHaveLength(1);
  expect(sandbox.world.requests.at(-1)?.status).toBe(0);
});

test('a late write is done after the connection was cut', async () => {
  const { sandbox, issue, notes } = await openIssue();
  sandbox.world.faults.push({ kind: 'late', ms: 300, times: 1 });
  await expect(sandbox.send('POST', notes, { body: 'one' })).rejects.toThrow();
  expect(issue.notes).toEqual([]);
  await sandbox.settled();
  expect(issue.notes.map(({ body }) => body)).toEqual(['one']);
  expect(sandbox.world.requests.at(-1)?.status).toBe(0);
});

test('a slow answer comes in the end, and one slower than the caller is given up', async () => {
  const { sandbox, notes } = await openIssue();
  sandbox.world.faults.push({ kind: 'slow', ms: 20, times: 1 });
  expect((await sandbox.send('GET', notes)).status).toBe(200);
  sandbox.world.faults.push({ kind: 'slow', ms: 60_000, times: 1 });
  const headers = { 'private-token': sandbox.token('scoping-bot') };
  const signal = AbortSignal.timeout(50);
  const asked = fetch(`${sandbox.url}/api/v4${notes}`, { headers, signal });
  await expect(asked).rejects.toThrow('timeout');
});

test('every request is logged with its route, status and user', async () => {
  const { sandbox, notes } = await openIssue();
  await sandbox.send('GET', notes, undefined, 'em-emea');
  await fetch(`${sandbox.url}/api/v4/user`, { headers: { 'private-token': 'wrong' } });
  const told = sandbox.world.requests.map(({ method, route, status, username }) => [
    method,
    route,
    status,
    username,
  ]);
  expect(told).toEqual([
    ['GET', NOTES, 200, 'em-emea'],
    ['GET', '/user', 401, null],
  ]);
});
