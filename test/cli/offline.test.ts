/**
 * The commands that need no GitLab, each in a process of its own: check, policy, templates; and wrong usage.
 * Long, because each command has its own ways to be used wrongly, and one build serves them all.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadPolicy, readPolicyDocument } from '../../src/policy/load.ts';
import { buildProgram, type Ended, type Program } from './program.ts';

const corpus = fileURLToPath(new URL('../corpus/', import.meta.url));
const demoPolicy = fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url));
const proposalBoard = fileURLToPath(new URL('../../policies/proposal-board.yaml', import.meta.url));
const scm = join(corpus, '001-ssot-github-server-to-saas.md');
const stackTrace = /^\s+at /m;
let program: Program;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());

/** Wrong use: the code, one line on standard error that says what was wrong, nothing else. */
function expectRefusal({ code, out, err }: Ended, expected: number, words: RegExp): void {
  expect({ code, out }).toEqual({ code: expected, out: '' });
  expect(err).toMatch(/^.+\n$/);
  expect(err).toMatch(words);
  expect(err).not.toMatch(stackTrace);
}

describe('check', () => {
  it('reports what is there, what is open, the offering and the gates, in plain text of 100 columns', async () => {
    const { code, out, err } = await program.run(['check', scm, '--now', '2026-11-23']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^Technical Evaluation · \d+ of \d+ answers are here$/m);
    expect(out).toMatch(/^Ask first \(\d+ of \d+ open questions\)$/m);
    expect(out).toMatch(/^ {2}Migration\+ fits \(high confidence\)\.$/m);
    expect(out).toMatch(/^To move to Proposal$/m);
    expect(out).not.toContain(String.fromCharCode(27));
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('prints one JSON object for one file', async () => {
    const title = 'Acme Corp - Scope Issue and Write SOW';
    const { code, out } = await program.run(['check', scm, '--title', title, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ title, answers: { m_sources: { state: 'answered' } } });
    expect(JSON.parse(out)).not.toHaveProperty('file');
  });

  it('prints one JSON object a line with its file for several, standard input among them', async () => {
    const args = ['check', scm, '-', '--json', '--label', 'service:health-check'];
    const { out } = await program.run(args, { input: '- **Planned users:** 1,200\n' });
    const [first, second, ...rest] = out.trimEnd().split('\n');
    expect(rest).toEqual([]);
    expect(JSON.parse(first ?? '')).toMatchObject({ file: scm });
    expect(JSON.parse(second ?? '')).toMatchObject({
      file: '-',
      answers: { users_planned: { state: 'answered', value: 1200 } },
    });
  });

  it('takes an empty file for an issue in which everything is missing', async () => {
    const { code, out, err } = await program.run([
      'check',
      program.write('empty.md', ''),
      '--json',
    ]);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const data = JSON.parse(out) as { answers: Record<string, { state: string }>; open: unknown[] };
    const states = new Set(Object.values(data.answers).map(({ state }) => state));
    expect([...states]).toEqual(['unanswered']);
    expect(data.open.length).toBeGreaterThan(0);
  });

  it('ends with 0 when nothing is open and nothing blocks, by --policy before POLICY', async () => {
    const policy = program.write('asks-nothing.yaml', asksNothing());
    const args = ['check', scm, '--json'];
    const [byOption, byVariable] = await Promise.all([
      program.run([...args, '--policy', policy], { env: { POLICY: '/nowhere/at-all.yaml' } }),
      program.run(args, { env: { POLICY: policy } }),
    ]);
    expect(JSON.parse(byOption.out)).toMatchObject({ policy_version: 'asks-nothing', open: [] });
    expect(byOption.code).toBe(0);
    expect(byVariable).toEqual(byOption);
  });

  it('knows the stages of the proposal board, in any spelling of their labels', async () => {
    const args = ['check', scm, '--json', '--label', 'Proposal: SOW-WIP'];
    const { out } = await program.run(args, { env: { POLICY: proposalBoard } });
    expect(JSON.parse(out)).toMatchObject({ stage: { current: 'sow_wip', next: 'sow_approval' } });
  });

  it('judges by the day given with --now', async () => {
    const { out } = await program.run(['check', '-', '--json', '--now', '2026-03-02'], {
      input: '- Wanted start date: in two weeks\n',
    });
    expect(JSON.parse(out)).toMatchObject({ answers: { target_start: { value: '2026-03-16' } } });
  });

  it('ends quietly when its reader stops early', async () => {
    const running = program.start(['check', ...Array<string>(20).fill(scm), '--json']);
    running.child.stdout?.once('data', () => running.child.stdout?.destroy());
    const { code, err } = await running.ended;
    expect([0, 1]).toContain(code);
    expect(err).toBe('');
  });
});

describe('wrong usage', () => {
  it.each([
    [['check', '/nowhere/issue.md'], /issue\.md: cannot be read: there is no such file/],
    [['check', '.'], /cannot be read: it is a folder/],
    [['check', '-', '-'], /only once/],
    [['check'], /missing required argument/],
    [['check', scm, '--bogus'], /--bogus/],
    [['check', scm, '--now', '2026-02-30'], /--now: read "2026-02-30", allowed/],
    [['frobnicate'], /frobnicate/],
    [['policy', 'frobnicate'], /frobnicate/],
    [['policy', 'check', 'a.yaml', 'b.yaml'], /too many arguments/],
    [['plan'], /missing required argument/],
    [['demo', '--tier', 'gold'], /--tier .*gold.*free, premium, ultimate/],
    [['demo', '--port', '99999'], /--port: read "99999"/],
    [['demo', '--port', ''], /--port: read ""/],
    [['templates', '--out', '/dev/null/folder'], /\/dev\/null\/folder: .*cannot be written/],
  ] as const)('%j ends with 2 and one line', async (args, words) => {
    expectRefusal(await program.run(args), 2, words);
  });

  it('names a malformed variable of the environment, with 78', async () => {
    const ended = await program.run(['check', scm], { env: { PORT: 'eighty' } });
    expectRefusal(ended, 78, /^PORT: read "eighty", allowed: a whole number/);
  });

  it('is answered by the help when no command is given; --help and --version are fine', async () => {
    const [nothing, help, about] = await Promise.all(
      [[], ['--help'], ['--version']].map((args) => program.run(args)),
    );
    expect(nothing?.code).toBe(2);
    expect(nothing?.err).toMatch(/^Usage: scoping-bot/);
    expect(help?.code).toBe(0);
    for (const name of ['serve', 'demo', 'check', 'plan', 'policy', 'templates']) {
      expect(help?.out).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
    expect(about).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});

describe('policy', () => {
  it('finds the shipped policy fine, and the one that POLICY names', async () => {
    const [shipped, named, board] = await Promise.all([
      program.run(['policy', 'check']),
      program.run(['policy', 'check'], { env: { POLICY: demoPolicy } }),
      program.run(['policy', 'check', proposalBoard]),
    ]);
    expect(shipped).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/fine\./) });
    expect(named).toMatchObject({ code: 0, out: expect.stringContaining(demoPolicy) });
    expect(board).toMatchObject({ code: 0, out: expect.stringContaining('7 stages') });
  });

  it('names every mistake with file and line, and ends with 78', async () => {
    const file = program.write(
      'broken.yaml',
      [
        'extends: default',
        'projets: [a/b]',
        'questions:',
        '  - id: users_planned',
        '    type: cuont',
        'people:',
        '  engagement_managers: 7',
        '',
      ].join('\n'),
    );
    const { code, out, err } = await program.run(['policy', 'check', file]);
    expect({ code, out }).toEqual({ code: 78, out: '' });
    const lines = err.trimEnd().split('\n');
    expect(lines.map((line) => line.slice(0, line.indexOf(': ')))).toEqual([
      `${file}:2`,
      `${file}:5`,
      `${file}:7`,
    ]);
    expect(lines[0]).toContain('"projects"');
    expect(lines[1]).toContain('"count"');
  });

  it.each([
    ['is not there', '/nowhere/policy.yaml', /no such file/],
    ['is a folder', '.', /a folder/],
  ])('says so when the file %s', async (_what, file, words) => {
    expectRefusal(await program.run(['policy', 'check', file]), 78, words);
  });

  it('prints a JSON Schema that takes the demo policy and refuses an unknown key', async () => {
    const { code, out } = await program.run(['policy', 'schema']);
    expect(code).toBe(0);
    const validate = new Ajv2020({ strict: false }).compile(JSON.parse(out) as object);
    expect(validate(parse(readFileSync(demoPolicy, 'utf8')))).toBe(true);
    expect(validate({ extends: 'default', projets: ['a/b'] })).toBe(false);
  });

  it('shows the policy in effect, as YAML and as JSON, and what it shows loads to the same', async () => {
    const env = { POLICY: demoPolicy };
    const [yaml, json] = await Promise.all([
      program.run(['policy', 'show'], { env }),
      program.run(['policy', 'show', '--json'], { env }),
    ]);
    expect(parse(yaml.out)).toEqual(JSON.parse(json.out));
    expect(JSON.parse(json.out)).toMatchObject({ projects: ['acme/ps/scoping'] });
    const shown = program.write('shown.yaml', yaml.out);
    expect(readPolicyDocument({ file: shown })).toEqual(JSON.parse(json.out));
  });
});

describe('templates', () => {
  it('are fresh when written, stale after an edit, and written anew', async () => {
    // Whether the shipped ones are fresh is asked by `npm run fresh`.
    const folder = join(program.folder, 'issue-templates');
    await program.run(['templates']);
    const [name = ''] = readdirSync(folder).filter((each) => each.endsWith('.md'));
    const before = readFileSync(join(folder, name), 'utf8');
    expect(await program.run(['templates', '--check'])).toEqual({ code: 0, out: '', err: '' });

    writeFileSync(join(folder, name), `${before}\nadded by hand\n`);
    writeFileSync(join(folder, 'Left over.md'), 'from an older policy\n');
    const stale = await program.run(['templates', '--check']);
    expect(stale).toMatchObject({ code: 1, out: '' });
    expect(stale.err).toMatch(/^Stale: .*Left over\.md.*\n$/);
    expect(stale.err).toContain(name);

    const written = await program.run(['templates']);
    expect(written.out).toBe(`Written: ${name}\nRemoved: Left over.md\n`);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(before);
  });

  it("go to another folder with --out, and leave people's own files there alone", async () => {
    const folder = join(program.scratch, 'deep', 'templates');
    expect((await program.run(['templates', '--out', folder])).code).toBe(0);
    expect(readdirSync(folder).toSorted()).toEqual(
      loadPolicy()
        .templates.map(({ name }) => `${name}.md`)
        .toSorted(),
    );
    writeFileSync(join(folder, 'Bug.md'), 'by hand\n');
    const checked = await program.run(['templates', '--check', '--out', folder]);
    expect(checked).toEqual({ code: 0, out: '', err: '' });
    expect(readdirSync(folder)).toContain('Bug.md');
  });
});

/** The shipped policy under another name, in which no question holds anything up and nothing is checked. */
function asksNothing(): string {
  const { questions, checks } = loadPolicy();
  return [
    'extends: default',
    'version: asks-nothing',
    'questions:',
    ...questions.map(({ id }) => `  - { id: ${id}, gate: none }`),
    'checks:',
    ...checks.map(({ id }) => `  - { id: ${id}, remove: true }`),
    '',
  ].join('\n');
}
