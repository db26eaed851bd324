/** A hook that keeps failing is switched off, says so, loses what happens meanwhile, and comes back. */
import { expect, test } from 'vitest';
import type { Hook } from '../../src/sandbox/world.ts';
import { checkAnswer } from './answer-schemas.ts';
import { addHook, openReceiver, openSandbox, PROJECT_PATH, type Tester } from './tester.ts';

const start = Date.parse('2026-11-20T10:00:00Z');
const minute = 60_000;

async function open() {
  const clock = { now: start };
  const sandbox = await openSandbox({ now: () => new Date(clock.now) });
  sandbox.world.switchesHooksOff = true;
  const good = await openReceiver();
  const bad = await openReceiver(500);
  const hook = addHook(sandbox, bad.url);
  return { sandbox, clock, hook, good, bad };
}

async function happen(sandbox: Tester): Promise<void> {
  sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'X' });
  await sandbox.settled();
}

async function shown(sandbox: Tester): Promise<unknown> {
  const { text } = await sandbox.send('GET', `${PROJECT_PATH}/hooks`);
  const [hook] = JSON.parse(text) as unknown[];
  expect(checkAnswer('project_hook', hook)).toEqual([]);
  return hook;
}

/** Fails until the hook is off, waits as long as it says, and fails again, `times` times in all. */
async function fail(sandbox: Tester, clock: { now: number }, hook: Hook, times: number) {
  const offFor: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    await happen(sandbox);
    const ms = hook.disabledUntil === null ? 0 : Date.parse(hook.disabledUntil) - clock.now;
    offFor.push(ms / minute);
    clock.now += ms;
  }
  return offFor;
}

test('the fourth failure in a row switches it off for a minute, each further one for twice as long', async () => {
  const { sandbox, clock, hook } = await open();
  expect(await fail(sandbox, clock, hook, 17)).toEqual([
    0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440, 1440,
  ]);
});

test('what happens while it is off is lost, and its answer says until when', async () => {
  const { sandbox, clock, hook, bad, good } = await open();
  for (let turn = 0; turn < 4; turn += 1) await happen(sandbox);
  hook.url = good.url;
  await happen(sandbox);
  expect([bad.received.length, good.received.length]).toEqual([4, 0]);
  expect(await shown(sandbox)).toMatchObject({
    alert_status: 'temporarily_disabled',
    disabled_until: '2026-11-20T10:01:00.000Z',
  });
  clock.now += minute;
  expect(await shown(sandbox)).toMatchObject({ alert_status: 'executable' });
  await happen(sandbox);
  expect(good.received).toHaveLength(1);
  expect(hook.failures).toBe(0);
});

test('the fortieth failure switches it off until a test succeeds; a failing test does not', async () => {
  const { sandbox, clock, hook, good } = await open();
  await fail(sandbox, clock, hook, 40);
  clock.now += 365 * 24 * 60 * minute;
  expect(await shown(sandbox)).toMatchObject({ alert_status: 'disabled', disabled_until: null });
  const path = `${PROJECT_PATH}/hooks/${hook.id}/test/issues_events`;
  expect((await sandbox.send('POST', path)).status).toBe(422);
  expect(await shown(sandbox)).toMatchObject({ alert_status: 'disabled' });

  hook.url = good.url;
  expect((await sandbox.send('POST', path)).status).toBe(201);
  expect(await shown(sandbox)).toMatchObject({ alert_status: 'executable' });
  const body = JSON.parse(good.received[0]?.body ?? '{}') as object;
  expect(body).toMatchObject({ object_attributes: { action: 'open', iid: 40 } });
  expect(sandbox.problems).toEqual([]);
});

test('a test needs an issue, a hook that is there, and a Maintainer', async () => {
  const { sandbox, hook } = await open();
  const path = (id: number) => `${PROJECT_PATH}/hooks/${id}/test/issues_events`;
  expect((await sandbox.send('POST', path(hook.id))).text).toContain('has issues');
  expect((await sandbox.send('POST', path(999))).status).toBe(404);
  expect((await sandbox.send('POST', path(hook.id), undefined, 'sa-one')).status).toBe(403);
});

test('where GitLab does not switch hooks off, none ever is', async () => {
  const { sandbox, clock, hook } = await open();
  sandbox.world.switchesHooksOff = false;
  await fail(sandbox, clock, hook, 41);
  expect(await shown(sandbox)).toMatchObject({ alert_status: 'executable', disabled_until: null });
});
