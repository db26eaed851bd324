/** `doctor` as a process: its lines, `--json`, the exit codes of `interfaces.md` §3, and no secret anywhere. */
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wantedLabels } from '../../src/core/wanted-labels.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { addLabel } from '../../src/sandbox/labels.ts';
import { DEMO_BOT } from '../../src/sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import type { Project } from '../../src/sandbox/world.ts';
import { freePort } from '../support/servers.ts';
import { buildProgram, type Ended, type Program } from './program.ts';

const signing = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const hidden = [signing, 'the-secret-of-the-hook', 'a-state-secret-of-some-length', 'pass-word'];
let program: Program;
let sandbox: Sandbox;
let project: Project;
let policy: string;

beforeAll(() => {
  program = buildProgram();
  policy = join(program.folder, 'demo', 'policy.yaml');
});
afterAll(() => program.remove());

beforeEach(async () => {
  sandbox = await startSandbox();
  const [first] = sandbox.world.projects;
  if (first === undefined) throw new Error('the demo has no project');
  project = first;
  for (const { name, colour, description } of wantedLabels(loadPolicy({ file: policy }))) {
    addLabel(sandbox.world, project, name, colour, description);
  }
  await fetch(`${sandbox.url}/api/v4/projects/${project.id}/hooks`, {
    method: 'POST',
    headers: { 'private-token': sandbox.token(DEMO_BOT), 'content-type': 'application/json' },
    body: JSON.stringify({
      url: 'https://bot.example.com/webhooks/gitlab',
      signing_token: signing,
      push_events: false,
      issues_events: true,
      confidential_issues_events: true,
      note_events: true,
      confidential_note_events: true,
    }),
  });
  return () => sandbox.close();
});

async function doctor(more: Record<string, string> = {}, ...args: string[]): Promise<Ended> {
  const ended = await program.run(['doctor', ...args], {
    env: {
      GITLAB_URL: sandbox.url,
      GITLAB_TOKEN: sandbox.token(DEMO_BOT),
      WEBHOOK_SIGNING_TOKEN: signing,
      WEBHOOK_SECRET_TOKEN: 'the-secret-of-the-hook',
      STATE_SECRET: 'a-state-secret-of-some-length',
      PUBLIC_URL: 'https://bot.example.com',
      POLICY: policy,
      ...more,
    },
  });
  for (const secret of [...hidden, sandbox.token(DEMO_BOT)]) {
    expect(ended.out + ended.err).not.toContain(secret);
  }
  return ended;
}

const lines = ({ out }: Ended, sign: string) =>
  out.split('\n').filter((line) => line.startsWith(`${sign} `));

