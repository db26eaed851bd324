/**
 * `setup` in a process of its own, against the look-alike over real HTTP; every request is checked by
 * GitLab's OpenAPI file. Long, because every test needs the same program, which is built once.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wantedLabels } from '../../src/core/wanted-labels.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { addUser } from '../../src/sandbox/people.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { addHook, openSandbox, type Tester } from '../sandbox/tester.ts';
import { freePort } from '../support/servers.ts';
import { buildProgram, type Ended, type Program } from './program.ts';

const demo = fileURLToPath(new URL('../../demo/', import.meta.url));
const policy = loadPolicy();
const stages = policy.stages.map(({ label }) => label);
const parts = ['--only', 'member', '--only', 'labels', '--only', 'board'];
let program: Program;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());

/** Runs `setup` on the demo's project with the bot's token, on the parts that this file is about. */
function run(sandbox: Tester, args: readonly string[] = [], env = {}): Promise<Ended> {
  return program.run(['setup', DEMO_PROJECT, ...parts, ...args], {
    env: { ...environment(sandbox), ...env },
  });
}

function environment(sandbox: Tester): Record<string, string> {
  return {
    GITLAB_URL: sandbox.url,
    GITLAB_TOKEN: sandbox.token(DEMO_BOT),
    POLICY: join(demo, 'policy.yaml'),
  };
}

/** The requests that are no reads, from `from` on. */
function writes({ world }: Tester, from = 0): readonly string[] {
  return world.requests
    .slice(from)
    .filter(({ method }) => method !== 'GET')
    .map(({ method, route }) => `${method} ${route}`);
}

/** Boards as people see them: names, and the labels of the lists from left to right. */
function boards({ project }: Tester): object[] {
  const nameOf = new Map(project.labels.map(({ id, name }) => [id, name]));
  return project.boards.map(({ name, lists }) => ({
    name,
    lists: lists.map(({ labelId }) => nameOf.get(labelId)),
  }));
}

const wantedBoard = { name: 'Scoping', lists: stages };

function setRole({ world, project }: Tester, level: number): void {
  const bot = world.users.find(({ username }) => username === DEMO_BOT);
  if (bot) project.members.set(bot.id, level);
}

