/** Which deliveries are about a scoping issue, which are somebody else's, which cannot be read. */
import { describe, expect, it } from 'vitest';
import { bot, delivery, givenServer, issueHook, noteHook } from './given.ts';

async function send(body: unknown, event: string | null = 'Issue Hook', options = {}) {
  const { app, queued } = givenServer(options);
  const answer = await app.inject(delivery(body, event));
  return { status: answer.statusCode, queued, body: answer.body };
}

const ours = [{ projectId: 5, issueIid: 7 }];

describe('an issue hook', () => {
  it.each([
    ['of type Issue', issueHook()],
    ['of GitLab before 17.2, without a type', issueHook({ type: undefined })],
    ['sent as a work item of type Issue', issueHook({}, { object_kind: 'work_item' })],
    ['without a project object', issueHook({}, { project: null })],
    ['without a user', issueHook({}, { user: undefined })],
    ['with a user that makes no sense', issueHook({}, { user: { id: 'x', username: [] } })],
    ['with times that no calendar knows', issueHook({ updated_at: 'the day before' })],
    ['without action and changes', issueHook({ action: undefined }, { changes: undefined })],
  ])('%s is queued', async (_, body) => {
    expect(await send(body)).toEqual({ status: 202, queued: ours, body: '' });
  });

  it.each(['Issue Hook', 'Confidential Issue Hook', 'Work Item Hook', 'issue hook'])(
    'is known by its header %s',
    async (event) => {
      expect((await send(issueHook(), event)).status).toBe(202);
    },
  );

  it.each(['Incident', 'Task', 'Epic', 'Ticket', 'Key Result', 'Something New'])(
    'about a work item of type %s is not ours, whichever kind it is sent as',
    async (type) => {
      for (const object_kind of ['issue', 'work_item']) {
        const sent = await send(issueHook({ type }, { object_kind }));
        expect(sent).toEqual({ status: 204, queued: [], body: '' });
      }
    },
  );

  it('about an epic of a group, which has no project, is not ours', async () => {
    const epic = issueHook({ type: 'Epic', project_id: null }, { project: null });
    expect((await send({ ...epic, object_kind: 'work_item' })).status).toBe(204);
  });
});

describe('a note hook', () => {
  it.each([
    ['on an issue', noteHook()],
    ['with the issue under work_item', noteHook({}, { issue: undefined, work_item: { iid: 7 } })],
    ['on a WorkItem that is an issue', noteHook({ noteable_type: 'WorkItem' })],
    ['in a thread', noteHook({ type: 'DiscussionNote' })],
    ['that was edited', noteHook({ action: 'update' })],
    ['whose project has no id', noteHook({}, { project: { path_with_namespace: 'a/b' } })],
  ])('%s is queued', async (_, body) => {
    expect(await send(body, 'Note Hook')).toEqual({ status: 202, queued: ours, body: '' });
    expect((await send(body, 'Confidential Note Hook')).status).toBe(202);
  });

  it.each([
    ['on a merge request', noteHook({ noteable_type: 'MergeRequest' }, { issue: undefined })],
    ['on a commit', noteHook({ noteable_type: 'Commit', noteable_id: null }, { issue: undefined })],
    ['on an incident', noteHook({}, { issue: { iid: 7, type: 'Incident' } })],
    ['by the system', noteHook({ system: true })],
  ])('%s is not ours', async (_, body) => {
    expect(await send(body, 'Note Hook')).toEqual({ status: 204, queued: [], body: '' });
  });
});

describe('what the bot did itself', () => {
  const botUser = { ...bot, name: 'Scoping' };
  it.each([
    ['by id', issueHook({}, { user: botUser }), 'Issue Hook'],
    [
      'by name, in a payload without user ids',
      issueHook({}, { user: { username: bot.username } }),
      'Issue Hook',
    ],
    ['by the author of the note', noteHook({ author_id: bot.id }), 'Note Hook'],
    [
      'by name, in a note without author',
      noteHook({ author_id: null }, { user: { username: bot.username } }),
      'Note Hook',
    ],
  ])('is known %s and dropped', async (_, body, event) => {
    expect(await send(body, event)).toEqual({ status: 204, queued: [], body: '' });
  });

  it('is not mixed up with a person who merely has the same name', async () => {
    const body = issueHook({}, { user: { id: 12, username: bot.username } });
    expect((await send(body)).status).toBe(202);
  });

  it('is queued while GitLab has not told yet who the bot is', async () => {
    const sent = await send(issueHook({}, { user: botUser }), 'Issue Hook', { bot: () => null });
    expect(sent.status).toBe(202);
  });
});

describe('projects', () => {
  const accepts = (id: number, path: string | null) => id === 5 || path === 'acme/other';

  it('that are served are known by id or by path', async () => {
    expect((await send(issueHook(), 'Issue Hook', { accepts })).status).toBe(202);
    const other = issueHook({}, { project: { id: 6, path_with_namespace: 'acme/other' } });
    expect((await send(other, 'Issue Hook', { accepts })).queued).toEqual([
      { projectId: 6, issueIid: 7 },
    ]);
  });

  it('that are not served are answered 204 and leave the queue alone', async () => {
    const foreign = issueHook({}, { project: { id: 6 } });
    expect(await send(foreign, 'Issue Hook', { accepts })).toEqual({
      status: 204,
      queued: [],
      body: '',
    });
  });
});

