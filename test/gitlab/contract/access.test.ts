/** Who am I, who are they, what is refused and how. */
import { expect, test } from 'vitest';
import { checkAnswer } from '../../sandbox/answer-schemas.ts';
import { isReal, openContract } from './harness.ts';

const gitlab = openContract();
type User = { readonly id: number; readonly username: string };

test('the token knows its user, its scopes and the version', async () => {
  const me = (await gitlab.send('GET', '/user')).body as User;
  const token = await gitlab.send('GET', '/personal_access_tokens/self');
  expect(token.body).toMatchObject({ user_id: me.id, active: true });
  const { body } = await gitlab.send('GET', '/metadata');
  expect(body).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+/) });
  expect((await gitlab.send('GET', '/version')).status).toBe(200);
});

test('a user is found by exact username whatever its case, and an unknown one is an empty list', async () => {
  const me = (await gitlab.send('GET', '/user')).body as User;
  const found = await gitlab.send('GET', `/users?username=${me.username.toUpperCase()}`);
  expect((found.body as User[]).map((user) => user.id)).toEqual([me.id]);
  const none = await gitlab.send('GET', '/users?username=nobody-of-that-name-here');
  expect(none.body).toEqual([]);
});

test('a user has a status with an availability', async () => {
  const me = (await gitlab.send('GET', '/user')).body as User;
  const { status, body } = await gitlab.send('GET', `/users/${me.id}/status`);
  expect(status).toBe(200);
  expect(body).toHaveProperty('availability');
});

test('membership includes inherited members and answers 404 for others', async () => {
  const me = (await gitlab.send('GET', '/user')).body as User;
  const mine = await gitlab.send('GET', `${gitlab.project}/members/all/${me.id}`);
  expect(checkAnswer('members', [mine.body])).toEqual([]);
  expect((mine.body as { access_level: number }).access_level).toBeGreaterThanOrEqual(15);
  expect((await gitlab.send('GET', `${gitlab.project}/members/all/999999999`)).status).toBe(404);
});

test('members are found by a part of their name, in any case', async () => {
  const me = (await gitlab.send('GET', '/user')).body as User & { readonly name: string };
  const part = encodeURIComponent(me.name.slice(0, -1).toUpperCase());
  const { status, body } = await gitlab.send('GET', `${gitlab.project}/members/all?query=${part}`);
  expect(status).toBe(200);
  expect(checkAnswer('members', body)).toEqual([]);
  expect((body as User[]).map(({ id }) => id)).toContain(me.id);
  const none = await gitlab.send('GET', `${gitlab.project}/members/all?query=nobody-called-so`);
  expect(none.body).toEqual([]);
});

test('a project is found by encoded path and by id', async () => {
  const { body } = await gitlab.send('GET', gitlab.project);
  const { id } = body as { id: number };
  expect((await gitlab.send('GET', `/projects/${id}`)).body).toMatchObject({ id });
});

test('a wrong token is 401, an unknown project, issue or note 404', async () => {
  expect((await gitlab.send('GET', '/user', undefined, 'not-a-token')).status).toBe(401);
  expect((await gitlab.send('GET', '/projects/nobody%2Fnothing')).status).toBe(404);
  expect((await gitlab.send('GET', `${gitlab.project}/issues/99999999`)).status).toBe(404);
  const { path } = await gitlab.openIssue();
  expect((await gitlab.send('GET', `${path}/notes/999999999999`)).status).toBe(404);
});

test.runIf(!isReal)('an outsider sees nothing of a private project', async () => {
  const { path } = await gitlab.openIssue();
  for (const address of [gitlab.project, path, `${path}/notes`]) {
    const { status } = await gitlab.send('GET', address, undefined, 'token-outsider');
    expect(status).toBe(404);
  }
});

test.runIf(!isReal)(
  "a guest may comment, and may not touch labels or other people's issues",
  async () => {
    const { path } = await gitlab.openIssue();
    const comment = await gitlab.send(
      'POST',
      `${path}/notes`,
      { body: 'Hello' },
      'token-guest-one',
    );
    expect(comment.status).toBe(201);
    const change = { add_labels: ['contract:one'] };
    expect((await gitlab.send('PUT', path, change, 'token-guest-one')).status).toBe(403);
    const label = { name: 'contract:guest', color: '#ffffff' };
    const refused = await gitlab.send('POST', `${gitlab.project}/labels`, label, 'token-guest-one');
    expect(refused.status).toBe(403);
  },
);

test.runIf(!isReal)('a guest sees neither confidential issues nor internal notes', async () => {
  const hidden = await gitlab.openIssue({ confidential: true });
  expect((await gitlab.send('GET', hidden.path, undefined, 'token-guest-one')).status).toBe(404);
  const { path } = await gitlab.openIssue();
  await gitlab.send('POST', `${path}/notes`, { body: 'Between us', internal: true });
  const seen = await gitlab.send('GET', `${path}/notes`, undefined, 'token-guest-one');
  expect(seen.body).toEqual([]);
  expect(seen.headers.get('x-total')).toBe('1');
});
