/**
 * Secrets and people's words never get into the log, the metrics, an HTTP answer or an error: the service and the
 * commands run as in earnest, everything goes wrong that can, and all that they said is searched.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addHook } from '../../src/cli/demo-look.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import { buildProgram, type Program, type Running } from '../cli/program.ts';
import { until } from '../queue/until.ts';
import { freePort } from '../support/servers.ts';

const demo = fileURLToPath(new URL('../../demo/', import.meta.url));

const secrets = {
  token: 'canary0access0token0f3a1',
  hook: 'canary0hook0secret0b2d4',
  state: 'canary0state0secret0c5e6',
  password: 'canary0queue0password0d7',
};
const words = {
  customer: 'Canarycustomer',
  description: 'canarydescription',
  note: 'canarynote',
  internal: 'canaryinternal',
  person: 'Canaryperson',
  label: 'canarylabel',
  answer: 'canaryanswer',
  header: 'canary-header',
};
const everything = [...Object.values(secrets), ...Object.values(words)];

/** Every canary that stands in the text, in the clear or in an encoding that a log might use. */
function findCanaries(text: string, canaries: readonly string[] = everything): readonly string[] {
  const lower = text.toLowerCase();
  return canaries.filter((canary) =>
    [
      canary,
      Buffer.from(canary).toString('base64').slice(0, -4),
      Buffer.from(canary).toString('hex'),
    ]
      .map((each) => each.toLowerCase())
      .some((each) => lower.includes(each)),
  );
}

let program: Program;
let sandbox: Sandbox;
let dataDir: string;

beforeAll(async () => {
  program = buildProgram();
  dataDir = mkdtempSync(join(tmpdir(), 'scoping-bot-canaries-'));
  sandbox = await startSandbox();
  const { world } = sandbox;
  for (const user of world.users) if (user.username !== DEMO_BOT) user.name += ` ${words.person}`;
  const bot = world.users.find(({ username }) => username === DEMO_BOT);
  world.tokens.push({
    value: secrets.token,
    userId: bot?.id ?? 0,
    name: 'canary',
    scopes: ['api'],
    expiresAt: null,
    revoked: false,
  });
});
afterAll(async () => {
  program.remove();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    GITLAB_URL: sandbox.url,
    GITLAB_TOKEN: secrets.token,
    WEBHOOK_SECRET_TOKEN: secrets.hook,
    STATE_SECRET: secrets.state,
    DATA_DIR: dataDir,
    // The demo's, with a GitLab that soon ends what nobody waits for any more.
    POLICY: fileURLToPath(new URL('../chaos/policy.yaml', import.meta.url)),
    LOG_LEVEL: 'trace',
    ...more,
  };
}

function openIssue(): Issue {
  const opened = readFileSync(join(demo, '1-opened.md'), 'utf8');
  return sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
    title: `${words.customer} - Scope Issue and Write SOW`,
    description: `${opened}\n- Goals: ${words.description}\n\n${words.description} ${words.description}?`,
    labels: ['Services Calculator', words.label],
  });
}

