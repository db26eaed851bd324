/** When requests are repeated, when never, and what comes of answers that are not GitLab's. */
import { expect, test } from 'vitest';
import { RetryableError, TerminalError } from '../../../src/gitlab/errors.ts';
import type { RequestRecord } from '../../../src/gitlab/send.ts';
import { startServer } from './scripted-server.ts';
import { BOT, failureOf, ISSUE_PATH, issueJson, linkTo, REF, startWorld, TOKEN } from './world.ts';

const CHANGE = {
  kind: 'issue',
  reach: 'visible',
  why: 'test',
  addLabels: ['a'],
  removeLabels: [],
} as const;

test.each([
  ['a 502', { status: 502, text: '<html>bad gateway</html>' }],
  ['a 500', { status: 500, json: { message: '500 Internal Server Error' } }],
  ['a broken connection', 'reset'],
  ['an answer cut off in the middle', 'cut'],
  ["a proxy's page with status 200", { text: '<html>be right back</html>' }],
] as const)('a read is sent again after %s', async (_name, first) => {
  const world = await startWorld((_asked, before) => (before === 0 ? first : { json: BOT }));
  expect(await world.directory.bot()).toEqual({
    id: 99,
    username: 'scoping-bot',
    name: 'Scoping Bot',
  });
  expect(world.server.count('GET')).toBe(2);
  expect(world.slept).toEqual([250]);
});

test('a read gives up after four attempts, each pause longer than the one before', async () => {
  const world = await startWorld(() => ({ status: 503, text: 'no' }));
  const error = await failureOf(world.directory.bot());
  expect(error).toBeInstanceOf(RetryableError);
  expect(error).toMatchObject({ status: 503, lostAnswer: false, retryAfterMs: null });
  expect(world.server.count('GET')).toBe(4);
  expect(world.slept).toEqual([250, 500, 1000]);
});

test('a read that hangs is given up after the timeout and tried again', async () => {
  const world = await startWorld((_asked, before) => (before === 0 ? 'hang' : { json: BOT }), {
    timeoutMs: 80,
  });
  expect((await world.directory.bot()).id).toBe(99);
  expect(world.server.count('GET')).toBe(2);
});

test.each([
  ['answered 502', { status: 502, text: 'bad gateway' }, 60_000],
  ['answered 504', { status: 504, text: 'gateway timeout' }, 60_000],
  ['answered 500', { status: 500, json: {} }, null],
  ['cut off', 'reset', 60_000],
  ['never answered', 'hang', 60_000],
  ["answered with a proxy's page", { text: '<html></html>' }, null],
  ['answered with something that is no note', { json: { id: 'x' } }, null],
] as const)(
  'a new note that is %s is sent once and counts as a lost answer',
  async (_name, how, retryAfterMs) => {
    const world = await startWorld(() => how, { timeoutMs: 80 });
    const error = await failureOf(world.store.createNote(REF, 'hello', false));
    expect(error).toBeInstanceOf(RetryableError);
    // GitLab may still be at it, which concerns this issue alone.
    expect(error).toMatchObject({ lostAnswer: true, retryAfterMs });
    expect(world.pauses).toEqual([]);
    expect(world.server.count('POST')).toBe(1);
  },
);

test('an update and a deletion are not repeated either', async () => {
  const world = await startWorld(() => ({ status: 502, text: '' }));
  await failureOf(world.store.updateIssue(REF, CHANGE));
  await failureOf(world.store.deleteNote(REF, 5));
  expect([world.server.count('PUT'), world.server.count('DELETE')]).toEqual([1, 1]);
});

test('a write that found nobody listening was not sent, so it is tried again and loses nothing', async () => {
  const gone = await startServer(() => ({ json: {} }));
  await gone.close();
  const world = await startWorld(() => ({ json: {} }));
  const error = await failureOf(world.connect({ url: gone.url }).store.createNote(REF, 'x', false));
  expect(error).toBeInstanceOf(RetryableError);
  expect(error).toMatchObject({ lostAnswer: false, status: null });
  expect(error.message).toContain('ECONNREFUSED');
  expect(world.slept).toHaveLength(3);
});

test.each([
  [401, 'unauthorised', 'GITLAB_TOKEN'],
  [403, 'forbidden', 'Reporter'],
  [404, 'not_found', 'maintainer'],
  [501, 'refused', 'PUT /projects/:id/issues/:id (501)'],
  [422, 'refused', 'PUT /projects/:id/issues/:id (422)'],
] as const)('status %i is final and says who must act', async (status, kind, words) => {
  const world = await startWorld(() => ({ status, json: { message: 'secret words' } }));
  const error = await failureOf(world.store.updateIssue(REF, CHANGE));
  expect(error).toBeInstanceOf(TerminalError);
  expect(error).toMatchObject({ kind, status });
  expect(error.message).toContain(words);
  expect(world.server.asked).toHaveLength(1);
});

