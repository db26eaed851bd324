/** `sweep` in a process of its own, against the look-alike over real HTTP. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_BOT, DEMO_PROJECT } from '../../src/sandbox/seed.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import type { Issue } from '../../src/sandbox/world.ts';
import { freePort } from '../support/servers.ts';
import { buildProgram, type Program } from './program.ts';

const policy = fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url));
const ISSUE = '/projects/:id/issues/:iid';
let program: Program;
let sandbox: Sandbox;
/** Sees every request before it is carried out. */
let hear: (request: { readonly path: string }) => void;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());
beforeEach(async () => {
  hear = () => undefined;
  sandbox = await startSandbox({ onRequest: (request) => hear(request) });
  for (const name of ['Marrow Foods', 'Osprey Rail', 'Tarnfield Insurance']) {
    const labels = ['Services Calculator'];
    sandbox.as('sa-one').createIssue(DEMO_PROJECT, { title: `${name} - Scope Issue`, labels });
  }
  sandbox.as('sa-one').createIssue(DEMO_PROJECT, { title: 'Buy more coffee' });
});
afterEach(() => sandbox.close());

function env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    GITLAB_URL: sandbox.url,
    GITLAB_TOKEN: sandbox.token(DEMO_BOT),
    POLICY: policy,
    CONCURRENCY: '1',
    ...more,
  };
}

function sweepJson(out: string): Record<string, { issue: string; reason?: string }[]> {
  return JSON.parse(out) as Record<string, { issue: string; reason?: string }[]>;
}

function issues(): readonly Issue[] {
  return sandbox.world.projects.flatMap((project) => project.issues);
}

/** Who wrote the comments on an issue. */
function notesOf(iid: number): readonly (string | undefined)[] {
  const { users } = sandbox.world;
  const notes = issues().find((each) => each.iid === iid)?.notes ?? [];
  return notes
    .filter(({ system }) => !system)
    .map(({ authorId }) => users.find(({ id }) => id === authorId)?.username);
}

/** Writes that reached GitLab. */
function writes(): number {
  return sandbox.world.requests.filter(({ method }) => method !== 'GET').length;
}

