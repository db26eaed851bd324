/** What a start says of the projects that it is to serve, what it asks for that, and that it does not wait for it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { connectGitLab } from '../../src/gitlab/connect.ts';
import { createLog } from '../../src/log.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { checkStart } from '../../src/service/check-start.ts';
import { startService } from '../../src/service.ts';
import { until } from '../queue/until.ts';
import { openSandbox, type Tester } from '../sandbox/tester.ts';

const MEMBER = '/projects/:id/members/all/:user_id';
const policy = loadPolicy({
  file: fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url)),
});

interface Place {
  readonly sandbox: Tester;
  readonly logged: readonly { readonly level: string; readonly msg: string }[];
  readonly log: ReturnType<typeof createLog>;
  config(PROJECTS?: string): ReturnType<typeof readConfig<'gitlab'>>;
}

async function openPlace(): Promise<Place> {
  const sandbox = await openSandbox();
  const logged: { level: string; msg: string }[] = [];
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'scoping-bot-start-'));
  onTestFinished(() => rmSync(DATA_DIR, { recursive: true, force: true }));
  const keep = new Writable({
    write(chunk, _encoding, done) {
      logged.push(JSON.parse(String(chunk)) as { level: string; msg: string });
      done();
    },
  });
  return {
    ...{ sandbox, logged, log: createLog('debug', keep) },
    config: (PROJECTS) =>
      readConfig(
        {
          ...{ GITLAB_URL: sandbox.url, GITLAB_TOKEN: sandbox.token(DEMO_BOT), DATA_DIR, PROJECTS },
          ...{ PORT: '0', SWEEP_INTERVAL: 'off', WEBHOOK_SECRET_TOKEN: 'a secret of the hook' },
        },
        ['gitlab'],
      ),
  };
}

/** Null: no member. */
function levelOfBot({ sandbox: { world, project } }: Place, level: number | null): void {
  const { id } = world.users.find(({ username }) => username === DEMO_BOT) ?? { id: 0 };
  if (level === null) project.members.delete(id);
  else project.members.set(id, level);
}

/** The first look of a start; what it asked GitLab, beside who the bot is. */
async function firstLook(place: Place, projects?: string): Promise<readonly string[]> {
  const { log, sandbox } = place;
  const config = place.config(projects);
  const gitlab = connectGitLab({ url: config.gitlabUrl, token: config.gitlabToken });
  const bot = await gitlab.directory.bot();
  sandbox.world.requests.length = 0;
  const check = checkStart({ config, policy, gitlab, log, bot: () => bot, stopped: () => false });
  onTestFinished(check.stop);
  await check.first;
  expect(sandbox.problems).toEqual([]);
  return sandbox.world.requests.map(({ method, route }) => `${method} ${route}`);
}

it('nothing is said where all is well, and each project costs one request', async () => {
  const place = await openPlace();
  const projects = [DEMO_PROJECT, DEMO_PROJECT.toUpperCase(), place.sandbox.project.id];
  expect(await firstLook(place, projects.join())).toEqual([`GET ${MEMBER}`, `GET ${MEMBER}`]);
  expect(await firstLook(place)).toEqual([`GET ${MEMBER}`]);
  expect(place.logged).toEqual([]);
});

it.each([
  ['Guest', 10, /is Guest: it may not set labels and assignees/],
  ['no member', null, /is not a member/],
])('a role that is too low is told: %s', async (_name, level, found) => {
  const place = await openPlace();
  place.sandbox.project.visibility = 'public';
  levelOfBot(place, level);
  await firstLook(place);
  expect(place.logged).toMatchObject([
    {
      level: 'warn',
      msg: expect.stringMatching(/^the bot's role in a project that it is to serve is too low/),
      variable: 'projects in the policy',
      read: DEMO_PROJECT,
      found: expect.stringMatching(found),
      todo: expect.stringMatching(/give @scoping-bot the role Planner or Reporter/),
    },
  ]);
});

it('a project that is not there is told once, with the variable and what was read; the others are looked at', async () => {
  const place = await openPlace();
  levelOfBot(place, 10);
  await firstLook(place, `Acme/ps/Nothing, ${DEMO_PROJECT}, 424242`);
  const missing = (read: string) => ({
    ...{ level: 'warn', variable: 'PROJECTS', read },
    msg: expect.stringMatching(/^a project that the bot is to serve is not there, or not for this/),
    todo: expect.stringMatching(/^correct PROJECTS .* make @scoping-bot a member/),
  });
  expect(place.logged).toMatchObject([
    missing('Acme/ps/Nothing'),
    { read: DEMO_PROJECT, found: expect.stringMatching(/Guest/) },
    missing('424242'),
  ]);
});

it('the service starts whatever is found, does not wait for a GitLab that hangs, and says it later', async () => {
  const place = await openPlace();
  levelOfBot(place, 10);
  const { logged, log, sandbox } = place;
  // Each try is given up after ten seconds.
  const slow = { kind: 'slow', method: 'GET', route: MEMBER } as const;
  sandbox.world.faults.push({ ...slow, ms: 600_000, times: 3 });
  const service = await startService({
    ...{ config: { ...place.config(), stateSecret: 'a key' }, policy, log, processMetrics: false },
  });
  onTestFinished(() => service.close());
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  const told = () => logged.findIndex(({ msg }) => msg.includes('is too low'));
  expect(told()).toBe(-1);
  await until(() => told() > 0, 90_000);
  expect(logged.findIndex(({ msg }) => msg === 'listening')).toBeLessThan(told());
});