describe('in lines', () => {
  it('shows what was read and a line for each check, and ends with 0', async () => {
    const ended = await doctor();
    expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: '' });
    expect(ended.out).toMatch(/^GITLAB_TOKEN +set, hidden$/m);
    expect(ended.out).toMatch(/^✓ policy: .*policy\.yaml: \d+ questions/m);
    expect(ended.out).toMatch(/^✓ token: valid, of @scoping-bot$/m);
    expect(ended.out).toMatch(/^✓ acme\/ps\/scoping, role: @scoping-bot is Maintainer$/m);
    expect(ended.out).toMatch(/^Nothing must be done, .*\d+ fine\.$/m);
    expect(lines(ended, '✗')).toEqual([]);
  });

  it('ends with 1 when something must be done, and says what', async () => {
    project.issuesEnabled = false;
    const ended = await doctor();
    expect(ended.code).toBe(1);
    expect(lines(ended, '✗')).toEqual([
      expect.stringMatching(/^✗ acme\/ps\/scoping, issues: switched off → let a maintainer/),
    ]);
    expect(ended.out).toMatch(/^1 thing to do, /m);
  });

  it('ends with 0 for warnings alone', async () => {
    project.labels = [];
    const ended = await doctor({ DRY_RUN: 'on' });
    expect(ended.code).toBe(0);
    expect(lines(ended, '!').length).toBeGreaterThanOrEqual(2);
  });

  it('ends with 69 when GitLab is out of reach; what needs it is not looked at, the queue is', async () => {
    const ended = await doctor({ GITLAB_URL: `http://127.0.0.1:${await freePort()}` });
    expect(ended.code).toBe(69);
    expect(lines(ended, '✗')).toEqual([
      expect.stringMatching(
        /^✗ GITLAB_URL: .*ECONNREFUSED\); it was asked at http:\/\/127\.0\.0\.1:\d+ → see whether GITLAB_URL is right; /,
      ),
    ]);
    expect(lines(ended, '–').map((line) => line.split(':')[0])).toEqual([
      ...['– token', '– projects', '– people'],
    ]);
    expect(ended.out).toMatch(/^✓ queue: embedded/m);
  });

  it('ends with 69 when the queue is out of reach', async () => {
    const ended = await doctor({ QUEUE_URL: `redis://:pass-word@127.0.0.1:${await freePort()}` });
    expect(ended.code).toBe(69);
    expect(lines(ended, '✗')).toEqual([expect.stringMatching(/^✗ queue: The queue's Redis/)]);
  });

  it('ends with 77 when GitLab refuses the token', async () => {
    for (const token of sandbox.world.tokens) token.expiresAt = '2020-01-01';
    const ended = await doctor();
    expect(ended.code).toBe(77);
    expect(lines(ended, '✗')).toEqual([
      expect.stringMatching(/^✗ token: GitLab at http:\/\/127\.0\.0\.1:\d+ refuses it/),
    ]);
  });

  it('ends with 78 for a value that is not allowed, before all else', async () => {
    const ended = await doctor({ PORT: 'eighty', CONCURRENCY: '0' });
    expect(ended.code).toBe(78);
    expect(lines(ended, '✗')).toEqual([
      expect.stringMatching(/^✗ PORT: read "eighty", allowed: a whole number/),
      expect.stringMatching(/^✗ CONCURRENCY: read "0"/),
    ]);
    expect(lines(ended, '–')).toHaveLength(1);
  });

  it('ends with 78 for a policy with mistakes, GitLab out of reach or not', async () => {
    const file = program.write('wrong.yaml', 'extends: default\nprojects: [acme]\ncolour: red\n');
    const GITLAB_URL = `http://127.0.0.1:${await freePort()}`;
    const ended = await doctor({ POLICY: file, GITLAB_URL });
    expect(ended.code).toBe(78);
    expect(lines(ended, '✗').map((line) => line.split(':')[0])).toEqual([
      '✗ policy',
      '✗ GITLAB_URL',
    ]);
    expect(ended.out).toMatch(/^✗ policy: .*wrong\.yaml:3: .* → run scoping-bot policy check/m);
  });
});

describe('--json', () => {
  it('is one object with the configuration, the checks and the exit code', async () => {
    project.issuesEnabled = false;
    const { code, out } = await doctor({}, '--json');
    expect(code).toBe(1);
    const data = JSON.parse(out);
    expect(data).toMatchObject({
      exit_code: 1,
      configuration: { GITLAB_URL: sandbox.url, GITLAB_TOKEN: 'set, hidden', PORT: '8080' },
    });
    expect(data.checks).toContainEqual({
      check: 'issues',
      project: 'acme/ps/scoping',
      result: 'failed',
      found: 'switched off',
      todo: expect.stringContaining('Settings'),
    });
    const results = data.checks.map(({ result }: { result: string }) => result);
    expect(results).toContain('fine');
  });

  it('is one object too where the configuration cannot be read', async () => {
    const { code, out } = await doctor({ GITLAB_URL: 'no address' }, '--json');
    expect(code).toBe(78);
    expect(JSON.parse(out)).toMatchObject({
      exit_code: 78,
      configuration: {},
      checks: [
        { check: 'GITLAB_URL', result: 'failed' },
        { check: 'everything else', result: 'not_looked_at', todo: null },
      ],
    });
  });
});

it('has no more requests than it needs', async () => {
  const before = sandbox.world.requests.length;
  await doctor();
  const asked = sandbox.world.requests.slice(before);
  expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  // Every template is a file of its own.
  const file = '/projects/:id/repository/files/:file_path';
  const routes = asked.map(({ route }) => route).filter((route) => route !== file);
  const twice = routes.filter((route, at) => routes.indexOf(route) !== at);
  // The look of setup at the templates reads the project once more.
  expect(twice.filter((route) => route !== '/projects/:id')).toEqual([]);
});