describe('sweep', () => {
  it('brings every open scoping issue up to date, and finds nothing to do the second time', async () => {
    sandbox.as('sa-one').createIssue(DEMO_PROJECT, {
      title: 'Quiet Inc - Scope Issue',
      labels: ['Services Calculator', 'scoping-bot::ignore'],
    });
    const first = await program.run(['sweep'], { env: env({ CONCURRENCY: '4' }) });
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^acme\/ps\/scoping#1: changed: .*the first status comment$/m);
    expect(first.out).toMatch(/^acme\/ps\/scoping#5: hands off: .+$/m);
    expect(first.out).not.toContain('#4');
    expect(first.out).toContain(
      '\nLooked at 4 open scoping issues of 1 project: 3 changed, 0 with nothing to do, 1 hands off, 0 failed.\n',
    );
    expect(notesOf(1)).toEqual([DEMO_BOT]);
    expect(notesOf(4)).toEqual([]);
    expect(notesOf(5)).toEqual([]);

    const before = writes();
    const second = await program.run(['sweep', '--json'], { env: env() });
    expect(second).toMatchObject({ code: 0, err: '' });
    const data = sweepJson(second.out);
    expect(data).toMatchObject({
      dry_run: false,
      looked_at: 4,
      changed: [],
      hands_off: [{ issue: 'acme/ps/scoping#5', iid: 5, reason: expect.any(String) }],
      failed: [],
      left: [],
      projects: [{ path: DEMO_PROJECT }],
      stopped: null,
    });
    expect(data.nothing_to_do).toHaveLength(3);
    expect(writes()).toBe(before);
  });

  it('writes nothing in a dry run', async () => {
    const { code, out } = await program.run(['sweep'], { env: env({ DRY_RUN: 'on' }) });
    expect(code).toBe(0);
    expect(out).toContain(': 3 would change, ');
    expect(out).toContain('DRY_RUN is on: nothing was written.');
    expect(writes()).toBe(0);
  });

  it('goes on after an issue that fails, names it with the reason, and ends with 1', async () => {
    sandbox.world.faults.push({
      ...{ kind: 'answer', status: 403, when: 'before', times: 1 },
      ...{ method: 'GET', route: ISSUE },
    });
    const { code, out } = await program.run(['sweep', '--json'], { env: env() });
    expect(code).toBe(1);
    const { failed, changed } = sweepJson(out);
    expect(failed).toMatchObject([
      { issue: 'acme/ps/scoping#1', reason: expect.stringMatching(/403/) },
    ]);
    expect(changed?.map(({ issue }) => issue)).toEqual(['acme/ps/scoping#2', 'acme/ps/scoping#3']);
  });

  it('tries an issue again when GitLab stumbles', async () => {
    sandbox.world.faults.push({
      ...{ kind: 'answer', status: 502, when: 'after', times: 1 },
      ...{ method: 'PUT', route: ISSUE },
    });
    const { code, out } = await program.run(['sweep'], { env: env() });
    expect(code).toBe(0);
    expect(out).toContain('3 changed, 0 with nothing to do');
    expect([notesOf(1), notesOf(2), notesOf(3)]).toEqual([[DEMO_BOT], [DEMO_BOT], [DEMO_BOT]]);
  });

  it('names a project that does not exist, sweeps the others, and ends with 1', async () => {
    const PROJECTS = `acme/nowhere,${DEMO_PROJECT}`;
    const { code, out } = await program.run(['sweep'], { env: env({ PROJECTS }) });
    expect(code).toBe(1);
    expect(out).toMatch(/^acme\/nowhere: not listed: GitLab shows nothing .*404/m);
    expect(out).toContain(': 3 changed, ');
  });

  it('stops when the token is refused on the way, tells what is left, and ends with 77', async () => {
    sandbox.world.faults.push({
      ...{ kind: 'answer', status: 401, when: 'before', times: 1 },
      ...{ method: 'GET', route: ISSUE },
    });
    const { code, out } = await program.run(['sweep'], { env: env() });
    expect(code).toBe(77);
    expect(out).toMatch(/GITLAB_TOKEN\. 3 issues left; the same command goes on from there\.$/m);
    expect(writes()).toBe(0);
  });

  it('stops when everything fails and the probe too, and ends with its code', async () => {
    sandbox.world.faults.push({
      kind: 'answer',
      status: 403,
      when: 'before',
      times: 3,
      method: 'GET',
      route: ISSUE,
    });
    // Who we are was told at the start; the probe, which asks that too, is refused.
    hear = ({ path }) => {
      if (!path.endsWith('/issues/1')) return;
      hear = () => undefined;
      sandbox.world.faults.push({
        ...{ kind: 'answer', status: 403, when: 'before', times: 1 },
        ...{ method: 'GET', route: '/user' },
      });
    };
    const { code, out } = await program.run(['sweep'], { env: env() });
    expect(code).toBe(77);
    expect(out).toMatch(/ 1 issue left; /);
    expect(sandbox.world.faults.map(({ times }) => times)).toEqual([0, 0]);
    expect(writes()).toBe(0);
  });

  it('ends after the running look on Ctrl-C, and tells what was done', async () => {
    sandbox.world.faults.push({ kind: 'slow', ms: 300, times: 99, method: 'GET', route: ISSUE });
    const started = program.start(['sweep'], { env: env() });
    await started.prints('#1: changed');
    started.child.kill('SIGINT');
    const { code, out, err } = await started.ended;
    expect(code).toBe(1);
    expect(err).toMatch(/^Ending when the issues being worked on are done/);
    expect(out).toMatch(/It was stopped\. [12] issues? left; /);
    // Nothing is half done: an issue has its comment and its labels, or neither.
    for (const { iid, labelIds } of issues().filter((each) => each.iid <= 3)) {
      expect(notesOf(iid).length > 0).toBe(labelIds.length > 1);
    }
  });

  it('shows a bar on a terminal', async () => {
    const command = [process.execPath, join(program.folder, 'dist', 'main.js'), 'sweep'].join(' ');
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { PATH, HOME, TERM: 'xterm', ...env() },
    });
    let text = '';
    for await (const chunk of child.stdout) text += String(chunk);
    expect(text).toContain('3 of 3 issues');
    expect(text).toMatch(/#1: changed: [\s\S]*Looked at 3 open scoping issues/);
  });

  it.each([
    ['no served project', 78, { POLICY: '' }, /^PROJECTS: read nothing, needed: /],
    ['no token', 78, { GITLAB_TOKEN: '' }, /^GITLAB_TOKEN: read nothing/],
    ['a token that GitLab refuses', 77, { GITLAB_TOKEN: 'glpat-wrong' }, /GITLAB_TOKEN/],
  ] as const)('%s ends with %i and one line', async (_what, code, more, words) => {
    const ended = await program.run(['sweep'], { env: env(more) });
    expect(ended).toMatchObject({ code, out: '', err: expect.stringMatching(/^.+\n$/) });
    expect(ended.err).toMatch(words);
  });

  it('ends with 69 when GitLab is out of reach', async () => {
    const GITLAB_URL = `http://127.0.0.1:${await freePort()}`;
    const { code, out, err } = await program.run(['sweep'], { env: env({ GITLAB_URL }) });
    expect({ code, out }).toEqual({ code: 69, out: '' });
    expect(err).toMatch(/^GitLab cannot be reached .*\n$/);
    expect(err).toContain(` It was asked at ${GITLAB_URL}: is GITLAB_URL right?`);
  });
});
