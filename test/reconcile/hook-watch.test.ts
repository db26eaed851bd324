/** Which webhooks are ours, and what is said and asked about them, against a GitLab that answers as told. */
import { expect, it } from 'vitest';
import type { ProjectHook } from '../../src/gitlab/hooks.ts';
import { watchHooks } from '../../src/hook-watch.ts';
import { createLog } from '../../src/log.ts';
import { startWorld } from '../gitlab/client/world.ts';

const hour = 3_600_000;

async function watching(
  hooks: readonly object[],
  publicUrl: string | null = null,
  answer: number | (() => number) = 200,
) {
  const world = await startWorld(({ method }) => {
    if (method !== 'GET') return { status: 201, json: {} };
    const status = typeof answer === 'number' ? answer : answer();
    return { status, json: status === 200 ? hooks : { message: '403 Forbidden' } };
  });
  const counts: (readonly ProjectHook['state'][] | null)[] = [];
  const logged: { level: string; msg: string; hook?: number; until?: string | null }[] = [];
  const look = watchHooks({
    hooks: world.hooks,
    publicUrl,
    switchOn: true,
    log: createLog('debug', { write: (line) => void logged.push(JSON.parse(line)) }),
    now: () => world.clock.now,
    count: (_project, states) => counts.push(states),
  });
  return { world, look: () => look(7), counts, logged };
}

const off = { alert_status: 'disabled', disabled_until: null };
const ours = 'https://bot.example.com/webhooks/gitlab';

it.each([
  [null, [1, 2, 3]],
  ['https://bot.example.com', [1]],
  ['https://other.example.com/bot', [2]],
])('with PUBLIC_URL %s these are ours: %j', async (publicUrl, ids) => {
  const { world, look } = await watching(
    [
      { id: 1, url: ours, ...off },
      { id: 2, url: 'https://other.example.com/bot/webhooks/gitlab/?x=1', ...off },
      { id: 3, url: 'https://{host}/webhooks/gitlab', ...off },
      { id: 4, url: 'https://ci.example.com/hook', ...off },
    ],
    publicUrl,
  );
  await look();
  const tested = world.server.asked.filter(({ method }) => method === 'POST');
  expect(tested.map(({ path }) => path)).toEqual(
    ids.map((id) => `/api/v4/projects/7/hooks/${id}/test/issues_events`),
  );
});

it('one that is off for a while is told once, with the time, and tried at every look', async () => {
  const until = '2026-11-20T10:16:00.000Z';
  const hook = { id: 1, url: ours, alert_status: 'temporarily_disabled', disabled_until: until };
  const { world, look, logged, counts } = await watching([hook]);
  await look();
  await look();
  expect(logged).toMatchObject([{ level: 'warn', hook: 1, until }]);
  expect(logged[0]?.msg).toContain('see that GitLab reaches the bot');
  expect(world.server.count('POST')).toBe(2);
  expect(counts).toEqual([['temporarily_disabled'], ['temporarily_disabled']]);
});

it('a GitLab that tells no state is taken to send', async () => {
  const { world, look, logged, counts } = await watching([{ id: 1, url: ours }]);
  await look();
  expect([logged, counts, world.server.count('POST')]).toEqual([[], [['executable']], 0]);
});

it.each([403, 404])(
  'where the token may not look (%i), it asks twice, then once a day, and says so once',
  async (status) => {
    const { world, look, logged, counts } = await watching([], null, status);
    for (const turn of [0, 1, 23, 24, 25]) {
      world.clock.now += turn === 0 ? 0 : hour;
      if (turn === 24) world.clock.now += 22 * hour;
      await look();
    }
    expect(world.server.count('GET')).toBe(3);
    expect(logged).toMatchObject([{ level: 'debug' }]);
    // What was counted before may not be shown as true any longer.
    expect(counts).toEqual([null, null, null]);
  },
);

it('a single refusal, as at the beginning of a ban, is forgotten by the next look that works', async () => {
  const answers = [403, 200, 403, 200];
  const { world, look, logged, counts } = await watching([], null, () => answers.shift() ?? 200);
  for (let turn = 0; turn < 5; turn += 1) await look();
  expect(world.server.count('GET')).toBe(5);
  expect(counts).toEqual([null, [], null, [], []]);
  expect(logged).toEqual([]);
});

it('a GitLab that fails is one debug line and tried again with the next sweep', async () => {
  const { look, logged } = await watching([], null, 500);
  await look();
  await look();
  expect(logged.map(({ level }) => level)).toEqual(['debug', 'debug']);
});
