/** One word of GitLab about its limits holds for every worker. */
import { expect, test } from 'vitest';
import { Budget } from '../../../src/gitlab/budget.ts';
import { RetryableError } from '../../../src/gitlab/errors.ts';
import { BOT, failureOf, REF, startWorld } from './world.ts';

const NOW = Date.parse('2026-05-01T08:00:00Z');

test('Retry-After of one client stops a second one that shares the budget, until it is over', async () => {
  const world = await startWorld((asked) =>
    asked.method === 'POST'
      ? { status: 429, text: 'Retry later', headers: { 'retry-after': '30' } }
      : { json: BOT },
  );
  const other = world.connect({ budget: world.budget });

  const first = await failureOf(world.store.createNote(REF, 'x', false));
  expect(first).toMatchObject({ status: 429, retryAfterMs: 30_000, lostAnswer: false });
  const second = await failureOf(other.directory.bot());
  expect(second).toBeInstanceOf(RetryableError);
  expect(second).toMatchObject({ retryAfterMs: 30_000 });
  expect(world.server.asked).toHaveLength(1);
  expect(world.pauses).toEqual([30_000]);

  world.clock.now += 30_000;
  expect((await world.directory.bot()).id).toBe(99);
});

test('a short pause is waited out within the call', async () => {
  const world = await startWorld((_asked, before) =>
    before === 0 ? { status: 429, text: '', headers: { 'retry-after': '2' } } : { json: BOT },
  );
  expect((await world.directory.bot()).id).toBe(99);
  expect(world.slept.reduce((sum, ms) => sum + ms, 0)).toBe(2000);
});

test('a 429 without any header means a minute', async () => {
  const json = { message: { error: 'This endpoint has been requested too many times.' } };
  const world = await startWorld(() => ({ status: 429, json }));
  expect(await failureOf(world.directory.bot())).toMatchObject({ retryAfterMs: 60_000 });
  expect(await failureOf(world.store.createNote(REF, 'x', false))).toMatchObject({
    retryAfterMs: 60_000,
  });
  expect(world.server.asked).toHaveLength(1);
});

test('the last request of a window is the last that is sent until the window ends', async () => {
  const world = await startWorld(() => {
    const reset = String(Math.floor(Date.now() / 1000) + 40);
    return { json: BOT, headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': reset } };
  });
  await world.directory.bot();
  const error = await failureOf(world.directory.role(4, 11));
  expect(error).toMatchObject({ status: null, lostAnswer: false });
  const wait = (error as RetryableError).retryAfterMs ?? 0;
  expect(wait).toBeGreaterThan(35_000);
  expect(wait).toBeLessThanOrEqual(41_000);
  expect(world.server.asked).toHaveLength(1);
});

function pauseAfter(status: number, headers: Record<string, string>): number {
  const budget = new Budget();
  budget.observe(new Headers(headers), status, NOW);
  return budget.waitMs(NOW);
}

test.each([
  ['seconds', 429, { 'retry-after': '7' }, 7_000],
  ['a date', 429, { 'retry-after': 'Fri, 01 May 2026 08:00:09 GMT' }, 9_000],
  [
    'a date on a clock that is an hour ahead of ours',
    429,
    { 'retry-after': 'Fri, 01 May 2026 09:00:09 GMT', date: 'Fri, 01 May 2026 09:00:00 GMT' },
    9_000,
  ],
  ['the end of the window', 429, { 'ratelimit-reset': String(NOW / 1000 + 12) }, 12_000],
  ['nonsense', 429, { 'retry-after': 'soon', 'ratelimit-reset': '-' }, 60_000],
  ['a week', 429, { 'retry-after': '604800' }, 3_600_000],
  ['maintenance', 503, { 'retry-after': '120' }, 120_000],
  ['nothing at a 503', 503, {}, 0],
  ['an end in the past', 200, { 'ratelimit-remaining': '0', 'ratelimit-reset': '1' }, 0],
  ['some left', 200, { 'ratelimit-remaining': '1', 'ratelimit-reset': '9999999999' }, 0],
] as const)('told %s, the budget waits as long', (_name, status, headers, wait) => {
  expect(pauseAfter(status, headers)).toBe(wait);
});

test('a shorter pause never cuts a longer one', () => {
  const budget = new Budget();
  expect(budget.observe(new Headers({ 'retry-after': '50' }), 429, NOW)).toBe(50_000);
  expect(budget.observe(new Headers({ 'retry-after': '5' }), 429, NOW)).toBe(0);
  expect(budget.waitMs(NOW + 10_000)).toBe(40_000);
});
