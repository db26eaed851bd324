/**
 * `setup` in a process of its own, against the look-alike over real HTTP; every request is checked by
 * GitLab's OpenAPI file. Long, because every test needs the same program, which is built once.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wantedLabels } from '../../src/core/wanted-labels.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { addGroup } from '../../src/sandbox/people.ts';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import type { Tier } from '../../src/sandbox/world.ts';
import { checkAnswer } from '../sandbox/answer-schemas.ts';
import { openSandbox, PROJECT_PATH, type Tester } from '../sandbox/tester.ts';
import { freePort } from '../support/servers.ts';
import { buildProgram, type Ended, type Program } from './program.ts';

const demo = fileURLToPath(new URL('../../demo/', import.meta.url));
const policy = loadPolicy();
const names = wantedLabels(policy).map(({ name }) => name);
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
  it.each(['free', 'premium'] as const)(
    'shows first and writes nothing, then makes labels and board, then finds nothing to do (%s)',
    async (tier: Tier) => {
      const sandbox = await openSandbox({ tier });
      // People's own board stays what it is; several boards a project are free.
      sandbox.project.boards.push({ id: 7, name: 'Development', lists: [] });

      const shown = await run(sandbox);
      expect({ code: shown.code, err: shown.err }).toEqual({ code: 1, err: '' });
      expect(shown.out).toMatch(/^ {2}\+ stage::proposal {2}#1f75cb {2}Where .*: Proposal$/m);
      expect(shown.out).toMatch(/^ {2}\+ service:migration-scm .*Asked for: SCM migration$/m);
      expect(shown.out).toMatch(/^ {2}\+ the board "Scoping" with the lists stage::tech/m);
      expect(shown.out).toMatch(/^46 to do\.\n--yes does it\.\n$/m);
      expect(writes(sandbox)).toEqual([]);

      const first = await run(sandbox, ['--yes']);
      expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
      expect(first.out).toContain('The label stage::proposal was made.');
      expect(first.out).toMatch(/\nNothing to do: the project is as it should be\.\n$/);
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
      expect(second.out).toMatch(/✓ the board "Scoping" is there, with 5 of 5 stages as lists$/m);
      expect(writes(sandbox)).toHaveLength(before);
      expect(sandbox.problems).toEqual([]);
    },
  );

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
      { kind: 'fine', what: 'the board "Scoping" is there, with 5 of 5 stages as lists' },
    ]);
  });

  it('takes a path, an id and any address of the project', async () => {
    const sandbox = await openSandbox();
    for (const project of [
      String(sandbox.project.id),
      `${sandbox.url}/${DEMO_PROJECT}`,
      `${sandbox.url}/${DEMO_PROJECT}/-/boards/3?x=y`,
      `${sandbox.url}/${DEMO_PROJECT}.git`,
    ]) {
      const args = ['setup', project, '--only', 'member'];
      const { code, out } = await program.run(args, { env: environment(sandbox) });
      expect({ code, first: out.split('\n')[0] }).toEqual({
        code: 0,
        first: `${DEMO_PROJECT} on ${sandbox.url}, seen by @${DEMO_BOT} (a Maintainer)`,
      });
    }
  });

  it('leaves what people have made their own: colours, descriptions, spellings, labels of groups, orders of lists', async () => {
    const sandbox = await openSandbox();
    await run(sandbox, ['--yes']);
    const { project, world } = sandbox;
    const label = (name: string) => {
      const found = project.labels.find((each) => each.name === name);
      if (!found) throw new Error(`no label ${name}`);
      return found;
    };
    label('lead::sa').color = '#ff00ff';
    label('fit::sow').description = 'Ours';
    label('stage::on-hold').name = 'Stage: On Hold';
    const group = addGroup(world, 'acme');
    group.labels.push({ ...label('needs:sa'), groupId: group.id, projectId: null } as never);
    project.labels = project.labels.filter(({ name }) => name !== 'needs:sa');
    project.boards[0]?.lists.reverse();

    const before = writes(sandbox).length;
    const kept = structuredClone({ labels: project.labels, boards: project.boards });
    const { code, out } = await run(sandbox, ['--yes']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /· lead::sa: left as it is; it has the colour #ff00ff \(policy: #7b58cf\)$/m,
    );
    expect(out).toMatch(
      /· fit::sow: left as it is; it has the description "Ours" \(policy: "A st/m,
    );
    expect(out).toMatch(
      /· Stage: On Hold: left as it is; it is read as stage::on-hold, .* rename/m,
    );
    expect(out).toMatch(/✓ 44 labels are there, from a group above the project: needs:sa$/m);
    expect(out).toMatch(
      /· the order of the lists of the board "Scoping": left as it is; it is stage/m,
    );
    expect(out).toMatch(/\nNothing to do here; 4 left as people have it\.\n$/);
    expect(writes(sandbox)).toHaveLength(before);
    expect({ labels: project.labels, boards: project.boards }).toEqual(kept);
  });

  it('adds a list that a board lacks at its right end', async () => {
    const sandbox = await openSandbox();
    await run(sandbox, ['--yes']);
    const board = sandbox.project.boards[0];
    if (!board) throw new Error('no board');
    board.lists = board.lists.slice(0, -1);
    expect((await run(sandbox)).out).toContain(`+ the list ${stages.at(-1)} at the right end`);
    expect((await run(sandbox, ['--yes'])).code).toBe(0);
    expect(boards(sandbox)).toEqual([wantedBoard]);
    const shown = JSON.parse((await sandbox.send('GET', `${PROJECT_PATH}/boards`)).text);
    expect(checkAnswer('board', shown[0])).toEqual([]);
  });
});

describe('setup that is cut short', () => {
  it.each([
    ['a label was not made', 'before', '/projects/:id/labels'],
    ['a label was made and nobody heard of it', 'after', '/projects/:id/labels'],
    ['a board was not made', 'before', '/projects/:id/boards'],
    ['a board was made and nobody heard of it', 'after', '/projects/:id/boards'],
    ['a list was not made', 'before', '/projects/:id/boards/:board_id/lists'],
    ['a list was made and nobody heard of it', 'after', '/projects/:id/boards/:board_id/lists'],
  ] as const)('%s: the code is 69, and a second run completes it', async (_what, when, route) => {
    const sandbox = await openSandbox();
    sandbox.world.faults.push({
      kind: 'answer',
      status: 502,
      when,
      method: 'POST',
      route,
      times: 1,
    });
    const first = await run(sandbox, ['--yes']);
    expect(first.code).toBe(69);
    expect(first.out).toMatch(/: not done\. GitLab answered 502 to POST /);
    expect(sandbox.world.faults[0]?.times).toBe(0);

    const second = await run(sandbox, ['--yes']);
    expect(second.code).toBe(0);
    expect(sandbox.project.labels.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(boards(sandbox)).toEqual([wantedBoard]);
    expect(sandbox.project.boards[0]?.lists).toHaveLength(stages.length);
  });

  it('looks at the other parts when one cannot be read', async () => {
    const sandbox = await openSandbox();
    const route = '/projects/:id/labels';
    sandbox.world.faults.push({ kind: 'rate_limited', retryAfter: 3600, route, times: 9 });
    const { code, out } = await run(sandbox);
    expect(code).toBe(69);
    expect(out).toMatch(/^Labels\n {2}✗ nobody could look: GitLab answered 429 /m);
    expect(out).toMatch(/^Issue board\n {2}[+✗] /m);
    expect(writes(sandbox)).toEqual([]);
  });
});

describe('setup that may not', () => {
  it('says which role is needed, whatever --yes says, and writes nothing', async () => {
    const sandbox = await openSandbox();
    setRole(sandbox, 10);
    const { code, out } = await run(sandbox, ['--yes']);
    expect(code).toBe(77);
    expect(out).toMatch(
      /✗ making the labels stage::.*: not possible, @scoping-bot is a Guest in acme/,
    );
    expect(out).toMatch(/✗ the board "Scoping" .*: not possible, @scoping-bot is a Guest/);
    expect(out).toMatch(/^→ Set GITLAB_TOKEN to the token of somebody with the role Reporter/m);
    expect(out.match(/→/g)).toHaveLength(1);
    expect(writes(sandbox)).toEqual([]);
  });

  it('says that a token with a small scope cannot write', async () => {
    const sandbox = await openSandbox();
    for (const token of sandbox.world.tokens) token.scopes = ['read_api'];
    const { code, out } = await run(sandbox, ['--yes']);
    expect(code).toBe(77);
    expect(out).toMatch(/the token's scope is read_api, and only "api" may write$/m);
    expect(out).toMatch(/^→ Make a token with scope "api" and set GITLAB_TOKEN\.$/m);
    expect(writes(sandbox)).toEqual([]);
  });

  it.each([15, 20])('is enough for labels and board with access level %i', async (level) => {
    const sandbox = await openSandbox();
    setRole(sandbox, level);
    expect((await run(sandbox, ['--yes'])).code).toBe(0);
    expect(boards(sandbox)).toEqual([wantedBoard]);
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
      /does not accept the token \(401\).*GITLAB_TOKEN/,
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
    expect(err).toMatch(/^GitLab cannot be reached .*ECONNREFUSED.*\n$/);
  });
});
