/** People, roles, loads and labels: asked as seldom as may be, never staler than promised. */
import { expect, test } from 'vitest';
import type { Asked, Behaviour } from './scripted-server.ts';
import { ANN, BOT, failureOf, issueJson, linkTo, startWorld } from './world.ts';

const MINUTE = 60_000;
const NONE: Behaviour = { status: 404, json: { message: '404 Not found' } };

function people(asked: Asked): Behaviour {
  if (asked.path.endsWith('/user')) return { json: BOT };
  if (asked.path.endsWith('/users')) {
    return { json: asked.query.get('username')?.toLowerCase() === 'ann' ? [ANN] : [] };
  }
  if (asked.path.endsWith('/users/11/status')) return { json: { availability: 'busy' } };
  if (asked.path.endsWith('/projects/4/members/all/11')) return { json: { access_level: 30 } };
  return NONE;
}

test('a person is found with presence and role, in any case of the name', async () => {
  const world = await startWorld(people);
  expect(await world.directory.person(4, 'Ann')).toEqual({
    id: 11,
    username: 'ann',
    name: 'Ann',
    active: true,
    busy: true,
    accessLevel: 30,
  });
  expect(world.server.asked).toHaveLength(3);
});

test('those who ask for the same person at the same time share the requests', async () => {
  const world = await startWorld(people);
  const found = await Promise.all(
    ['ann', 'ANN', 'ann'].map((name) => world.directory.person(4, name)),
  );
  expect(new Set(found.map((person) => person?.id))).toEqual(new Set([11]));
  expect(world.server.asked).toHaveLength(3);
});

test('a person is asked for again after five minutes, nobody too', async () => {
  const world = await startWorld(people);
  await world.directory.person(4, 'ann');
  expect(await world.directory.person(4, 'nobody')).toBeNull();
  expect(await world.directory.person(4, 'nobody')).toBeNull();
  expect(world.server.count('GET', '/api/v4/users')).toBe(2);
  world.clock.now += 5 * MINUTE + 1;
  await world.directory.person(4, 'ann');
  await world.directory.person(4, 'nobody');
  expect(world.server.count('GET', '/api/v4/users')).toBe(4);
});

test('somebody blocked is not active, and no member has no level', async () => {
  const world = await startWorld((asked) =>
    asked.path.endsWith('/users') ? { json: [{ ...ANN, state: 'blocked' }] } : NONE,
  );
  expect(await world.directory.person(4, 'ann')).toMatchObject({
    active: false,
    busy: false,
    accessLevel: null,
  });
});

test('a role is never older than a minute', async () => {
  let level = 30;
  const world = await startWorld(() => ({ json: { access_level: level } }));
  expect(await world.directory.role(4, 11)).toBe(30);
  level = 20;
  world.clock.now += MINUTE;
  expect(await world.directory.role(4, 11)).toBe(30);
  world.clock.now += 1;
  expect(await world.directory.role(4, 11)).toBe(20);
  expect(world.server.asked[0]?.path).toBe('/api/v4/projects/4/members/all/11');
});

test('the bot asks once who it is, and a failure is not remembered', async () => {
  const world = await startWorld((_asked, before) =>
    before === 0 ? { status: 401, json: {} } : { json: BOT },
  );
  await failureOf(world.directory.bot());
  await Promise.all([world.directory.bot(), world.directory.bot()]);
  world.clock.now += 1000 * MINUTE;
  expect((await world.directory.bot()).username).toBe('scoping-bot');
  expect(world.server.asked).toHaveLength(2);
});

test("a load is GitLab's total, and a choice made here counts at once until GitLab is asked again", async () => {
  const world = await startWorld((asked) => ({
    json: [{ created_at: '2026-04-01T00:00:00Z' }],
    headers: { 'x-total': '12', ...linkTo(asked, 2) },
  }));
  const { directory } = world;
  expect(await directory.load(4, 'ann')).toEqual({ open: 12, latest: '2026-04-01T00:00:00Z' });
  const query = { per_page: '1', assignee_username: 'ann', order_by: 'created_at', sort: 'desc' };
  expect(world.server.asked.map((asked) => Object.fromEntries(asked.query))).toEqual([
    { ...query, state: 'opened' },
    { ...query, state: 'all' },
  ]);
  directory.countAssignment(4, 'Ann');
  const chosenAt = new Date(world.clock.now).toISOString();
  expect(await directory.load(4, 'ann')).toEqual({ open: 13, latest: chosenAt });
  expect(world.server.asked).toHaveLength(2);
  world.clock.now += 5 * MINUTE + 1;
  expect((await directory.load(4, 'ann')).open).toBe(12);
});

