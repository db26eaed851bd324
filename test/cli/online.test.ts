/**
 * `plan` and `serve` in processes of their own, against the look-alike over real HTTP.
 * Long, because every test needs the same processes and look-alike, which are set up once.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../../src/config.ts';
import { connectGitLab } from '../../src/gitlab/connect.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { reconcile } from '../../src/reconcile.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import { freePort } from '../support/servers.ts';
import { buildProgram, type Program, type Running } from './program.ts';

const demo = fileURLToPath(new URL('../../demo/', import.meta.url));
const hookSecret = 'the-secret-of-the-hook';
let program: Program;
let sandbox: Sandbox;
let issueUrl: string;
let nowhere: string;

beforeAll(async () => {
  program = buildProgram();
  sandbox = await startSandbox();
  nowhere = `http://127.0.0.1:${await freePort()}`;
  const issue = sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
    title: 'Tarnfield Insurance - Scope Issue and Write SOW',
    description: readFileSync(join(demo, '1-opened.md'), 'utf8'),
    labels: ['Services Calculator'],
  });
  sandbox.as('ae-one').comment(issue, '/scoping frobnicate everything');
  issueUrl = urlOf(issue.iid);
});
afterAll(async () => {
  program.remove();
  await sandbox.close();
});

function urlOf(iid: number): string {
  return `${sandbox.url}/${DEMO_PROJECT}/-/issues/${iid}`;
}

function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    GITLAB_URL: sandbox.url,
    GITLAB_TOKEN: sandbox.token(DEMO_BOT),
    POLICY: join(demo, 'policy.yaml'),
    ...more,
  };
}

describe('plan', () => {
  it('shows every change with how far it reaches, and the comment, and writes nothing', async () => {
    const before = snapshot();
    const seen = sandbox.world.requests.length;
    const { code, out, err } = await program.run(['plan', issueUrl], { env: environment() });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^notifies people: .*assigns Emre Valdéz and Samira Okafor$/m);
    expect(out).toMatch(/^ {2}\+ stage::technical-evaluation$/m);
    expect(out).toMatch(/^ {2}assignees: @em-emea, @sa-one$/m);
    expect(out).toMatch(/^ {2}│ .*`frobnicate`/m);
    expect(out).toMatch(/^The status comment would read:\n\n### Technical Evaluation · /m);
    expect(out).not.toContain('<!--');
    expect(out).toMatch(/^3 changes: 3 notify people, 0 visible, 0 silent\.$/m);

    expect(snapshot()).toEqual(before);
    const methods = sandbox.world.requests.slice(seen).map(({ method }) => method);
    expect(new Set(methods)).toEqual(new Set(['GET']));
  });

  it('gives the same as JSON: the changes, the comment, and all that check gives', async () => {
    const { code, out } = await program.run(['plan', issueUrl, '--json'], { env: environment() });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      title: 'Tarnfield Insurance - Scope Issue and Write SOW',
      changes: [
        { kind: 'create_note', reach: 'notifies people' },
        { kind: 'issue', reach: 'notifies people', why: expect.any(String) },
        { kind: 'create_note', reach: 'notifies people' },
      ],
      effects: { notifies_people: 3, visible: 0, silent: 0 },
      comment: expect.stringContaining('### Technical Evaluation'),
      answers: { m_sources: expect.any(Object) },
      stage: { next: 'proposal' },
    });
  });

  it('tells visible and silent changes from those that notify people', async () => {
    const issue = sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
      title: 'Marrow Foods - Scope Issue and Write SOW',
      labels: ['Services Calculator'],
    });
    const { out } = await program.run(['plan', urlOf(issue.iid)], { env: environment() });
    expect(out).toMatch(/^visible: labels say where the issue stands$/m);
    expect(out).toMatch(/^notifies people: the first status comment$/m);
  });

  it('finds nothing to do where the bot has just been, and only a silent edit after an answer', async () => {
    const { config, issue } = await lookedAt('Osprey Rail - Scope Issue and Write SOW');
    const args = ['plan', urlOf(issue.iid)];
    const env = environment({ STATE_SECRET: config.stateSecret ?? '' });
    expect(await program.run(args, { env })).toEqual({
      code: 0,
      out: 'Nothing to do: the issue is as it should be.\n',
      err: '',
    });
    sandbox.as('ae-one').comment(issue, '/scoping set goals One platform by December');
    const { out } = await program.run(args, { env });
    expect(out).toMatch(/^silent: the status comment as it is now$/m);
    expect(out).not.toMatch(/^(notifies people|visible):/m);
  });

  it('says why when the bot keeps its hands off', async () => {
    const issue = sandbox.as('sa-one').createIssue(DEMO_PROJECT, { title: 'Buy more coffee' });
    const args = ['plan', urlOf(issue.iid)];
    const [text, json] = await Promise.all([
      program.run(args, { env: environment() }),
      program.run([...args, '--json'], { env: environment() }),
    ]);
    expect(text).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^The bot keeps its hands off: .+\.\n$/),
    });
    expect(JSON.parse(json.out)).toEqual({ changes: [], hands_off: expect.any(String) });
  });

  it.each([
    [
      'an issue that does not exist',
      2,
      (): string => urlOf(999),
      {},
      /999: GitLab shows no such issue/,
    ],
    [
      'a project that does not exist',
      2,
      (): string => `${sandbox.url}/a/b/-/issues/1`,
      {},
      /no such issue/,
    ],
    [
      'the address of another GitLab',
      2,
      (): string => 'https://gitlab.com/a/b/-/issues/1',
      {},
      /GITLAB_URL/,
    ],
    ['an address that is no issue', 2, (): string => `${sandbox.url}/a/b`, {}, /issues\/NUMBER/],
    [
      'a token that GitLab refuses',
      77,
      (): string => issueUrl,
      { GITLAB_TOKEN: 'glpat-wrong' },
      /GITLAB_TOKEN/,
    ],
    ['no token', 78, (): string => issueUrl, { GITLAB_TOKEN: '' }, /^GITLAB_TOKEN: read nothing/],
  ] as const)('%s ends with %i and one line', async (_what, expected, address, more, words) => {
    const { code, out, err } = await program.run(['plan', address()], { env: environment(more) });
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(err).toMatch(/^.+\n$/);
    expect(err).toMatch(words);
    expect(err).not.toContain('glpat-wrong');
  });

  it('ends with 69 and one line when GitLab is out of reach', async () => {
    const { code, out, err } = await program.run(['plan', `${nowhere}/a/b/-/issues/1`], {
      env: environment({ GITLAB_URL: nowhere }),
    });
    expect({ code, out }).toEqual({ code: 69, out: '' });
    expect(err).toMatch(/^GitLab cannot be reached .*ECONNREFUSED.*\n$/);
    expect(err).toContain(` It was asked at ${nowhere}: is GITLAB_URL right?`);
  });
});

describe('serve', () => {
  const serving = (more: Readonly<Record<string, string>> = {}): Record<string, string> =>
    environment({
      WEBHOOK_SECRET_TOKEN: hookSecret,
      DATA_DIR: join(program.scratch, 'data'),
      SWEEP_INTERVAL: 'off',
      PORT: '0',
      ...more,
    });

  it('names every variable that is missing, one a line, and ends with 78', async () => {
    const { code, out, err } = await program.run(['serve']);
    expect({ code, out }).toEqual({ code: 78, out: '' });
    const names = err
      .trimEnd()
      .split('\n')
      .map((line) => line.split(':')[0]);
    expect(names).toEqual(['GITLAB_TOKEN', 'WEBHOOK_SIGNING_TOKEN']);
  });

  it('names every variable that is wrong, one a line, without showing a secret', async () => {
    const env = {
      GITLAB_TOKEN: 'glpat-hush hush',
      WEBHOOK_SIGNING_TOKEN: 'whsec_hush!',
      QUEUE_URL: 'mysql://bot:hush@db.example/queue',
      PORT: '99999',
      SWEEP_INTERVAL: '5',
      DRY_RUN: 'maybe',
    };
    const { code, out, err } = await program.run(['serve'], { env });
    expect({ code, out }).toEqual({ code: 78, out: '' });
    const names = err
      .trimEnd()
      .split('\n')
      .map((line) => line.split(': read ')[0]);
    expect(names.toSorted()).toEqual(Object.keys(env).toSorted());
    expect(err).not.toContain('hush');
  });

  it('ends with 77 and a sentence when GitLab refuses the token', async () => {
    const env = serving({ GITLAB_TOKEN: 'glpat-refused' });
    const { code, err } = await program.run(['serve'], { env });
    expect(code).toBe(77);
    expect(err).toMatch(
      /^GitLab does not accept the token .*GITLAB_TOKEN\. It was asked at \S+: .*\n$/,
    );
    expect(err).not.toContain('glpat-refused');
  });

  it('ends with 69 when Redis is out of reach, even though GitLab is too', async () => {
    const env = serving({ GITLAB_URL: nowhere, QUEUE_URL: nowhere.replace('http', 'redis') });
    const { code, err } = await program.run(['serve'], { env });
    expect(code).toBe(69);
    expect(err).toMatch(/^The queue's Redis server at 127\.0\.0\.1:\d+ .*QUEUE_URL.*\n$/);
  });

  it('starts without GitLab, is not ready, gives its folder to no second one, and ends with 0 on SIGTERM; a taken port is told', async () => {
    const first = program.start(['serve'], { env: serving({ GITLAB_URL: nowhere }) });
    const url = await addressOf(first);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain('GitLab');

    const second = await program.run(['serve'], { env: serving() });
    expect(second.code).toBe(78);
    expect(second.err).toMatch(/^Another process .*DATA_DIR.*\n$/);

    first.child.kill('SIGTERM');
    const { code, out, err } = await first.ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('"msg":"closing"');
    expect(out).not.toContain(hookSecret);
    expect(out).not.toContain(sandbox.token(DEMO_BOT));

    // The folder is free again; what is taken now is the port, which the look-alike has.
    const { port } = new URL(sandbox.url);
    const third = await program.run(['serve'], { env: serving({ PORT: port }) });
    expect(third.code).toBe(78);
    expect(third.err).toMatch(/^PORT: read \d+ .*another program already listens there\n$/);
  }, 120_000);
});

/** An issue at which the bot, here in this process, has looked once. */
async function lookedAt(title: string): Promise<{ config: Config; issue: Issue }> {
  const labels = ['Services Calculator'];
  const issue = sandbox.as('sa-one').createIssue(DEMO_PROJECT, { title, labels });
  const config = readConfig(environment(), ['gitlab']);
  const policy = loadPolicy({ file: config.policyFile ?? undefined });
  const gitlab = connectGitLab({ url: config.gitlabUrl, token: config.gitlabToken });
  await reconcile(
    { projectId: issue.projectId, issueIid: issue.iid },
    { ...gitlab, policy, key: config.stateSecret ?? '', now: () => new Date() },
  );
  return { config, issue };
}

/** From the log line that says where it listens. */
async function addressOf(running: Running): Promise<string> {
  await running.prints('"msg":"listening"');
  const [, url] = /"url":"(http:[^"]+)".*"msg":"listening"/.exec(running.output()) ?? [];
  if (!url) throw new Error(`no address in the log:\n${running.output()}`);
  return url;
}

/** Everything that GitLab holds and a write would change. */
function snapshot(): unknown {
  const { projects, users } = sandbox.world;
  return structuredClone({ projects, users });
}