test('a token without the scope is told apart from a role that is too small', async () => {
  const world = await startWorld(() => ({ status: 403, json: { error: 'insufficient_scope' } }));
  expect((await failureOf(world.directory.bot())).message).toContain('scope "api"');
});

test('a 403 in plain text speaks of a banned address', async () => {
  const world = await startWorld(() => ({ status: 403, text: 'Forbidden' }));
  const error = await failureOf(world.directory.bot());
  expect(error).toMatchObject({ kind: 'forbidden' });
  expect(error.message).toContain('banned');
});

test("a proxy's 404 page does not make an issue disappear", async () => {
  const world = await startWorld(() => ({ status: 404, text: 'default backend - 404' }));
  expect(await failureOf(world.store.fetchIssue(REF))).toBeInstanceOf(RetryableError);
});

test('a base address with a sub-path and a slash at its end works, also for further pages', async () => {
  const world = await startWorld((asked, before) => {
    if (!asked.path.endsWith('/notes')) return { json: issueJson() };
    return { json: [], headers: before === 0 ? linkTo(asked, 2) : {} };
  });
  const { store } = world.connect({ url: `${world.server.url}/gitlab/` });
  expect((await store.fetchIssue(REF))?.ref).toEqual(REF);
  expect(world.server.asked.map((asked) => asked.path).sort()).toEqual([
    `/gitlab${ISSUE_PATH}`,
    `/gitlab${ISSUE_PATH}/notes`,
    `/gitlab${ISSUE_PATH}/notes`,
  ]);
});

test('requests carry the token and the version and nothing that GitLab could chain hooks by', async () => {
  const world = await startWorld(() => ({ json: BOT }));
  await world.directory.bot();
  const headers = world.server.asked[0]?.headers ?? {};
  expect(headers['private-token']).toBe(TOKEN);
  expect(headers['user-agent']).toMatch(/^scoping-bot\/\d+\.\d+\.\d+/);
  expect(headers).not.toHaveProperty('x-gitlab-event-uuid');
});

test('a redirect to another host is not followed, so the token stays at home', async () => {
  const elsewhere = await startServer(() => ({ json: BOT }));
  const world = await startWorld(() => ({
    status: 302,
    headers: { location: `${elsewhere.url}/api/v4/user` },
  }));
  const error = await failureOf(world.directory.bot());
  await elsewhere.close();
  expect(error).toMatchObject({ kind: 'refused', status: 302 });
  expect(error.message).toContain('GITLAB_URL');
  expect(elsewhere.asked).toHaveLength(0);
});

test("a renamed project's redirect on the same host is followed for reads", async () => {
  const world = await startWorld((asked) =>
    asked.path.endsWith('/projects/acme%2Fold')
      ? { status: 301, headers: { location: '/api/v4/projects/4' }, json: {} }
      : { json: { id: 4, path_with_namespace: 'acme/new' } },
  );
  expect(await world.issues.fetchProject('acme/old')).toEqual({
    id: 4,
    path_with_namespace: 'acme/new',
  });
});

test('an answer larger than the limit is refused instead of filling the memory', async () => {
  const world = await startWorld(() => ({ text: 'x'.repeat(5000) }), { maxBytes: 4096 });
  const error = await failureOf(world.directory.bot());
  expect(error).toMatchObject({ kind: 'refused' });
  expect(error.message).toContain('4096 bytes');
});

test('every attempt is counted by route, without names or numbers', async () => {
  const seen: RequestRecord[] = [];
  const world = await startWorld(
    (_asked, before) => (before === 0 ? 'reset' : { status: 404, json: {} }),
    {
      onRequest: (record) => seen.push(record),
    },
  );
  await failureOf(world.issues.fetchProject('acme/secret-customer'));
  expect(seen.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['GET', '/projects/:id', null],
    ['GET', '/projects/:id', 404],
  ]);
});

test.each(['', 'glpat-with\nnewline', 'glpat with space', 'glpat-ü'])(
  'the token %j is refused before anything is sent',
  async (token) => {
    const world = await startWorld(() => ({ json: BOT }));
    expect(() => world.connect({ token })).toThrow(TerminalError);
    expect(() => world.connect({ token })).toThrow('GITLAB_TOKEN');
  },
);

test.each(['gitlab.com', 'ftp://gitlab.example', ''])('the address %j is refused', async (url) => {
  const world = await startWorld(() => ({ json: BOT }));
  expect(() => world.connect({ url })).toThrow('GITLAB_URL');
});
