/** How issues behave: reading, changing, listing. */
import { expect, test } from 'vitest';
import { checkAnswer } from '../../sandbox/answer-schemas.ts';
import { openContract } from './harness.ts';

const gitlab = openContract();

test("a new issue is answered with 201 in the shape of GitLab's schema and reads the same", async () => {
  const { path, issue } = await gitlab.openIssue({ description: 'Line one\n\nLine two' });
  expect(checkAnswer('issue', issue)).toEqual([]);
  const read = await gitlab.send('GET', path);
  expect(read.status).toBe(200);
  expect(checkAnswer('issue', read.body)).toEqual([]);
  expect(read.body).toMatchObject({
    description: 'Line one\n\nLine two',
    state: 'opened',
    labels: [],
  });
});

test('an issue without a title is refused with 400', async () => {
  const { path } = await gitlab.openIssue();
  const answer = await gitlab.send('PUT', path, { title: '' });
  expect(answer.status).toBe(400);
});

test('labels are added and removed by name in one request, and unknown names come into being', async () => {
  const { path } = await gitlab.openIssue({ labels: ['contract:one', 'contract:two'] });
  const change = {
    add_labels: ['contract:three'],
    remove_labels: ['contract:one', 'contract:never'],
  };
  const answer = await gitlab.send('PUT', path, change);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ labels: ['contract:three', 'contract:two'] });
});

test('assigning oneself and a label in one request shows both in the answer', async () => {
  const me = (await gitlab.send('GET', '/user')).body as { id: number; username: string };
  const { path } = await gitlab.openIssue();
  const change = { add_labels: ['contract:one'], assignee_ids: [me.id] };
  const { body } = await gitlab.send('PUT', path, change);
  expect(body).toMatchObject({ labels: ['contract:one'], assignees: [{ username: me.username }] });
  const none = await gitlab.send('PUT', path, { assignee_ids: [] });
  expect(none.body).toMatchObject({ assignees: [], labels: ['contract:one'] });
});

test('every change moves updated_at, a comment too', async () => {
  const { path, issue } = await gitlab.openIssue();
  const moments = [issue as { updated_at: string }];
  await gitlab.send('POST', `${path}/notes`, { body: 'A comment' });
  moments.push((await gitlab.send('GET', path)).body as { updated_at: string });
  await gitlab.send('PUT', path, { description: 'Another' });
  moments.push((await gitlab.send('GET', path)).body as { updated_at: string });
  const times = moments.map((each) => Date.parse(each.updated_at));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBeGreaterThan(times[0] ?? 0);
});

test('closing and reopening is a state event', async () => {
  const { path } = await gitlab.openIssue();
  const closed = await gitlab.send('PUT', path, { state_event: 'close' });
  expect(closed.body).toMatchObject({ state: 'closed', closed_at: expect.any(String) });
  const open = await gitlab.send('PUT', path, { state_event: 'reopen' });
  expect(open.body).toMatchObject({ state: 'opened', closed_at: null });
});

test('labels change and the issue closes in one request', async () => {
  const { path } = await gitlab.openIssue({ labels: ['contract:one'] });
  const change = {
    add_labels: ['contract:two'],
    remove_labels: ['contract:one'],
    state_event: 'close',
  };
  const { body } = await gitlab.send('PUT', path, change);
  expect(body).toMatchObject({
    state: 'closed',
    closed_at: expect.any(String),
    labels: ['contract:two'],
  });
});

test('the list gives issues changed since a moment, oldest change first, and none before it', async () => {
  const first = await gitlab.openIssue();
  const { updated_at: since } = first.issue as { updated_at: string };
  const second = await gitlab.openIssue();
  await gitlab.send('PUT', first.path, { description: 'changed last' });
  const query = `updated_after=${encodeURIComponent(since)}&order_by=updated_at&sort=asc&state=opened`;
  const answer = await gitlab.send('GET', `${gitlab.project}/issues?${query}&per_page=100`);
  const iids = (answer.body as { iid: number }[]).map((issue) => issue.iid);
  expect(iids.indexOf(second.iid)).toBeGreaterThanOrEqual(0);
  expect(iids.indexOf(first.iid)).toBeGreaterThan(iids.indexOf(second.iid));
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const nothing = await gitlab.send('GET', `${gitlab.project}/issues?updated_after=${later}`);
  expect(nothing.body).toEqual([]);
});

test('the list filters by label and assignee and counts in X-Total', async () => {
  const me = (await gitlab.send('GET', '/user')).body as { id: number; username: string };
  const label = `contract:${Date.now()}`;
  const { iid } = await gitlab.openIssue({ labels: [label], assignee_ids: [me.id] });
  await gitlab.openIssue({ labels: [label] });
  const both = await gitlab.send('GET', `${gitlab.project}/issues?labels=${label}`);
  expect(both.headers.get('x-total')).toBe('2');
  const query = `labels[]=${label}&assignee_username[]=${me.username}`;
  const mine = await gitlab.send('GET', `${gitlab.project}/issues?${query}`);
  expect((mine.body as { iid: number }[]).map((issue) => issue.iid)).toEqual([iid]);
});
