/** Branches, protected ones among them, files on them, merge requests, and hooks by version. */
import { expect, test } from 'vitest';
import { checkAnswer } from './answer-schemas.ts';
import { openSandbox, PROJECT_PATH } from './tester.ts';

const COMMITS = `${PROJECT_PATH}/repository/commits`;
const MERGE_REQUESTS = `${PROJECT_PATH}/merge_requests`;
const add = (path: string, more: object = {}) => ({
  branch: 'main',
  commit_message: 'Add a file',
  actions: [{ action: 'create', file_path: path, content: 'x' }],
  ...more,
});

test('a Developer may not push to the protected default branch, but to another one, and open a merge request', async () => {
  const sandbox = await openSandbox();
  const as = (method: string, path: string, body?: object) =>
    sandbox.send(method, path, body, 'sa-one');
  expect((await as('POST', COMMITS, add('a.md'))).status).toBe(403);
  const branch = `${PROJECT_PATH}/repository/branches/main`;
  expect(JSON.parse((await as('GET', branch)).text)).toMatchObject({
    protected: true,
    can_push: false,
  });
  expect(JSON.parse((await sandbox.send('GET', branch)).text)).toMatchObject({ can_push: true });
  const topic = { branch: 'topic/one', start_branch: 'main' };
  expect((await as('POST', COMMITS, add('docs/a.md', topic))).status).toBe(201);
  expect((await as('POST', COMMITS, add('docs/b.md', topic))).status).toBe(400);
  const other = `${PROJECT_PATH}/repository/branches/${encodeURIComponent('topic/one')}`;
  expect(JSON.parse((await as('GET', other)).text)).toMatchObject({ can_push: true });
  const wish = { source_branch: 'topic/one', target_branch: 'main', title: 'One' };
  expect((await as('POST', MERGE_REQUESTS, wish)).status).toBe(201);
  expect((await as('POST', MERGE_REQUESTS, wish)).status).toBe(409);
  expect((await as('POST', MERGE_REQUESTS, { ...wish, source_branch: 'none' })).status).toBe(400);
  const list = `${MERGE_REQUESTS}?source_branch=${encodeURIComponent('topic/one')}&target_branch=main&state=opened`;
  expect(JSON.parse((await as('GET', list)).text)).toMatchObject([{ iid: 1, state: 'opened' }]);
  expect([...(sandbox.project.branches.get('topic/one') ?? [])].map(([path]) => path)).toEqual([
    'README.md',
    'docs/a.md',
  ]);
  expect(sandbox.problems).toEqual([]);
});

test('the tree lists one folder of one branch and is not found where there is none', async () => {
  const sandbox = await openSandbox();
  await sandbox.send('POST', COMMITS, add('.gitlab/issue_templates/A b.md'));
  const tree = (query: string) =>
    sandbox.send('GET', `${PROJECT_PATH}/repository/tree?ref=main${query}`);
  expect(JSON.parse((await tree('&path=.gitlab/issue_templates')).text)).toMatchObject([
    { name: 'A b.md', type: 'blob', path: '.gitlab/issue_templates/A b.md' },
  ]);
  expect(JSON.parse((await tree('')).text)).toMatchObject([{ type: 'blob' }, { type: 'tree' }]);
  expect((await tree('&path=nothing')).status).toBe(404);
  expect(sandbox.problems).toEqual([]);
});

test('an update of a file that somebody changed meanwhile is refused', async () => {
  const sandbox = await openSandbox();
  const file = `${PROJECT_PATH}/repository/files/README.md?ref=main`;
  const { last_commit_id: last } = JSON.parse((await sandbox.send('GET', file)).text) as {
    last_commit_id: string;
  };
  const update = add('README.md', {
    actions: [{ action: 'update', file_path: 'README.md', content: 'y', last_commit_id: last }],
  });
  expect((await sandbox.send('POST', COMMITS, update)).status).toBe(201);
  const again = await sandbox.send('POST', COMMITS, update);
  expect([again.status, sandbox.project.files.get('README.md')]).toEqual([400, 'y']);
});

test('an empty repository has no branch until the first commit', async () => {
  const sandbox = await openSandbox();
  sandbox.project.emptyRepo = true;
  sandbox.project.files = new Map();
  const branch = `${PROJECT_PATH}/repository/branches/main`;
  expect((await sandbox.send('GET', branch)).status).toBe(404);
  expect(JSON.parse((await sandbox.send('GET', PROJECT_PATH)).text)).toMatchObject({
    empty_repo: true,
    default_branch: null,
  });
  expect((await sandbox.send('POST', COMMITS, add('a.md'))).status).toBe(201);
  expect((await sandbox.send('GET', branch)).status).toBe(200);
});

test('hooks: a signing token counts from 19.0 on, other triggers are kept, and there is a limit', async () => {
  const sandbox = await openSandbox();
  const hooks = `${PROJECT_PATH}/hooks`;
  const signing = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const wish = { url: 'https://bot.example/', signing_token: signing, emoji_events: true };
  const made = async () => JSON.parse((await sandbox.send('POST', hooks, wish)).text) as object;
  const newer = await made();
  expect(newer).toMatchObject({ signing_token_present: true, token_present: false });
  expect(newer).toMatchObject({ emoji_events: true, push_events: true, pipeline_events: false });
  sandbox.world.signsHooks = false;
  expect(await made()).toMatchObject({ signing_token_present: false });
  sandbox.world.version = '17.5.1';
  const older = await made();
  expect(older).not.toHaveProperty('signing_token_present');
  expect(checkAnswer('project_hook', older)).toEqual([]);
  sandbox.world.hookLimit = 3;
  const over = await sandbox.send('POST', hooks, wish);
  expect([over.status, over.text]).toEqual([
    422,
    '{"message":{"base":["Maximum number of project hooks (3) exceeded"]}}',
  ]);
  expect(sandbox.problems).toEqual([]);
});
