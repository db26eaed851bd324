/** A failed delivery stays the newest until another comes: what `doctor` says of it, and the test that it has sent when asked. */
import { expect, it } from 'vitest';
import { openReceiver } from '../sandbox/tester.ts';
import { delivered } from './ills.ts';
import { one, openPatient, type Patient } from './patient.ts';

const CHECK = 'webhook deliveries';
const MINUTE_MS = 60_000;

/** A patient whose webhook leads to a receiver that answers `status`, and who has an issue to send. */
async function openReached(status: number) {
  const patient = await openPatient();
  const { url, received } = await openReceiver(status);
  patient.env.PUBLIC_URL = new URL(url).origin;
  patient.hook.url = `${patient.env.PUBLIC_URL}/webhooks/gitlab`;
  patient.sandbox.project.hooks = [];
  patient.sandbox.as('sa-one').createIssue('acme/ps/scoping', { title: 'Tarnfield' });
  patient.sandbox.project.hooks = [patient.hook];
  return { patient, received };
}

const foundBy = async (patient: Patient, sendTest = false) =>
  one(await patient.look({ sendTest }), CHECK);

it.each([
  [0, 'less than a minute'],
  [1, '1 minute'],
  [119, '119 minutes'],
  [120, '2 hours'],
  [47 * 60, '47 hours'],
  [49 * 60, '2 days'],
])('says that the newest was answered %s minutes ago', async (minutes, words) => {
  const patient = await openPatient();
  delivered(patient, 202, 401);
  patient.aheadMs = minutes * MINUTE_MS + 5_000;
  expect((await foundBy(patient)).found).toBe(
    `1 of the last 2 failed; the newest delivery, ${words} ago, was answered 401: the bot holds another secret than the webhook`,
  );
});

it('sends nothing unless asked, and nothing where the last one arrived', async () => {
  const { patient, received } = await openReached(200);
  delivered(patient, 401);
  expect(await foundBy(patient)).toMatchObject({ mark: 'failed', code: 1 });
  delivered(patient, 202);
  expect(await foundBy(patient, true)).toMatchObject({ mark: 'info' });
  expect(received).toEqual([]);
});

it('a test that arrives is believed, and the webhook is on again', async () => {
  const { patient, received } = await openReached(200);
  delivered(patient, 401);
  patient.sandbox.world.switchesHooksOff = true;
  patient.hook.failures = 40;
  const before = await patient.look();
  expect(one(before, 'webhook state')).toMatchObject({
    mark: 'failed',
    todo: expect.stringMatching(/then run scoping-bot doctor --send-test, or press Test/),
  });
  const after = await patient.look({ sendTest: true });
  expect(one(after, 'webhook state')).toMatchObject({ mark: 'fine' });
  expect(one(after, CHECK)).toMatchObject({
    mark: 'fine',
    found: 'the test that GitLab has just sent arrived',
  });
  expect(received).toHaveLength(1);
  expect(patient.sandbox.problems).toEqual([]);
});

it('a test that is refused too says so, and does not ask for another', async () => {
  const { patient, received } = await openReached(401);
  delivered(patient, 401);
  const finding = await foundBy(patient, true);
  expect(finding).toMatchObject({ mark: 'failed', code: 1 });
  expect(finding.found).toMatch(
    /; GitLab was asked for a test just now, and that did not arrive either or was not sent$/,
  );
  expect(finding.todo).toMatch(/the same value and restart the bot$/);
  expect(received).toHaveLength(1);
});

it('a test that comes to no end is a line of its own, and the rest is looked at', async () => {
  const { patient } = await openReached(200);
  delivered(patient, 401);
  const route = '/projects/:id/hooks/:hook_id/test/:trigger';
  patient.sandbox.world.faults.push({
    ...{ kind: 'answer', status: 502, when: 'before', method: 'POST', route, times: 9 },
  });
  const findings = await patient.look({ sendTest: true });
  expect(one(findings, 'webhook test')).toMatchObject({ mark: 'failed', code: 69 });
  expect(one(findings, CHECK)).toMatchObject({ mark: 'failed', code: 1 });
  expect(one(findings, 'templates')).toMatchObject({ mark: 'fine' });
});
