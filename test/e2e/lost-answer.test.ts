/** A write whose answer got lost was done: it is not sent again, the next look reads first. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEMO_BOT } from '../../src/sandbox/seed.ts';
import { until } from '../queue/until.ts';
import { answered, type Stage, setStage } from './bot.ts';

const issueRoute = '/projects/:id/issues/:iid';
let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await stage.stop();
});

it.each([
  ['labels and people, cut off', 'PUT', issueRoute, { kind: 'hang_up' }],
  ['labels and people, 502', 'PUT', issueRoute, { kind: 'answer', status: 502 }],
  ['the comment, cut off', 'POST', `${issueRoute}/notes`, { kind: 'hang_up' }],
  ['the comment, 502', 'POST', `${issueRoute}/notes`, { kind: 'answer', status: 502 }],
] as const)('of %s: written once', async (_, method, route, fault) => {
  const { faults, requests } = stage.sandbox.world;
  const writes = (): number =>
    requests.filter(
      (each) => each.username === DEMO_BOT && each.method === method && each.route === route,
    ).length;
  faults.push({ ...fault, when: 'after', method, route, times: 1 });
  await stage.startBot();
  const issue = stage.createIssue(answered);
  // The look that lost the answer failed; the next one has to come through.
  await until(() => stage.logged.some(({ msg }) => msg === 'issue will be tried again'), 60_000);
  const tried = stage.logged.length;
  await until(
    () =>
      stage.logged.slice(tried).some(({ msg }) => msg === 'looked') &&
      stage.see(issue).comment !== null,
    60_000,
  );
  await stage.sandbox.settled();
  expect(faults.every(({ times }) => times === 0)).toBe(true);
  expect(writes()).toBe(1);
  expect(stage.see(issue).notes).toBe(1);
});
