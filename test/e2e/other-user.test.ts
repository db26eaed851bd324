/** A bot that ran as another user before: it says so once, and is quiet once the policy names that user. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectGitLab } from '../../src/gitlab/connect.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { reconcile } from '../../src/reconcile.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import { until } from '../queue/until.ts';
import { type Stage, setStage } from './bot.ts';

const demoPolicy = fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url));
/** Whoever set the bot up and ran it once with a token of their own. */
const before = 'ps-director';
const STATE_SECRET = 'a state secret of some length';

let stage: Stage;

beforeEach(async () => {
  stage = await setStage();
});

afterEach(async () => {
  await stage.stop();
});

const told = () =>
  stage.logged.filter(({ level, msg }) => level === 'warn' && msg.includes('bot_usernames'));

const looks = () => stage.logged.filter(({ msg }) => msg === 'looked').length;

const idOf = (username: string) =>
  stage.sandbox.world.users.find((user) => user.username === username)?.id;

/** Who has written a status comment on the issue, oldest first. */
function authors(issue: Issue): readonly (string | undefined)[] {
  return issue.notes
    .filter(({ body }) => body.includes('<!-- scoping-bot:status '))
    .map(({ authorId }) => stage.sandbox.world.users.find(({ id }) => id === authorId)?.username);
}

/** Two issues on which the bot has written as somebody else. */
async function ranBefore(key: string): Promise<readonly Issue[]> {
  const token = stage.sandbox.token(before);
  const gitlab = connectGitLab({ url: stage.sandbox.url, token });
  const policy = loadPolicy({ file: demoPolicy });
  const issues = ['Tarnfield Insurance', 'Oakhollow Mills'].map((customer) =>
    stage.createIssue(undefined, customer),
  );
  for (const { iid: issueIid } of issues) {
    const ref = { projectId: stage.sandbox.world.projects[0]?.id ?? 0, issueIid };
    await reconcile(ref, { ...gitlab, policy, key, now: () => new Date() });
  }
  expect(issues.map(authors)).toEqual([[before], [before]]);
  return issues;
}

it.each([
  ['whose key is known', STATE_SECRET, /has run as this user/],
  ['whose key nobody knows', 'another key', /is not the bot, and is ignored/],
])('an earlier user %s is told once, with what to do', async (_name, key, sentence) => {
  const issues = await ranBefore(key);
  await stage.startBot(undefined, { STATE_SECRET, SWEEP_INTERVAL: '1h' });
  await until(() => issues.every((issue) => authors(issue).length === 2));
  for (const issue of issues) stage.sandbox.as('csm-one').comment(issue, 'Thanks.');
  const seen = looks();
  await until(() => looks() >= seen + issues.length);
  await stage.sandbox.settled();

  expect(issues.map(authors)).toEqual(issues.map(() => [before, 'scoping-bot']));
  expect(told()).toEqual([
    expect.objectContaining({
      msg: expect.stringMatching(sentence),
      projectId: stage.sandbox.world.projects[0]?.id,
      issueIid: expect.any(Number),
      author: idOf(before),
      username: before,
    }),
  ]);
});

it('an earlier user whom the policy names is not told', async () => {
  const issues = await ranBefore(STATE_SECRET);
  const POLICY = join(stage.dataDir, 'policy.yaml');
  writeFileSync(POLICY, `${readFileSync(demoPolicy, 'utf8')}\nbot_usernames: [${before}]\n`);
  await stage.startBot(undefined, { STATE_SECRET, POLICY, SWEEP_INTERVAL: '1h' });
  await until(() => issues.every((issue) => authors(issue).length === 2));
  expect(told()).toEqual([]);
});