describe('setup', () => {
  it('shows first and writes nothing, then makes labels and board, then finds nothing to do', async () => {
    const sandbox = await openSandbox({ tier: 'free' });
    // People's own board stays what it is; several boards a project are free.
    sandbox.project.boards.push({ id: 7, name: 'Development', lists: [] });

    const shown = await run(sandbox);
    expect({ code: shown.code, err: shown.err }).toEqual({ code: 1, err: '' });
    expect(shown.out).toMatch(/^ {2}\+ stage::proposal {2}#1f75cb {2}Where .*: Proposal$/m);
    expect(shown.out).toMatch(/^ {2}\+ service:migration-scm .*Asked for: SCM migration$/m);
    expect(shown.out).toMatch(/^ {2}\+ The board "Scoping" with the lists stage::tech/m);
    expect(shown.out).toMatch(/\n\n\+ will be made\.\n46 to do\.\n--yes does it\.\n$/);
    expect(writes(sandbox)).toEqual([]);

    const first = await run(sandbox, ['--yes']);
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    expect(first.out).toMatch(/^ {2}45 labels made\.\n {2}\S.*board/m);
    expect(first.out).not.toMatch(/label \S+ was made/);
    expect(first.out).toMatch(
      /\nNothing to do: the project is as it should be\.\n→ If the service runs, start it again: .*\n\nnext: scoping-bot doctor\n$/,
    );
    const made = sandbox.project.labels.map(({ name, color, description }) => ({
      name,
      colour: color,
      description,
    }));
    expect(made).toEqual(wantedLabels(policy));
    expect(boards(sandbox)).toEqual([{ name: 'Development', lists: [] }, wantedBoard]);

    const before = writes(sandbox).length;
    const second = await run(sandbox, ['--yes']);
    expect(second.code).toBe(0);
    expect(second.out).toMatch(/✓ 45 labels are there$/m);
    expect(second.out).toMatch(/✓ The board "Scoping" is there, with 5 of 5 stages as lists$/m);
    expect(writes(sandbox)).toHaveLength(before);
    expect(sandbox.problems).toEqual([]);
  });

  it('gives the same as JSON, before and after', async () => {
    const sandbox = await openSandbox();
    const shown = await run(sandbox, ['--json']);
    expect(shown.code).toBe(1);
    expect(JSON.parse(shown.out)).toMatchObject({
      project: DEMO_PROJECT,
      user: DEMO_BOT,
      access_level: 40,
      parts: [{ part: 'member' }, { part: 'labels' }, { part: 'board', problem: null }],
      done: [],
      again: null,
    });
    const done = await run(sandbox, ['--json', '--yes']);
    expect(done.code).toBe(0);
    const data = JSON.parse(done.out);
    expect(data.done).toHaveLength(46);
    expect(data.again[2].steps).toEqual([
      { kind: 'fine', what: 'The board "Scoping" is there, with 5 of 5 stages as lists' },
    ]);
  });

  it('makes webhook and templates too, and writes a .env that only its owner can read', async () => {
    const sandbox = await openSandbox();
    const [env, starter] = [join(program.scratch, '.env'), join(program.scratch, 'starter.yaml')];
    const args = ['setup', DEMO_PROJECT, '--url', 'https://bot.example', '--yes', '--env', env];
    const own = environment(sandbox);
    sandbox.project.members.set(addUser(sandbox.world, 'project_7_bot_ab12').id, 30);
    const first = await program.run([...args, '--policy-starter', starter], { env: own });
    expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
    const [hook] = sandbox.project.hooks;
    expect(hook?.url).toBe('https://bot.example/webhooks/gitlab');
    expect(sandbox.project.files.has('.gitlab/issue_templates/SCM migration.md')).toBe(true);
    const text = readFileSync(env, 'utf8');
    expect(text).toContain(`\nWEBHOOK_SIGNING_TOKEN=${hook?.signingToken}\n`);
    expect(text).toContain(`\nPOLICY=${starter}\n`);
    expect(statSync(env).mode & 0o777).toBe(0o600);
    // Written there, it is not shown as well.
    expect(first.out).not.toContain('whsec_');
    expect(first.out).toMatch(
      new RegExp(`\\nnext: node --env-file=${env} dist/main.js doctor\\n$`),
    );
    expect(text).toContain("# A token of the bot's own user");
    const policyText = readFileSync(starter, 'utf8');
    expect(policyText).toContain('{ username: ps-director }');
    expect(policyText).not.toMatch(/username: (scoping-bot|project_7_bot)/);

    const before = writes(sandbox).length;
    const second = await program.run(args, { env: own });
    expect(second.code).toBe(0);
    expect(writes(sandbox)).toHaveLength(before);
    expect(readFileSync(env, 'utf8')).toBe(text);
    expect(sandbox.problems).toEqual([]);
  });

  it("run with a person's token says so in the .env, and offers that person for the policy", async () => {
    const sandbox = await openSandbox();
    const [env, starter] = [
      join(program.scratch, 'own.env'),
      join(program.scratch, 'own-policy.yaml'),
    ];
    const GITLAB_TOKEN = sandbox.token('ps-director');
    const args = ['--yes', '--env', env, '--policy-starter', starter];
    expect((await run(sandbox, args, { GITLAB_TOKEN })).code).toBe(0);
    expect(readFileSync(env, 'utf8')).toContain('token that setup was run with, of @ps-director.');
    const text = readFileSync(starter, 'utf8');
    expect(text).toContain('{ username: ps-director }');
    expect(text).not.toContain('username: scoping-bot');
    expect(sandbox.problems).toEqual([]);
  });

  it('tells dangers of the address as warnings, and takes the address of the one webhook that is there', async () => {
    const sandbox = await openSandbox();
    const args = ['setup', DEMO_PROJECT, '--only', 'webhook', '--yes'];
    const env = environment(sandbox);
    const first = await program.run([...args, '--url', 'http://localhost:8080'], { env });
    expect(first.out).toContain('\nNothing to do here; 2 warnings.\n');
    expect(first.out).toMatch(
      /^ {2}! The bot's address http:\/\/localhost:8080 is http, not https: /m,
    );
    expect(first.out).not.toContain('left as');
    const before = writes(sandbox).length;
    const second = await program.run(args, { env });
    expect(second.code).toBe(0);
    expect(second.out).toMatch(/✓ No address was told .*: http:\/\/localhost:8080$/m);
    expect(second.out).toMatch(/✓ The webhook http:\/\/localhost:8080\/webhooks\/gitlab is there/);
    addHook(sandbox, 'https://other.example/webhooks/gitlab');
    const third = await program.run(args, { env });
    expect(third.code).toBe(1);
    expect(third.out).toContain('Where GitLab reaches the bot is not known.');
    expect(writes(sandbox)).toHaveLength(before);
  });

  it('says what is to be done by hand when the bot moves: in the .env that is there, and at the old webhook', async () => {
    const sandbox = await openSandbox();
    const file = join(program.scratch, 'moving.env');
    const to = (url: string) => ['setup', DEMO_PROJECT, '--url', url, '--yes', '--env', file];
    const own = environment(sandbox);
    await program.run(to('https://old.example'), { env: own });
    const before = readFileSync(file, 'utf8');
    const { out } = await program.run(to('https://new.example'), { env: own });
    expect(out).toContain(
      `  · What ${file} says, left as it is: PUBLIC_URL is https://old.example, and this run used https://new.example. Change it there if the bot is to use the same`,
    );
    expect(out).toMatch(
      /· Another webhook .*https:\/\/old\.example\/webhooks\/gitlab\), left as it is: .* set PUBLIC_URL=https:\/\/new\.example and WEBHOOK_SIGNING_TOKEN to the new secret in its \.env/,
    );
    const made = sandbox.project.hooks[1]?.signingToken;
    expect(out).toContain(
      `; put them into ${file}, in place of older ones:\nWEBHOOK_SIGNING_TOKEN=${made}\n`,
    );
    expect(sandbox.project.hooks.map(({ url }) => url)).toEqual([
      'https://old.example/webhooks/gitlab',
      'https://new.example/webhooks/gitlab',
    ]);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('tells of a question of your own that stands in no template, and changes the template that has it', async () => {
    const sandbox = await openSandbox();
    const args = ['setup', DEMO_PROJECT, '--only', 'templates'];
    const first = await program.run([...args, '--yes'], {
      env: { ...environment(sandbox), POLICY: '' },
    });
    expect(first.out).toContain(', compared with the shipped policy (POLICY is not set)\n');
    const question = [
      'extends: default',
      'questions:',
      '  - { id: change_board, group: M, ask: Who approves changes, type: text, gate: discovery, owner: lead, why: sets the pace }',
    ];
    const POLICY = program.write('own.yaml', `${question.join('\n')}\n`);
    const env = { ...environment(sandbox), POLICY };
    const alone = await program.run(args, { env });
    expect(alone.code).toBe(0);
    expect(alone.out).toContain(`, compared with the policy ${POLICY}\n`);
    expect(alone.out).toMatch(
      /· A question of your own that no issue template has: change_board, left as it is: The bot asks it in its comment, once it was started again/,
    );
    expect(alone.out).not.toContain('--yes');

    const template =
      'templates:\n  - { name: Training, sections: [{ title: All, fields: [change_board] }] }\n';
    program.write('own.yaml', `${question.join('\n')}\n${template}`);
    const shown = await program.run(args, { env });
    expect(shown.out).toMatch(
      /^ {2}~ Update issue templates .*"Training"\n\n~ is there and will be changed\.\n1 to do\.\n--yes does it\.\n$/m,
    );
    expect(shown.out).not.toContain('no issue template has');
    const done = await program.run([...args, '--yes'], { env });
    expect(done.code).toBe(0);
    expect(done.out).toContain(
      `\n→ If the service runs, start it again: it reads ${POLICY} only when it starts.\n`,
    );
    expect(sandbox.project.files.get('.gitlab/issue_templates/Training.md')).toContain(
      'Who approves changes',
    );
  });

  it('shows a new secret once, at the end, and says so when nobody told where the bot is', async () => {
    const sandbox = await openSandbox();
    const args = ['setup', DEMO_PROJECT, '--only', 'webhook', '--yes'];
    const nowhere = await program.run(args, { env: environment(sandbox) });
    expect(nowhere.code).toBe(1);
    expect(nowhere.out).toMatch(/^→ Say with --url https:\/\/bot\.example\.com/m);
    const env = { ...environment(sandbox), PUBLIC_URL: 'https://bot.example' };
    const { code, out } = await program.run(args, { env });
    expect(code).toBe(0);
    const secret = sandbox.project.hooks[0]?.signingToken ?? 'none';
    expect(out).toMatch(
      /kept nowhere; .*\nWEBHOOK_SIGNING_TOKEN=whsec_\S+\n\nnext: scoping-bot doctor\n$/,
    );
    expect(out.split(secret)).toHaveLength(2);
    expect((await program.run(args, { env })).out).not.toContain('whsec_');

    const late = join(program.scratch, 'late.env');
    const after = await program.run([...args, '--env', late], { env });
    expect(after.code).toBe(0);
    expect(after.out).toContain(`Wrote ${late}. It lacks the webhook's secret`);
    expect(readFileSync(late, 'utf8')).toMatch(/^# WEBHOOK_SIGNING_TOKEN=/m);
  });
});

it('that is cut short ends with 69, and a second run completes it', async () => {
  const sandbox = await openSandbox();
  const route = '/projects/:id/boards/:board_id/lists';
  const fault = { kind: 'answer', status: 502, when: 'after', method: 'POST', route } as const;
  sandbox.world.faults.push({ ...fault, times: 1 });
  const first = await run(sandbox, ['--yes']);
  expect(first.code).toBe(69);
  expect(first.out).toMatch(/Issue board: .*: not done\. GitLab answered 502 to POST /);
  expect((await run(sandbox, ['--yes'])).code).toBe(0);
  expect(boards(sandbox)).toEqual([wantedBoard]);
});

describe('setup that may not', () => {
  it('says first that the project is archived, and promises and writes nothing', async () => {
    const sandbox = await openSandbox();
    sandbox.project.archived = true;
    const { code, out } = await run(sandbox, ['--yes', '--env', join(program.scratch, 'none.env')]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /\nProject\n {2}✗ Setting up \S+: not possible\. The project is archived: /,
    );
    expect(out).toMatch(/^→ Take it out of PROJECTS, or let an owner unarchive it .*again\.$/m);
    expect(out).not.toMatch(/^ {2}\+/m);
    expect(writes(sandbox)).toEqual([]);
    expect(sandbox.problems).toEqual([]);
  });

  it('says which role is needed, whatever --yes says, and writes nothing', async () => {
    const sandbox = await openSandbox();
    setRole(sandbox, 10);
    const { code, out } = await run(sandbox, ['--yes']);
    expect(code).toBe(77);
    expect(out).toMatch(
      /✗ Making the labels stage::.*: not possible\. @scoping-bot is a Guest in acme/,
    );
    expect(out).toMatch(/✗ The board "Scoping" .*: not possible\. @scoping-bot is a Guest/);
    expect(out).toMatch(/^→ Set GITLAB_TOKEN to the token of somebody with the role Reporter/m);
    expect(out.match(/→/g)).toHaveLength(1);
    expect(writes(sandbox)).toEqual([]);
  });

  it.each([
    [
      'a project that is not there',
      'acme/nope',
      [],
      {},
      2,
      /^acme\/nope: .*no such project; .*may not see it$/,
    ],
    [
      'no project',
      'scoping',
      [],
      {},
      2,
      /^read "scoping", expected a project of GITLAB_URL .*its full path/,
    ],
    [
      "another GitLab's project",
      'https://gitlab.invalid/a/b',
      [],
      {},
      2,
      /expected a project of GITLAB_URL/,
    ],
    [
      'a part that is none',
      DEMO_PROJECT,
      ['--only', 'lables'],
      {},
      2,
      /^--only: read "lables", allowed: member, labels/,
    ],
    [
      'an address that is none',
      DEMO_PROJECT,
      ['--url', 'bot'],
      {},
      2,
      /^--url: read "bot", allowed: an http/,
    ],
    [
      'a token that GitLab refuses',
      DEMO_PROJECT,
      [],
      { GITLAB_TOKEN: 'glpat-wrong' },
      77,
      /does not accept the token \(401\).*GITLAB_TOKEN\. It was asked at http:\/\/127\.0\.0\.1:\d+: is the token from there\?$/,
    ],
    [
      'no token',
      DEMO_PROJECT,
      [],
      { GITLAB_TOKEN: '' },
      78,
      /^GITLAB_TOKEN: read nothing, needed: /,
    ],
    ['a policy that is not there', DEMO_PROJECT, [], { POLICY: 'no.yaml' }, 78, /no\.yaml/],
  ] as const)('%s: one line and the code', async (_what, project, more, env, expected, words) => {
    const sandbox = await openSandbox();
    const { code, out, err } = await program.run(['setup', project, '--yes', ...more], {
      env: { ...environment(sandbox), ...env },
    });
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(err).toMatch(/^.+\n$/);
    expect(err.trimEnd()).toMatch(words);
    expect(err).not.toContain('glpat-wrong');
    expect(writes(sandbox)).toEqual([]);
  });

  it('a GitLab out of reach: one line and 69', async () => {
    const sandbox = await openSandbox();
    const GITLAB_URL = `http://127.0.0.1:${await freePort()}`;
    const { code, out, err } = await run(sandbox, ['--yes'], { GITLAB_URL });
    expect({ code, out }).toEqual({ code: 69, out: '' });
    expect(err).toBe(
      `GitLab cannot be reached for GET /user (ECONNREFUSED). It was asked at ${GITLAB_URL}: is GITLAB_URL right?\n`,
    );
  });
});
