/** `replay` in a process of its own: recorded deliveries of GitLab, against the look-alike over real HTTP. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import { buildProgram, type Program } from './program.ts';

const policy = fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url));
const samples = fileURLToPath(new URL('../samples/webhooks/', import.meta.url));
let program: Program;
let sandbox: Sandbox;
let issue: Issue;
let ownId: number;

beforeAll(async () => {
  program = buildProgram();
  sandbox = await startSandbox();
  issue = sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
    title: 'Marrow Foods - Scope Issue',
    labels: ['Services Calculator'],
  });
  ownId = sandbox.world.users.find(({ username }) => username === DEMO_BOT)?.id ?? 0;
});
afterAll(async () => {
  program.remove();
  await sandbox.close();
});

function env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    GITLAB_URL: sandbox.url,
    GITLAB_TOKEN: sandbox.token(DEMO_BOT),
    POLICY: policy,
    ...more,
  };
}

/** A recorded comment, moved to the issue of the look-alike. */
function comment(over: { readonly authorId?: number; readonly path?: string } = {}): object {
  const payload = JSON.parse(readFileSync(`${samples}note-issue.go-playground.json`, 'utf8')) as {
    object_attributes: object;
    project: object;
    issue: object;
  };
  return {
    ...payload,
    project_id: issue.projectId,
    project: {
      ...payload.project,
      id: issue.projectId,
      path_with_namespace: over.path ?? DEMO_PROJECT,
    },
    object_attributes: { ...payload.object_attributes, author_id: over.authorId ?? 4711 },
    issue: { ...payload.issue, iid: issue.iid, project_id: issue.projectId },
  };
}

function writes(): number {
  return sandbox.world.requests.filter(({ method }) => method !== 'GET').length;
}

describe('replay', () => {
  it('shows the plan of a body alone and writes nothing, then writes it with --yes', async () => {
    const file = program.write('body.json', JSON.stringify(comment(), null, 2));
    const shown = await program.run(['replay', file], { env: env() });
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toMatch(/^The webhook answers 202: look at acme\/ps\/scoping#1\.\n\n/);
    expect(shown.out).toMatch(/^notifies people: the first status comment$/m);
    expect(shown.out).toMatch(/\n\nNothing was written; --yes does it\.\n$/);
    expect(writes()).toBe(0);

    const dry = await program.run(['replay', file, '--yes'], { env: env({ DRY_RUN: 'on' }) });
    expect(dry.out).toMatch(/Nothing was written: DRY_RUN is on\.\n$/);
    expect(writes()).toBe(0);

    const written = await program.run(['replay', file, '--yes'], { env: env() });
    expect(written.out).toMatch(/Done: this is written\.\n$/);
    expect(issue.notes.filter(({ system }) => !system)).toHaveLength(1);
    expect(issue.labelIds.length).toBeGreaterThan(1);

    for (const yes of [[], ['--yes']]) {
      const idle = await program.run(['replay', file, ...yes], { env: env() });
      expect(idle.out).toMatch(/\n\nNothing to do: the issue is as it should be\.\n$/);
    }

    const again = await program.run(['replay', '-', '--json', '--yes'], {
      env: env(),
      input: JSON.stringify({ headers: { 'X-GitLab-Event': 'Note Hook' }, body: comment() }),
    });
    expect(JSON.parse(again.out)).toMatchObject({
      webhook: { status: 202, outcome: 'accepted', project_id: issue.projectId, iid: issue.iid },
      written: true,
      changes: [],
      effects: { notifies_people: 0, visible: 0, silent: 0 },
    });
  });

  it.each([
    [
      'a hook of another kind',
      0,
      'access-token-expiring-project.go-gitlab.json',
      /204 and nothing happens: another object_kind\.$/,
    ],
    [
      'a work item of another type',
      0,
      'work_item-task-open.2026-05.zulip.json',
      /204 .*: a work item of another type\.$/,
    ],
    [
      'a project that is not served',
      0,
      'issue-open.2017.go-scm.json',
      /204 .*: a project that is not served \(id \d+\)\.$/,
    ],
  ] as const)('says why %s is ignored', async (_what, code, name, words) => {
    const ended = await program.run(['replay', samples + name], { env: env() });
    expect(ended).toMatchObject({ code, err: '' });
    expect(ended.out.trimEnd()).toMatch(words);
  });

  it("heeds the event header, and says so of the bot's own event and of a body without its fields", async () => {
    const run = async (what: object, ...args: string[]) =>
      await program.run(['replay', '-', ...args], { env: env(), input: JSON.stringify(what) });
    const [header, own, broken, json] = await Promise.all([
      run({ headers: { 'x-gitlab-event': ['Push Hook'] }, body: JSON.stringify(comment()) }),
      run(comment({ authorId: ownId })),
      run({ object_kind: 'issue' }),
      run({ object_kind: 'issue' }, '--json'),
    ]);
    expect(header).toMatchObject({ code: 0, out: expect.stringMatching(/another kind of hook/) });
    expect(own).toMatchObject({
      code: 0,
      out: expect.stringMatching(/204 .*: caused by the bot\.$/m),
    });
    expect(broken?.code).toBe(1);
    expect(broken?.out).toMatch(
      /^The webhook answers 400 and nothing happens\. object_attributes: read nothing/,
    );
    expect(json?.code).toBe(1);
    expect(JSON.parse(json?.out ?? '')).toEqual({
      webhook: { status: 400, outcome: 'unreadable', reason: expect.any(String) },
    });
  });

  it.each([
    [
      'a file that is not there',
      ['/nowhere/at-all.json'],
      '',
      /cannot be read: there is no such file/,
    ],
    ['a folder', ['.'], '', /cannot be read: it is a folder/],
    [
      'text that is no JSON',
      ['-'],
      'POST /webhooks',
      /standard input: read 14 bytes that are no JSON object/,
    ],
    ['a list', ['-'], '[]', /no JSON object/],
    ['no file', [], '', /missing required argument/],
  ] as const)('%s ends with 2 and one line', async (_what, args, input, words) => {
    const ended = await program.run(['replay', ...args], { env: env(), input });
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^.+\n$/) });
    expect(ended.err).toMatch(words);
  });

  it('refuses a delivery whose project has another name here: ids mean something else on every GitLab', async () => {
    const before = writes();
    const ended = await program.run(['replay', '-', '--yes'], {
      env: env({ PROJECTS: `${issue.projectId}` }),
      input: JSON.stringify(comment({ path: 'other/company' })),
    });
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toMatch(
      /^The delivery is about other\/company .*, which is acme\/ps\/scoping /,
    );
    expect(writes()).toBe(before);
  });
});