test('without a total the open issues are counted page by page', async () => {
  const world = await startWorld((asked) => {
    const page = Number(asked.query.get('page') ?? 1);
    const size = Number(asked.query.get('per_page'));
    const left = Math.max(0, 130 - (page - 1) * size);
    const items = Array.from({ length: Math.min(size, left) }, (_, index) => ({
      created_at: `2026-04-${String(28 - (index % 28)).padStart(2, '0')}T00:00:00Z`,
    }));
    return { json: items, headers: left > size ? linkTo(asked, page + 1) : {} };
  });
  expect(await world.directory.load(4, 'ann')).toEqual({
    open: 130,
    latest: '2026-04-28T00:00:00Z',
  });
});

test('nobody assigned is a load of nothing', async () => {
  const world = await startWorld(() => ({ json: [] }));
  expect(await world.directory.load(4, 'ann')).toEqual({ open: 0, latest: null });
});

const LABELS = '/api/v4/projects/4/labels';
const wanted = (...names: string[]) =>
  names.map((name) => ({ name, colour: '#1f78d1', description: `about ${name}` }));

test('labels that are missing are made, to the letter, and asked for once', async () => {
  const world = await startWorld((asked) => {
    if (asked.method === 'POST') return { status: 201, json: {} };
    const page = Number(asked.query.get('page') ?? 1);
    return page === 1
      ? { json: [{ name: 'stage::proposal' }], headers: linkTo(asked, 2) }
      : { json: [{ name: 'Risk:Air-Gap' }] };
  });
  const labels = wanted('stage::proposal', 'risk:air-gap', 'risk:air-gap');
  await Promise.all([
    world.directory.ensureLabels(4, labels),
    world.directory.ensureLabels(4, labels),
  ]);
  await world.directory.ensureLabels(4, labels);
  const made = world.server.asked.filter(({ method }) => method === 'POST');
  expect(made.map(({ path, body }) => ({ path, body }))).toEqual([
    {
      path: LABELS,
      body: { name: 'risk:air-gap', color: '#1f78d1', description: 'about risk:air-gap' },
    },
  ]);
  expect(world.server.count('GET')).toBe(2);
});

test('a label that somebody else made meanwhile is fine', async () => {
  let made = false;
  const world = await startWorld(({ method }) => {
    if (method === 'GET') return { json: made ? [{ name: 'a' }] : [] };
    made = true;
    return { status: 409, json: { message: 'Label already exists' } };
  });
  await world.directory.ensureLabels(4, wanted('a'));
  await world.directory.ensureLabels(4, wanted('a'));
  expect(world.server.count('POST')).toBe(1);
});

test('a remembered list is read once more before a label is made', async () => {
  const world = await startWorld(({ method }, before) => {
    if (method === 'POST') return { status: 201, json: {} };
    return { json: before === 0 ? [{ name: 'a' }] : [{ name: 'a' }, { name: 'b' }] };
  });
  await world.directory.ensureLabels(4, wanted('a'));
  await world.directory.ensureLabels(4, wanted('b'));
  expect(world.server.count('GET', LABELS)).toBe(2);
  expect(world.server.count('POST')).toBe(0);
});

test('a token that may not make labels says so, and the next one is not held up by it', async () => {
  const world = await startWorld(({ method, body }) => {
    if (method === 'GET') return { json: [] };
    const refused = (body as { name: string }).name === 'a';
    return refused
      ? { status: 403, json: { message: '403 Forbidden' } }
      : { status: 201, json: {} };
  });
  const [a, b] = await Promise.allSettled([
    world.directory.ensureLabels(4, wanted('a')),
    world.directory.ensureLabels(4, wanted('b')),
  ]);
  expect(a).toMatchObject({ status: 'rejected', reason: { kind: 'forbidden' } });
  expect(b.status).toBe('fulfilled');
});