describe('the service', () => {
  const said: string[] = [];
  let bot: Running;
  let url: string;

  async function ask(path: string, init?: RequestInit): Promise<number> {
    const answer = await fetch(url + path, init);
    said.push(JSON.stringify([...answer.headers]), await answer.text());
    return answer.status;
  }

  function deliver(
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<number> {
    return ask('/webhooks/gitlab', {
      method: 'POST',
      body,
      headers: { 'x-gitlab-token': secrets.hook, 'x-gitlab-event': 'Issue Hook', ...headers },
    });
  }

  const lines = (message: string): number => bot.output().split(`"msg":"${message}"`).length - 1;

  it('says nothing of what it must not, whatever fails', async () => {
    const port = await freePort();
    bot = program.start(['serve'], {
      env: environment({ PORT: String(port), SWEEP_INTERVAL: '2s' }),
    });
    await bot.prints('"msg":"listening"');
    url = `http://127.0.0.1:${port}`;
    await addHook(sandbox, DEMO_PROJECT, `${url}/webhooks/gitlab`, secrets.hook);

    const issue = openIssue();
    const comment = (): string => issue.notes.map(({ body }) => body).join('\n');
    // The words did get in and were worked on.
    await until(() => comment().includes(words.customer));

    const body = JSON.stringify({ message: `${Object.values(words)} ${Object.values(secrets)}` });
    const route = '/projects/:id/issues/:iid';
    const { faults } = sandbox.world;
    for (const status of [500, 502, 400, 404, 403, 422]) {
      faults.push({ kind: 'answer', status, when: 'before', body, method: 'GET', route, times: 1 });
      sandbox.as('ae-one').comment(issue, `${words.note} ${status}`);
      await until(() => faults.every(({ times }) => times === 0), 60_000);
    }
    faults.push({ kind: 'rate_limited', retryAfter: 1, method: 'GET', route, times: 1 });
    faults.push({ kind: 'hang_up', when: 'before', method: 'GET', route, times: 1 });
    sandbox.as('ae-one').comment(issue, `/scoping set goals ${words.note}`);
    await until(() => faults.every(({ times }) => times === 0), 60_000);
    faults.push({
      kind: 'answer',
      status: 500,
      when: 'after',
      body,
      method: 'PUT',
      route: `${route}/notes/:note_id`,
      times: 1,
    });
    faults.push({ kind: 'hang_up', when: 'after', method: 'POST', times: 1 });
    sandbox.as('sa-one').comment(issue, `/scoping ${words.internal}`, { internal: true });
    sandbox.as('sa-one').comment(issue, `/scoping ${words.note}verb`);
    await until(() => faults.every(({ times }) => times === 0), 60_000);
    await until(() => comment().includes(`\`${words.note}verb\``), 60_000);

    const hook = JSON.stringify({ object_kind: words.note, user: { name: words.person }, words });
    expect(await deliver(`{"${words.note}": `)).toBe(400);
    expect(await deliver(`${words.note} ${secrets.token}`)).toBe(400);
    expect(await deliver(hook, { 'x-gitlab-event': words.header })).toBe(204);
    expect(await deliver(hook, { 'idempotency-key': words.header })).toBe(204);
    expect(await deliver(hook, { 'x-gitlab-token': `${secrets.hook}x` })).toBe(401);
    expect(await deliver(hook, { 'webhook-signature': `v1,${words.header}` })).toBe(401);
    expect(await deliver(new Uint8Array(25 * 1024 * 1024 + 1).fill(120)).catch(() => 413)).toBe(
      413,
    );
    expect(await ask(`/${words.note}?${words.note}`)).toBe(404);
    expect(await ask(`/%E0%A4%A${words.note}`)).toBe(404);
    expect(await ask('/healthz')).toBe(200);
    expect(await ask('/readyz')).toBe(200);
    expect(await ask('/metrics')).toBe(200);

    const token = sandbox.world.tokens.find(({ value }) => value === secrets.token);
    if (token) token.revoked = true;
    sandbox.as('ae-one').comment(issue, `${words.note} at the end`);
    await bot.prints('GitLab refuses the token');
    expect(await ask('/readyz')).toBe(503);
    expect(await ask('/metrics')).toBe(200);
    if (token) token.revoked = false;

    bot.child.kill('SIGTERM');
    const { out, err } = await bot.ended;
    // It spoke of all that went wrong…
    expect(lines('hook')).toBeGreaterThan(10);
    expect(lines('looked')).toBeGreaterThan(1);
    expect(out).toContain('"level":"error"');
    expect(said.join()).toContain('scoping_bot_gitlab_request_seconds');
    // …and kept to itself what it was about.
    expect(findCanaries(out + err)).toEqual([]);
    expect(findCanaries(said.join('\n'))).toEqual([]);
  });
});

describe('a command that cannot', () => {
  const wrong: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>])[] =
    [
      [
        'serve with a signing token that is none',
        ['serve'],
        { WEBHOOK_SIGNING_TOKEN: secrets.hook },
      ],
      [
        'serve with a token of two lines',
        ['serve'],
        { GITLAB_TOKEN: `${secrets.token}\n${secrets.token}` },
      ],
      [
        'serve with the token as the address',
        ['serve'],
        { GITLAB_URL: `https://u:${secrets.password}@` },
      ],
      [
        'serve with a queue that is away',
        ['serve'],
        { QUEUE_URL: `redis://u:${secrets.password}@127.0.0.1:1` },
      ],
      [
        'serve with a database that is away',
        ['serve'],
        { QUEUE_URL: `postgres://u:${secrets.password}@127.0.0.1:1/q` },
      ],
      [
        'serve with a queue of no kind',
        ['serve'],
        { QUEUE_URL: `mysql://u:${secrets.password}@127.0.0.1:1` },
      ],
      [
        'serve with a malformed queue',
        ['serve'],
        { QUEUE_URL: `redis://u:${secrets.password}@127.0.0.1:port` },
      ],
      ['serve with a refused token', ['serve'], { GITLAB_TOKEN: `${secrets.token}x` }],
      [
        'serve with everything wrong',
        ['serve'],
        { PORT: 'x', HOST: ' ', LOG_LEVEL: 'y', GITLAB_TOKEN: '' },
      ],
      ['plan with a refused token', ['plan', 'ISSUE'], { GITLAB_TOKEN: `${secrets.token}x` }],
      ['plan of an issue that is not there', ['plan', 'MISSING'], {}],
      ['plan when GitLab fails', ['plan', 'FAILING'], {}],
      ['check of a missing file', ['check', 'missing.md'], {}],
      ['check with a broken policy', ['check', 'issue.md', '--policy', 'broken.yaml'], {}],
      ['policy check of a broken file', ['policy', 'check', 'broken.yaml'], {}],
    ];

  it.each(wrong)('%s tells why and betrays nothing', async (_, args, env) => {
    const issue = openIssue();
    program.write('issue.md', `# ${words.customer}\n\n- Goals: ${words.description}\n`);
    program.write('broken.yaml', 'questions: [\n');
    const base = `${sandbox.url}/${DEMO_PROJECT}/-/issues/`;
    const failing = args.includes('FAILING');
    const body = JSON.stringify({
      message: `${words.answer} ${words.description} ${secrets.token}`,
    });
    if (failing) {
      sandbox.world.faults.push({ kind: 'answer', status: 500, when: 'before', body, times: 50 });
    }
    const given = args.map((arg) =>
      arg === 'MISSING' ? `${base}9999` : /^(?:ISSUE|FAILING)$/.test(arg) ? base + issue.iid : arg,
    );
    const { code, out, err } = await program.run(given, { env: environment(env) });
    sandbox.world.faults.length = 0;
    expect(code).not.toBe(0);
    expect(code).not.toBe(70);
    expect(out + err).not.toBe('');
    expect(findCanaries(out + err)).toEqual([]);
  });
});

/** They print what people wrote, because that is what they were asked for; secrets they have no word for. */
describe('a command that can', () => {
  it.each([
    ['check of a file', ['check', 'issue.md']],
    ['check of a file, as data', ['check', 'issue.md', '--json']],
    ['plan of an issue', ['plan', 'ISSUE']],
    ['policy check', ['policy', 'check']],
  ] as const)('%s betrays no secret', async (_, args) => {
    const issue = openIssue();
    program.write('issue.md', '# Scope\n\n- Goals: to move\n');
    const at = `${sandbox.url}/${DEMO_PROJECT}/-/issues/${issue.iid}`;
    const given = args.map((arg) => (arg === 'ISSUE' ? at : arg));
    const { code, out, err } = await program.run(given, { env: environment() });
    expect([0, 1]).toContain(code);
    expect(out).not.toBe('');
    expect(findCanaries(out + err, Object.values(secrets))).toEqual([]);
  });
});
