/** What is read of an issue and what goes over the wire when it is changed. */
import { expect, test } from 'vitest';
import { TerminalError } from '../../../src/gitlab/errors.ts';
import {
  ANN,
  failureOf,
  ISSUE_PATH,
  issueJson,
  linkTo,
  noteJson,
  REF,
  startWorld,
  type World,
} from './world.ts';

function worldOf(issue: Record<string, unknown>, notes: unknown[] = []): Promise<World> {
  return startWorld((asked) => ({ json: asked.path.endsWith('/notes') ? notes : issue }));
}

const NOTHING = {
  kind: 'issue',
  reach: 'silent',
  why: '',
  addLabels: [],
  removeLabels: [],
} as const;

test('an issue with its notes costs two requests', async () => {
  const world = await worldOf(issueJson(), [noteJson(1), noteJson(2, { internal: true })]);
  const person = { id: 11, username: 'ann', name: 'Ann' };
  expect(await world.store.fetchIssue(REF)).toEqual({
    ref: REF,
    webUrl: 'https://gitlab.example/acme/scoping/-/issues/7',
    title: 'Acme - Scope Issue and Write SOW',
    description: 'text',
    state: 'opened',
    confidential: false,
    serviceDesk: false,
    labels: ['stage::proposal'],
    assignees: [person],
    author: person,
    createdAt: '2026-05-01T08:00:00.000Z',
    updatedAt: '2026-05-02T08:00:00.000Z',
    notes: [1, 2].map((id) => ({
      id,
      body: `note ${id}`,
      author: person,
      createdAt: '2026-05-01T09:00:00.000Z',
      updatedAt: '2026-05-01T09:00:00.000Z',
      internal: id === 2,
    })),
  });
  const notes = world.server.asked.find((asked) => asked.path.endsWith('/notes'));
  expect(Object.fromEntries(notes?.query ?? [])).toEqual({
    per_page: '100',
    sort: 'asc',
    order_by: 'created_at',
    activity_filter: 'only_comments',
  });
  expect(world.server.asked).toHaveLength(2);
});

test('sparse and old answers are read too', async () => {
  const issue = issueJson({
    description: null,
    labels: [{ id: 1, name: 'risk:air-gap' }, 'plain', { title: 'from-a-hook' }],
    author: null,
    updated_at: '2026-05-02 08:00:00 UTC',
  });
  delete issue.assignees;
  delete issue.confidential;
  const note = noteJson(1, { body: null, confidential: true });
  delete note.internal;
  delete note.updated_at;
  const state = await (await worldOf(issue, [note])).store.fetchIssue(REF);
  expect(state).toMatchObject({
    description: '',
    labels: ['risk:air-gap', 'plain', 'from-a-hook'],
    assignees: [],
    author: { username: 'ghost' },
    confidential: false,
  });
  expect(state?.notes[0]).toMatchObject({ body: '', internal: true });
});

test.each([
  ['a reply address', { service_desk_reply_to: 'customer@example.com' }],
  ["GitLab's mail user as author", { author: { ...ANN, username: 'support-bot' } }],
  ['the type ticket', { issue_type: 'ticket' }],
] as const)('%s makes it a Service Desk issue', async (_name, more) => {
  const state = await (await worldOf(issueJson(more))).store.fetchIssue(REF);
  expect(state?.serviceDesk).toBe(true);
});

test('notes are read over all pages, whether a page is short, empty or overlaps', async () => {
  const pages = [[], [noteJson(1)], [], [noteJson(1), noteJson(2), noteJson(3, { system: true })]];
  const world = await startWorld((asked) => {
    if (!asked.path.endsWith('/notes')) return { json: issueJson() };
    const page = Number(asked.query.get('page') ?? 1);
    return { json: pages[page - 1], headers: page < pages.length ? linkTo(asked, page + 1) : {} };
  });
  const state = await world.store.fetchIssue(REF);
  expect(state?.notes.map((note) => note.id)).toEqual([1, 2]);
  expect(world.server.count('GET', `${ISSUE_PATH}/notes`)).toBe(4);
});

test('notes of one moment stand in the order in which they were made', async () => {
  const older = { created_at: '2026-05-01 08:59:59 UTC' };
  const world = await worldOf(issueJson(), [noteJson(9), noteJson(8), noteJson(10, older)]);
  const state = await world.store.fetchIssue(REF);
  expect(state?.notes.map((note) => note.id)).toEqual([10, 8, 9]);
});

test('who was assigned by whom stands in the notes that GitLab writes about it, and in no other', async () => {
  const own = (id: number, body: string) => noteJson(id, { body, system: true });
  const world = await worldOf(issueJson(), [
    own(6, 'marked the checklist item **Call with @em-one** as completed'),
    own(5, 'unassigned @Em.One'),
    own(4, 'changed the description, see mail a@b.example'),
    noteJson(3, { body: 'please take it, @em-three' }),
    own(2, 'assigned to @em-one, @sa-two, and @x and unassigned @em-four'),
  ]);
  expect(await world.store.fetchAssigneeEvents(REF)).toEqual([
    {
      named: ['em-one', 'sa-two', 'x', 'em-four'],
      userId: 11,
      username: 'ann',
      at: expect.any(String),
    },
    { named: ['em.one'], userId: 11, username: 'ann', at: expect.any(String) },
  ]);
  const asked = world.server.asked.filter(({ path }) => path === `${ISSUE_PATH}/notes`);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.query.get('activity_filter')).toBe('only_activity');
  expect(asked[0]?.query.get('sort')).toBe('desc');
});