test('an answer that was lost while making a label leads to a new look first', async () => {
  const world = await startWorld(({ method }, before) => {
    if (method === 'POST') return { status: 502, text: '' };
    return { json: before === 0 ? [] : [{ name: 'a' }] };
  });
  expect(await failureOf(world.directory.ensureLabels(4, wanted('a')))).toMatchObject({
    lostAnswer: true,
  });
  await world.directory.ensureLabels(4, wanted('a'));
  expect(world.server.count('POST')).toBe(1);
});

const JO = { id: 21, username: 'jo-sa', name: 'Jo Pike' };
const members = (...found: readonly object[]) => ({ json: found });

test('a member is found by the name that is shown, whatever its case, over all pages, and asked for once', async () => {
  const other = { id: 22, username: 'jopike', name: 'Jo Pikestaff' };
  const world = await startWorld((asked) => {
    const page = Number(asked.query.get('page') ?? 1);
    return page === 1 ? { ...members(other), headers: linkTo(asked, 2) } : members(JO, JO);
  });
  expect(await world.directory.member(4, 'jo PIKE')).toEqual(JO);
  expect(await world.directory.member(4, 'Jo Pike')).toEqual(JO);
  expect(world.server.asked.map(({ path, query }) => [path, query.get('query')])).toEqual([
    ['/api/v4/projects/4/members/all', 'jo PIKE'],
    ['/api/v4/projects/4/members/all', 'jo PIKE'],
  ]);
});

test('accents make no difference, though GitLab searches with them', async () => {
  const world = await startWorld((asked) =>
    asked.query.get('query') === 'Adela'
      ? members({ id: 23, username: 'ae-one', name: 'Adela Novotná' })
      : members(),
  );
  expect(await world.directory.member(4, 'Adela Novotna')).toMatchObject({ username: 'ae-one' });
});

test('two members of one name are several, a part of a name is nobody', async () => {
  const world = await startWorld(() => members(JO, { ...JO, id: 24, username: 'jo-two' }));
  expect(await world.directory.member(4, 'Jo Pike')).toBe('several');
  expect(await world.directory.member(4, 'Pike')).toBeNull();
});

const REF = { projectId: 4, issueIid: 7 };
const titled = (iid: number, title: string) => ({ ...issueJson({ iid, title }), labels: ['x'] });

test('issues of a customer are searched by the words of its name in the title, once a minute', async () => {
  const world = await startWorld(() => ({ json: [titled(7, 'Acme, Inc.'), titled(8, 'Acme')] }));
  const found = await world.directory.sameCustomer(REF, 'Acme, Inc.');
  expect(found).toEqual([
    { iid: 7, title: 'Acme, Inc.', labels: ['x'], confidential: false },
    { iid: 8, title: 'Acme', labels: ['x'], confidential: false },
  ]);
  await world.directory.sameCustomer({ ...REF, issueIid: 8 }, 'ACME Inc');
  expect(world.server.asked).toHaveLength(1);
  expect(Object.fromEntries(world.server.asked[0]?.query ?? [])).toEqual({
    per_page: '100',
    state: 'opened',
    in: 'title',
    search: 'Acme Inc',
  });
  world.clock.now += MINUTE + 1;
  await world.directory.sameCustomer(REF, 'Acme, Inc.');
  expect(world.server.asked).toHaveLength(2);
});

test('an issue that was just related to another one asks anew, once', async () => {
  const world = await startWorld(() => ({ json: [] }));
  const { directory } = world;
  await directory.sameCustomer(REF, 'Acme');
  directory.tellOfLink(REF);
  expect([directory.hasNewLink(REF), directory.hasNewLink({ ...REF, issueIid: 8 })]).toEqual([
    true,
    false,
  ]);
  await directory.sameCustomer(REF, 'Acme');
  expect(directory.hasNewLink(REF)).toBe(false);
  await directory.sameCustomer(REF, 'Acme');
  expect(world.server.asked).toHaveLength(2);
});

test('whether somebody seen before is still there is asked once a day for all issues together', async () => {
  const world = await startWorld(people);
  await world.directory.person(4, 'ann');
  world.clock.now += 24 * 60 * MINUTE - 1;
  expect(await world.directory.person(4, 'ann', true)).toMatchObject({ active: true });
  expect(world.server.asked).toHaveLength(3);
  world.clock.now += 2;
  await world.directory.person(4, 'ann', true);
  expect(world.server.asked).toHaveLength(6);
});