describe('other kinds of events', () => {
  it.each(['Push Hook', 'Emoji Hook', 'Merge Request Hook', 'System Hook', 'Release Hook', ''])(
    '%j is answered 204',
    async (event) => {
      expect((await send({ object_kind: 'push', ref: 'main' }, event)).status).toBe(204);
    },
  );

  it('known only by their object_kind are answered 204', async () => {
    expect((await send({ object_kind: 'pipeline' }, null)).status).toBe(204);
    expect((await send({ object_kind: 'emoji' }, 'Issue Hook')).status).toBe(204);
  });
});

describe('a delivery that cannot be read', () => {
  it.each([
    ['nothing', '', 'body'],
    ['words', 'hello', 'body'],
    ['half of an object', '{"object_kind":"issue"', 'body'],
    ['a form', 'payload=%7B%7D', 'body'],
    ['a list', '[]', 'body: read a list'],
    ['null', 'null', 'body: read null'],
    ['text', '"issue"', 'body: read text'],
    ['no kind', {}, 'object_kind: read nothing'],
    ['a kind that is no text', { object_kind: 5 }, 'object_kind: read a number'],
    ['a kind that the header denies', noteHook(), 'object_kind'],
    ['no attributes', { object_kind: 'issue' }, 'object_attributes: read nothing'],
    [
      'attributes that are a list',
      { object_kind: 'issue', object_attributes: [] },
      'object_attributes: read a list',
    ],
    ['no iid', issueHook({ iid: undefined }), 'object_attributes.iid: read nothing'],
    ['an iid in words', issueHook({ iid: '7' }), 'object_attributes.iid: read text'],
    ['an iid of zero', issueHook({ iid: 0 }), 'object_attributes.iid: read a number'],
    ['half an iid', issueHook({ iid: 7.5 }), 'object_attributes.iid: read a number'],
    [
      'no project',
      issueHook({ project_id: null }, { project: undefined }),
      'project.id: read nothing',
    ],
    ['a project that is text', issueHook({}, { project: 'acme' }), 'project: read text'],
  ])('(%s) is answered 400 and told what is wrong', async (_, body, error) => {
    const sent = await send(body);
    expect(sent.status).toBe(400);
    expect(JSON.parse(sent.body)).toEqual({ error: expect.stringContaining(error) });
    expect(sent.queued).toEqual([]);
  });

  it('(a note without its issue) is answered 400', async () => {
    const sent = await send(noteHook({}, { issue: undefined }), 'Note Hook');
    expect(sent.status).toBe(400);
    expect(sent.body).toContain('issue: read nothing');
  });

  it('(a note that does not say what it stands on) is answered 400', async () => {
    const sent = await send(noteHook({ noteable_type: undefined }), 'Note Hook');
    expect(sent.status).toBe(400);
    expect(sent.body).toContain('object_attributes.noteable_type: read nothing');
  });

  it('(numbers beyond all bounds) is answered 400', async () => {
    for (const number of ['1e400', '-1e400', '9007199254740993', `1${'0'.repeat(5000)}`]) {
      const body = JSON.stringify(issueHook()).replace('"iid":7', `"iid":${number}`);
      expect((await send(body)).status).toBe(400);
    }
  });
});

describe('a hostile delivery', () => {
  it('nested a hundred thousand deep is answered without trouble', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect((await send(deep)).status).toBe(400);
    const inside = JSON.stringify(issueHook()).replace('"labels":[]', `"labels":${deep}`);
    expect((await send(inside)).status).toBe(202);
  });

  it('with prototype keys changes nothing and borrows nothing from them', async () => {
    const poison = '{"iid":9,"isAdmin":true,"project_id":5}';
    const body = `{"__proto__":${poison},"constructor":{"prototype":${poison}},"object_kind":"issue","object_attributes":{"__proto__":${poison},"project_id":5}}`;
    expect((await send(body)).status).toBe(400);
    expect('isAdmin' in {}).toBe(false);
    const kindless = `{"__proto__":${JSON.stringify(issueHook())}}`;
    expect((await send(kindless)).status).toBe(400);
  });

  it('with a byte order mark or broken UTF-8 in a text is still read', async () => {
    expect((await send(Buffer.from(`\ufeff${JSON.stringify(issueHook())}`))).status).toBe(202);
    const [before, after] = JSON.stringify(issueHook({ title: '@@' })).split('@@');
    const broken = Buffer.concat([
      Buffer.from(before ?? ''),
      Buffer.from([0xff, 0xc0]),
      Buffer.from(after ?? ''),
    ]);
    expect((await send(broken)).status).toBe(202);
  });
});