test('an issue that is gone or hidden is null', async () => {
  const world = await startWorld(() => ({ status: 404, json: { message: '404 Not found' } }));
  expect(await world.store.fetchIssue(REF)).toBeNull();
});

test('an issue that cannot be read is an error, whatever the notes say', async () => {
  const world = await startWorld((asked) =>
    asked.path.endsWith('/notes') ? { json: [] } : { status: 401, json: {} },
  );
  expect(await failureOf(world.store.fetchIssue(REF))).toMatchObject({ kind: 'unauthorised' });
});

test('labels and assignees go in one PUT, as lists, and the answer says how things stand', async () => {
  const world = await worldOf(issueJson({ labels: ['a, b', 'x::y'], assignees: [] }));
  const written = await world.store.updateIssue(REF, {
    ...NOTHING,
    addLabels: ['a, b', 'x::y'],
    removeLabels: ['x::z'],
    assigneeIds: [11, 12],
  });
  expect(world.server.asked.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
    {
      method: 'PUT',
      path: ISSUE_PATH,
      body: { add_labels: ['a, b', 'x::y'], remove_labels: ['x::z'], assignee_ids: [11, 12] },
    },
  ]);
  expect(written).toEqual({
    labels: ['a, b', 'x::y'],
    assignees: [],
    updatedAt: '2026-05-02T08:00:00.000Z',
  });
});

test('what does not change is not named, and nobody assigned is an empty list', async () => {
  const world = await worldOf(issueJson());
  await world.store.updateIssue(REF, { ...NOTHING, assigneeIds: [] });
  expect(world.server.asked[0]?.body).toEqual({ assignee_ids: [] });
});

test('a change of nothing writes nothing and tells how things stand', async () => {
  const world = await worldOf(issueJson());
  expect((await world.store.updateIssue(REF, NOTHING)).labels).toEqual(['stage::proposal']);
  expect(world.server.count('PUT')).toBe(0);
});

test('an issue is closed in the same PUT', async () => {
  const world = await worldOf(issueJson());
  await world.store.updateIssue(REF, { ...NOTHING, addLabels: ['a'], stateEvent: 'close' });
  expect(world.server.asked.map(({ method, body }) => ({ method, body }))).toEqual([
    { method: 'PUT', body: { add_labels: ['a'], state_event: 'close' } },
  ]);
});

test('two issues are related, and one that is related already is fine', async () => {
  const world = await startWorld((_asked, before) =>
    before === 0
      ? { status: 201, json: {} }
      : { status: [409, 404, 403][before - 1] ?? 401, json: { message: 'no' } },
  );
  const other = { projectId: 4, issueIid: 3 };
  for (let time = 0; time < 4; time += 1) await world.store.linkIssue(REF, other);
  expect(world.server.asked[0]).toMatchObject({
    method: 'POST',
    path: `${ISSUE_PATH}/links`,
    body: { target_project_id: 4, target_issue_iid: 3 },
  });
  expect(world.server.asked).toHaveLength(4);
  expect(await failureOf(world.store.linkIssue(REF, other))).toMatchObject({
    kind: 'unauthorised',
  });
});

test('notes are made, edited and deleted where they belong', async () => {
  const world = await startWorld(({ method }) =>
    method === 'DELETE' ? { status: 204 } : { status: 201, json: noteJson(5) },
  );
  await world.store.createNote(REF, 'for us', true);
  await world.store.updateNote(REF, 5, 'for all');
  await world.store.deleteNote(REF, 5);
  expect(world.server.asked.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
    { method: 'POST', path: `${ISSUE_PATH}/notes`, body: { body: 'for us', internal: true } },
    { method: 'PUT', path: `${ISSUE_PATH}/notes/5`, body: { body: 'for all' } },
    { method: 'DELETE', path: `${ISSUE_PATH}/notes/5`, body: undefined },
  ]);
});

test('a note that is already gone is deleted, and cannot be edited', async () => {
  const world = await startWorld(() => ({ status: 404, json: { message: '404 Not found' } }));
  await world.store.deleteNote(REF, 5);
  expect(await failureOf(world.store.updateNote(REF, 5, 'x'))).toMatchObject({ kind: 'not_found' });
});

test('a note that GitLab took for quick actions is a fault and not a note', async () => {
  const json = { commands_changes: { labels: [] }, summary: ['Added label.'] };
  const world = await startWorld(() => ({ status: 202, json }));
  const error = await failureOf(world.store.createNote(REF, '/label ~x', false));
  expect(error).toBeInstanceOf(TerminalError);
  expect(error).toMatchObject({ kind: 'refused', status: 202 });
});

test('label events come from all pages, oldest first, without those of deleted labels', async () => {
  const event = (id: number, name: string | null, action: string) => ({
    id,
    user: { id: 11, username: 'ann' },
    created_at: '2026-05-01T08:00:00Z',
    label: name === null ? null : { id: 2, name },
    action,
  });
  const pages = [
    [event(8, 'a', 'remove'), event(9, null, 'add')],
    [event(8, 'a', 'remove'), event(7, 'a', 'add')],
  ];
  const world = await startWorld((asked) => {
    const page = Number(asked.query.get('page') ?? 1);
    return { json: pages[page - 1], headers: page === 1 ? linkTo(asked, 2) : {} };
  });
  expect(await world.store.fetchLabelEvents(REF)).toEqual([
    { label: 'a', action: 'add', userId: 11, username: 'ann', at: '2026-05-01T08:00:00Z' },
    { label: 'a', action: 'remove', userId: 11, username: 'ann', at: '2026-05-01T08:00:00Z' },
  ]);
});
