/** A write whose answer got lost was done, or will be: it is not sent again, the next look comes when GitLab has ended and reads first. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/records.ts';
import { DEMO_BOT } from '../../src/sandbox/seed.ts';
import { until } from '../queue/until.ts';
import { answered, type Stage, setStage } from './bot.ts';

const issueRoute = '/projects/:id/issues/:iid';
const demoPolicy = fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url));
/** How long this GitLab goes on with a write after the connection is gone, and how long the next look waits for it. */
const lateMs = 6_000;
const peaceSeconds = 10;
let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await stage.stop();
});

async function startBot(lateWriteSeconds: number): Promise<void> {
  const file = join(stage.dataDir, 'policy.yaml');
  const limits = `limits: { late_write_seconds: ${lateWriteSeconds} }`;
  writeFileSync(file, `${readFileSync(demoPolicy, 'utf8')}\n${limits}\n`);
  await stage.startBot(undefined, { POLICY: file });
}

const tried = (): boolean => stage.logged.some(({ msg }) => msg === 'issue will be tried again');

/** The look that lost the answer failed; this is the next one that came through. */
async function lookedAgain(): Promise<void> {
  await until(tried, 60_000);
  const lines = stage.logged.length;
  await until(() => stage.logged.slice(lines).some(({ msg }) => msg === 'looked'), 60_000);
  await stage.sandbox.settled();
}

it.each([
  ['labels and people, cut off', 'PUT', issueRoute, { kind: 'hang_up' }],
  ['labels and people, 502', 'PUT', issueRoute, { kind: 'answer', status: 502 }],
  ['the comment, cut off', 'POST', `${issueRoute}/notes`, { kind: 'hang_up' }],
  ['the comment, 502', 'POST', `${issueRoute}/notes`, { kind: 'answer', status: 502 }],
  ['the comment, done late', 'POST', `${issueRoute}/notes`, { kind: 'late', ms: lateMs }],
] as const)('a lost answer to %s: written once', async (_, method, route, fault) => {
  const { faults, requests } = stage.sandbox.world;
  const writes = (): number =>
    requests.filter(
      (each) => each.username === DEMO_BOT && each.method === method && each.route === route,
    ).length;
  faults.push({ when: 'after', ...fault, method, route, times: 1 } as Fault);
  await startBot(fault.kind === 'late' ? peaceSeconds : 1);
  const issue = stage.createIssue(answered);
  await lookedAgain();
  expect(faults.every(({ times }) => times === 0)).toBe(true);
  expect(writes()).toBe(1);
  expect(stage.see(issue).notes).toBe(1);
});

it('a reply that is done late stands there once, whoever writes meanwhile', async () => {
  await startBot(peaceSeconds);
  const issue = stage.createIssue(answered);
  await until(() => stage.see(issue).comment !== null, 60_000);
  await stage.sandbox.settled();
  const route = `${issueRoute}/notes`;
  const { faults } = stage.sandbox.world;
  faults.push({ kind: 'late', ms: lateMs, method: 'POST', route, times: 1 });
  stage.sandbox.as('em-emea').comment(issue, '/scoping aprove ps');
  await until(tried, 60_000);
  // A new hook is no reason to look before GitLab has ended.
  stage.sandbox.as('sa-one').comment(issue, 'hello there');
  await lookedAgain();
  const replies = issue.notes.filter(({ body }) => body.includes('<!-- scoping-bot:reply '));
  expect(faults.map(({ times }) => times)).toEqual([0]);
  expect(replies).toHaveLength(1);
});
