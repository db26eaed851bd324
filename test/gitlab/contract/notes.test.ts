/** How notes behave: order, pages, edits, quick actions in them. */
import { expect, test } from 'vitest';
import { checkAnswer } from '../../sandbox/answer-schemas.ts';
import { openContract } from './harness.ts';

const gitlab = openContract();
type Row = { readonly id: number; readonly body: string; readonly system: boolean };

test('a comment is answered with 201 and can be read, edited and deleted', async () => {
  const { path } = await gitlab.openIssue();
  const posted = await gitlab.send('POST', `${path}/notes`, { body: 'First', internal: false });
  expect(posted.status).toBe(201);
  expect(checkAnswer('notes', [posted.body])).toEqual([]);
  const note = `${path}/notes/${(posted.body as Row).id}`;
  const edited = await gitlab.send('PUT', note, { body: 'Second' });
  expect(edited.status).toBe(200);
  expect((await gitlab.send('GET', note)).body).toMatchObject({ body: 'Second' });
  expect((await gitlab.send('DELETE', note)).status).toBe(204);
  expect((await gitlab.send('GET', note)).status).toBe(404);
});

test('an empty comment is refused with 400', async () => {
  const { path } = await gitlab.openIssue();
  expect((await gitlab.send('POST', `${path}/notes`, { body: '' })).status).toBe(400);
});

test('notes come newest first unless asked otherwise, page by page along the next link', async () => {
  const { path } = await gitlab.openIssue();
  for (const body of ['one', 'two', 'three']) await gitlab.send('POST', `${path}/notes`, { body });
  const newest = await gitlab.send('GET', `${path}/notes`);
  expect((newest.body as Row[]).map((note) => note.body)).toEqual(['three', 'two', 'one']);
  const first = await gitlab.send('GET', `${path}/notes?sort=asc&order_by=created_at&per_page=2`);
  expect((first.body as Row[]).map((note) => note.body)).toEqual(['one', 'two']);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const query = new URL(next).search;
  const second = await gitlab.send('GET', `${path}/notes${query}`);
  expect((second.body as Row[]).map((note) => note.body)).toEqual(['three']);
  expect(second.headers.get('link')).not.toContain('rel="next"');
});

test('an edited title leaves a system note, and the filter for comments hides it', async () => {
  const { path } = await gitlab.openIssue();
  await gitlab.send('PUT', path, { title: 'Another title' });
  await gitlab.send('POST', `${path}/notes`, { body: 'Words' });
  const all = (await gitlab.send('GET', `${path}/notes`)).body as Row[];
  expect(all.some((note) => note.system)).toBe(true);
  expect(checkAnswer('notes', all)).toEqual([]);
  const comments = await gitlab.send('GET', `${path}/notes?activity_filter=only_comments`);
  expect((comments.body as Row[]).map((note) => note.body)).toEqual(['Words']);
});

test('a comment of nothing but quick actions is done, answered with 202, and not kept', async () => {
  const { path } = await gitlab.openIssue();
  const answer = await gitlab.send('POST', `${path}/notes`, {
    body: '/title Renamed by a comment',
  });
  expect(answer.status).toBe(202);
  expect(answer.body).not.toHaveProperty('id');
  expect((await gitlab.send('GET', path)).body).toMatchObject({ title: 'Renamed by a comment' });
  const comments = await gitlab.send('GET', `${path}/notes?activity_filter=only_comments`);
  expect(comments.body).toEqual([]);
});

test('a quick action below a comment is done and taken out of the text', async () => {
  const { path } = await gitlab.openIssue();
  const answer = await gitlab.send('POST', `${path}/notes`, { body: 'Enough.\n\n/close' });
  expect(answer.body).toMatchObject({ body: 'Enough.' });
  expect((await gitlab.send('GET', path)).body).toMatchObject({ state: 'closed' });
});

test('a quick action in a quote, a fence or behind a space does nothing and stays in the text', async () => {
  const { path } = await gitlab.openIssue();
  const body = '> /close\n\n```\n/close\n```\n\nand ` /close`';
  const answer = await gitlab.send('POST', `${path}/notes`, { body });
  expect(answer.body).toMatchObject({ body });
  expect((await gitlab.send('GET', path)).body).toMatchObject({ state: 'opened' });
});

test('a quick action works in an edited comment too', async () => {
  const { path } = await gitlab.openIssue();
  const posted = await gitlab.send('POST', `${path}/notes`, { body: 'Words' });
  const note = `${path}/notes/${(posted.body as Row).id}`;
  const edited = await gitlab.send('PUT', note, { body: 'Other words\n\n/close' });
  expect(edited.body).toMatchObject({ body: 'Other words' });
  expect((await gitlab.send('GET', path)).body).toMatchObject({ state: 'closed' });
});

test('an unknown slash word stays in the comment', async () => {
  const { path } = await gitlab.openIssue();
  const body = '/scoping set users_planned 1200';
  const answer = await gitlab.send('POST', `${path}/notes`, { body });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ body });
});
