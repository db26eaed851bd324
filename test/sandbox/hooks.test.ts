/** Webhooks: what is sent when, how it is signed, what faults do to it. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signWebhook } from '../../src/sandbox/hooks.ts';
import { addHook, openReceiver, openSandbox, PROJECT_PATH } from './tester.ts';

const SIGNING = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
type Payload = {
  readonly object_kind: string;
  readonly event_type: string;
  readonly user: { readonly username: string };
  readonly object_attributes: Readonly<Record<string, unknown>>;
  readonly changes?: Readonly<Record<string, unknown>>;
  readonly issue?: Readonly<Record<string, unknown>>;
};

async function open(settings: Parameters<typeof openSandbox>[0] = {}) {
  const sandbox = await openSandbox(settings);
  const receiver = await openReceiver();
  const payloads = async () => {
    await sandbox.settled();
    return receiver.received.map(({ body }) => JSON.parse(body) as Payload);
  };
  return { sandbox, ...receiver, payloads };
}

test('the signature agrees with the published Standard Webhooks example', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
  const signature = signWebhook(secret, id, 1614265330, '{"test": 2432232314}');
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test("an opened issue is told with GitLab's headers, its token and a signature that holds", async () => {
  const { sandbox, url, received } = await open();
  addHook(sandbox, url, { token: 'secret', signingToken: SIGNING });
  sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'Grüße' });
  await sandbox.settled();
  const { headers, body } = received[0] ?? { headers: {}, body: '' };
  expect(headers).toMatchObject({
    'x-gitlab-event': 'Issue Hook',
    'x-gitlab-instance': sandbox.url,
    'x-gitlab-token': 'secret',
    'user-agent': `GitLab/${sandbox.world.version}`,
    'webhook-id': headers['idempotency-key'],
    'x-gitlab-event-uuid': expect.any(String),
  });
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const digest = createHmac('sha256', Buffer.alloc(32, 7)).update(signed).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${digest}`);
  expect(sandbox.world.deliveries).toMatchObject([{ status: 'delivered', code: 200 }]);
});

test('without tokens nothing is signed', async () => {
  const { sandbox, url, received } = await open();
  addHook(sandbox, url);
  sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  await sandbox.settled();
  expect(
    Object.keys(received[0]?.headers ?? {}).filter((name) => /^webhook-|token/.test(name)),
  ).toEqual([]);
});

test("a new issue's payload has the keys of today's GitLab, and no assignees key without assignees", async () => {
  const { sandbox, url, payloads } = await open();
  addHook(sandbox, url);
  sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X', labels: ['a::b'] });
  const [payload] = await payloads();
  expect(payload).toMatchObject({
    object_kind: 'issue',
    event_type: 'issue',
    user: { username: 'sa-one', email: '[REDACTED]' },
    project: { id: sandbox.project.id, path_with_namespace: 'acme/ps/scoping' },
    object_attributes: {
      iid: 1,
      state: 'opened',
      state_id: 1,
      action: 'open',
      type: 'Issue',
      assignee_ids: [],
    },
    labels: [{ title: 'a::b', type: 'ProjectLabel' }],
    changes: { title: { previous: null, current: 'X' } },
  });
  expect(payload).not.toHaveProperty('assignees');
});

test("one request with labels and assignees is one update, the bot's own as well", async () => {
  const { sandbox, url, payloads } = await open();
  const issue = sandbox
    .as('sa-one')
    .createIssue('acme/ps/scoping', { title: 'X', labels: ['old'] });
  addHook(sandbox, url);
  const em = sandbox.world.users.find((user) => user.username === 'em-emea');
  const change = { add_labels: ['new'], remove_labels: ['old'], assignee_ids: [em?.id ?? 0] };
  await sandbox.send('PUT', `${PROJECT_PATH}/issues/${issue.iid}`, change);
  const told = await payloads();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({
    user: { username: 'scoping-bot' },
    object_attributes: { action: 'update' },
    assignees: [{ username: 'em-emea' }],
    changes: {
      labels: { previous: [{ title: 'old' }], current: [{ title: 'new' }] },
      assignees: { previous: [], current: [{ username: 'em-emea' }] },
    },
  });
});

test('closing with a label is a close and an update', async () => {
  const { sandbox, url, payloads } = await open();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  addHook(sandbox, url);
  const change = { state_event: 'close', add_labels: ['done'] };
  await sandbox.send('PUT', `${PROJECT_PATH}/issues/${issue.iid}`, change);
  const actions = (await payloads()).map((payload) => payload.object_attributes.action);
  expect(actions.sort()).toEqual(['close', 'update']);
});

test("a comment and its edit are note events; the edit goes out under the author's name", async () => {
  const { sandbox, url, payloads } = await open();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  addHook(sandbox, url);
  const note = sandbox.as('sa-one').comment(issue, 'Words');
  if (note === null) throw new Error('the comment was not kept');
  await sandbox.settled();
  sandbox.as('ps-director').editNote(issue, note, 'Other words');
  sandbox.as('ps-director').editNote(issue, note, 'Other words');
  const told = await payloads();
  expect(told).toHaveLength(2);
  expect(told[1]).toMatchObject({
    object_kind: 'note',
    user: { username: 'sa-one' },
    object_attributes: {
      note: 'Other words',
      action: 'update',
      noteable_type: 'Issue',
      noteable_id: issue.id,
    },
    issue: { iid: issue.iid, state: 'opened' },
  });
});

test('a system note raises no note event, and a comment of quick actions only an issue event', async () => {
  const { sandbox, url, payloads } = await open();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  addHook(sandbox, url);
  sandbox.as('sa-one').assign(issue, 'em-emea');
  sandbox.as('sa-one').comment(issue, '/close');
  const kinds = (await payloads()).map((payload) => payload.object_kind);
  expect(kinds).toEqual(['issue', 'issue']);
  expect(issue.notes.map((note) => note.body)).toEqual(['assigned to @em-emea']);
});

test('what is hidden goes to hooks that listen to hidden things only', async () => {
  const { sandbox, url, received } = await open();
  addHook(sandbox, url, {
    triggers: new Set(['confidential_issues_events', 'confidential_note_events']),
  });
  const sa = sandbox.as('sa-one');
  sa.createIssue('acme/ps/scoping', { title: 'open' });
  const issue = sa.createIssue('acme/ps/scoping', { title: 'hidden', confidential: true });
  await sandbox.settled();
  sa.comment(issue, 'also hidden');
  await sandbox.settled();
  const events = received.map(({ headers }) => headers['x-gitlab-event']);
  expect(events).toEqual(['Confidential Issue Hook', 'Confidential Note Hook']);
  expect(received.map(({ body }) => (JSON.parse(body) as Payload).event_type)).toEqual([
    'confidential_issue',
    'confidential_note',
  ]);
});

test('an internal note on an open issue is confidential while its issue is not', async () => {
  const { sandbox, url, received } = await open();
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  addHook(sandbox, url);
  sandbox.as('sa-one').comment(issue, 'Between us', { internal: true });
  await sandbox.settled();
  expect(received[0]?.headers['x-gitlab-event']).toBe('Confidential Note Hook');
  expect((JSON.parse(received[0]?.body ?? '') as Payload).issue).toMatchObject({
    confidential: false,
  });
});

test('dropped and doubled hooks are as many as asked for; copies have their own keys', async () => {
  const { sandbox, url, received } = await open();
  addHook(sandbox, url);
  sandbox.world.faults.push(
    { kind: 'drop_hook', times: 1 },
    { kind: 'double_hook', route: 'Note Hook', times: 1 },
  );
  const issue = sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'lost' });
  sandbox.as('sa-one').comment(issue, 'twice');
  sandbox.as('sa-one').comment(issue, 'once');
  await sandbox.settled();
  expect(received).toHaveLength(3);
  expect(sandbox.world.deliveries.map(({ status }) => status)).toEqual([
    'dropped',
    'delivered',
    'delivered',
    'delivered',
  ]);
  expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
});

test('a late hook is overtaken by the one after it', async () => {
  const { sandbox, url, received } = await open();
  addHook(sandbox, url);
  sandbox.world.faults.push({ kind: 'delay_hook', ms: 300, times: 1 });
  sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'first' });
  sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'second' });
  await sandbox.settled();
  const titles = received.map(
    ({ body }) =>
      (JSON.parse(body) as { object_attributes: { title: string } }).object_attributes.title,
  );
  expect(titles).toEqual(['second', 'first']);
});

test('a receiver that fails or is gone is recorded and never asked again', async () => {
  const sandbox = await openSandbox();
  const failing = await openReceiver(500);
  addHook(sandbox, failing.url);
  addHook(sandbox, 'http://127.0.0.1:9/gone');
  sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  await sandbox.settled();
  expect(sandbox.world.deliveries.map(({ status, code }) => [status, code])).toEqual([
    ['failed', 500],
    ['failed', null],
  ]);
  expect(failing.received).toHaveLength(1);
});

test('a maintainer makes a hook once its tokens are well-formed, and never reads them back', async () => {
  const sandbox = await openSandbox();
  const hook = {
    url: 'https://bot.example/webhooks/gitlab',
    push_events: false,
    issues_events: true,
    signing_token: SIGNING,
  };
  const made = await sandbox.send('POST', `${PROJECT_PATH}/hooks`, hook);
  expect(made.status).toBe(201);
  expect(JSON.parse(made.text)).toMatchObject({
    signing_token_present: true,
    token_present: false,
    note_events: false,
  });
  expect(made.text).not.toContain(SIGNING);
  const refused = await sandbox.send('POST', `${PROJECT_PATH}/hooks`, hook, 'sa-one');
  expect(refused.status).toBe(403);
  const short = await sandbox.send('POST', `${PROJECT_PATH}/hooks`, {
    ...hook,
    signing_token: 'whsec_abc',
  });
  expect(short.status).toBe(422);
  const list = await sandbox.send('GET', `${PROJECT_PATH}/hooks`);
  expect(JSON.parse(list.text)).toHaveLength(1);
  expect(sandbox.problems).toEqual([]);
});
