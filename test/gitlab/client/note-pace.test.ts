/** New notes stay below GitLab's limit by the bot's own pace, and nothing else waits for it. */
import { expect, test } from 'vitest';
import { NotePace } from '../../../src/gitlab/note-pace.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { BOT, failureOf, ISSUE_PATH, issueJson, REF, startWorld } from './world.ts';

const noteMade = { status: 201, json: { id: 1 } };

function startNotes(notesAMinute: number) {
  return startWorld(
    ({ method, path }) => {
      if (method === 'GET' && path.endsWith('/notes')) return { json: [] };
      if (path.includes('/notes')) return noteMade;
      return { json: path === ISSUE_PATH ? issueJson() : BOT };
    },
    { notesAMinute },
  );
}

test('the note that would be one too many in a minute fails at once and says when to come back', async () => {
  const world = await startNotes(3);
  for (let note = 0; note < 3; note += 1) await world.store.createNote(REF, 'x', false);
  world.clock.now += 20_000;
  const error = await failureOf(world.store.createNote(REF, 'x', false));
  expect(error).toMatchObject({ name: 'RetryableError', retryAfterMs: 40_000, lostAnswer: false });
  expect(error.message).toBe(
    "The bot's own pace for notes wants 40 s of peace before POST /projects/:id/issues/:id/notes.",
  );
  expect(world.server.count('POST')).toBe(3);

  world.clock.now += 40_000;
  await world.store.createNote(REF, 'x', false);
  expect(world.server.count('POST')).toBe(4);
});

test('the pace is one for all who share the budget, also when they ask at the same time', async () => {
  const world = await startNotes(4);
  const other = world.connect({ budget: world.budget });
  const both = [world.store, other.store];
  const ends = await Promise.allSettled(
    Array.from({ length: 10 }, (_, turn) => both[turn % 2]?.createNote(REF, 'x', false)),
  );
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  expect(world.server.count('POST')).toBe(4);
});

test('reads, edits and deletions are neither counted nor slowed', async () => {
  const world = await startNotes(1);
  await world.store.updateNote(REF, 5, 'y');
  await world.store.createNote(REF, 'x', false);
  await failureOf(world.store.createNote(REF, 'x', false));
  await world.store.updateNote(REF, 5, 'z');
  await world.store.deleteNote(REF, 5);
  expect((await world.directory.bot()).id).toBe(99);
  expect((await world.store.fetchIssue(REF))?.notes).toEqual([]);
  expect(world.slept).toEqual([]);
  expect(world.pauses).toEqual([]);
});

test('a short wait is waited out within the call', async () => {
  const world = await startNotes(1);
  await world.store.createNote(REF, 'x', false);
  world.clock.now += 57_000;
  await world.store.createNote(REF, 'x', false);
  expect(world.slept).toEqual([3_000]);
});

test('whoever is sent away is named a place of its own, so that they do not all come back together', async () => {
  const pace = new NotePace(2);
  for (const at of [0, 1_000]) await pace.claim(at);
  expect([1, 2, 3, 4].map(() => pace.promiseMs(10_000))).toEqual([
    50_000, 51_000, 110_000, 111_000,
  ]);
});

test('in no minute more notes go out than allowed, however they come', async () => {
  const pace = new NotePace(5);
  const sent: number[] = [];
  let now = 0;
  for (let turn = 0; turn < 400; turn += 1) {
    now += (turn * 7919) % 4_001;
    if ((await pace.claim(now)) > 0) continue;
    sent.push(now);
  }
  const most = Math.max(
    ...sent.map((from) => sent.filter((at) => at >= from && at < from + 60_000).length),
  );
  expect(most).toBe(5);
});

test('the shipped policy stays below the 60 a minute that GitLab.com allows', () => {
  const most = loadPolicy({}).limits.get('notes_a_minute') ?? Number.POSITIVE_INFINITY;
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(60);
});
