/** `check` as people meet it: several files, files that cannot be read, colours, input from elsewhere. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, howToEnd } from '../../src/cli/check-input.ts';
import { columnsFor, wantsColour } from '../../src/cli/paint.ts';
import { buildProgram, type Program } from './program.ts';

const corpus = fileURLToPath(new URL('../corpus/', import.meta.url));
const scm = join(corpus, '001-ssot-github-server-to-saas.md');
const doubtful = join(corpus, '018-contradictions-and-ambiguous-words.md');
const now = ['--now', '2026-11-23'];
const esc = String.fromCharCode(27);
let program: Program;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());

describe('check of several files', () => {
  it('prints a block for each under its name, and a closing table', async () => {
    const { code, out, err } = await program.run(['check', scm, doubtful, ...now]);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out.match(/^── .*$/gm)).toEqual([
      expect.stringContaining('001-ssot-github-server-to-saas.md'),
      expect.stringContaining('018-contradictions-and-ambiguous-words.md'),
    ]);
    const table = out.trimEnd().split('\n').slice(-3);
    expect(table[0]).toMatch(/^File +Answers +Open +Blocking +Recommendation$/);
    expect(table[1]).toMatch(
      /001-ssot-github-server-to-saas\.md +\d+ of \d+ +\d+ +0 {2}Migration\+/,
    );
    expect(table[2]).toMatch(/018-contradictions-and-ambiguous-words\.md +\d+ of \d+ +\d+ +1 /);
  });

  it('checks the others when one cannot be read, says so in one line, and ends with 2', async () => {
    const { code, out, err } = await program.run(['check', '/nowhere/a.md', scm, ...now]);
    expect(code).toBe(2);
    expect(err).toBe('/nowhere/a.md: cannot be read: there is no such file\n');
    expect(out).toContain('Migration+ fits (high confidence).');
    expect(out).toMatch(/^\/nowhere\/a\.md +cannot be read: there is no such file$/m);
  });

  it('lines up the row of a file that cannot be read with the others', async () => {
    const { out } = await program.run(['check', '/nowhere/a.md', scm, ...now]);
    const [head = '', ...rows] = out.trimEnd().split('\n').slice(-3);
    expect(rows[0]?.indexOf('cannot be read')).toBe(head.indexOf('Answers'));
  });

  it('refuses what is no text, and reads on', async () => {
    const binary = join(program.scratch, 'picture.md');
    writeFileSync(binary, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0x00, 0x0d]));
    const { code, out, err } = await program.run(['check', binary, scm, ...now]);
    expect({ code, err }).toEqual({ code: 2, err: `${binary}: cannot be read: it is not text\n` });
    expect(out).toContain('Checked against the catalogue of');
  });

  it('keeps --json to the objects of those that could be read', async () => {
    const { code, out, err } = await program.run(['check', '/nowhere/a.md', scm, '.', '--json']);
    expect(code).toBe(2);
    expect(err.trimEnd().split('\n')).toHaveLength(2);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).file),
    ).toEqual([scm]);
  });
});

describe('check', () => {
  it('reads standard input and names it', async () => {
    const input = '- **Planned users:** 1,200\n';
    const { code, out, err } = await program.run(['check', '-', scm, ...now], { input });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^── standard input ─+$/m);
  });

  it('shows both places of a contradiction', async () => {
    const { out } = await program.run(['check', doubtful, ...now]);
    expect(out).toMatch(
      /Settle first\n.*Cloud provider.*\n +“GCP” \(list, line 13\)\n +“AWS” \(table, line 25\)/,
    );
  });

  it('is coloured only on a terminal, or when FORCE_COLOR asks for it', async () => {
    const args = ['check', scm, ...now];
    const [plain, forced, both] = await Promise.all([
      program.run(args, { env: { CI: 'true' } }),
      program.run(args, { env: { FORCE_COLOR: '1' } }),
      program.run(args, { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
    ]);
    expect(plain.out).not.toContain(esc);
    expect(forced.out).toContain(`${esc}[1m`);
    expect(both.out).toBe(plain.out);
    const codes = new RegExp(`${esc}\\[\\d+m`, 'g');
    expect(forced.out.replace(codes, '')).toBe(plain.out);
  });

  it('reads what PowerShell writes as it reads UTF-8', async () => {
    const text = '- **Planned users:** 1,200\n';
    const file = program.write('utf16.md', '');
    writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
    const { out } = await program.run(['check', file, '--json']);
    expect(JSON.parse(out).answers.users_planned).toMatchObject({ value: 1200 });
  });
});

describe('the first lines', () => {
  it('tell the line and the kind of a secret, never the secret', async () => {
    const file = program.write(
      'secret.md',
      '- Goals: one platform\n- DB password: hunter2Xk9!pQz\n',
    );
    const [text, json] = await Promise.all([
      program.run(['check', file, ...now]),
      program.run(['check', file, '--json', ...now]),
    ]);
    expect(text.out.split('\n')[0]).toBe(
      '✗ Line 2 looks like a password: please take it out and change it.',
    );
    expect(JSON.parse(json.out).exposed).toEqual([{ kind: 'password', line: 2 }]);
    expect(text.out + json.out).not.toContain('hunter2');
  });

  it('say that the bot would stay away', async () => {
    const { out } = await program.run(['check', scm, '--label', 'Scoping-Bot::ignore', ...now]);
    expect(out.split('\n')[0]).toMatch(/would stay away from this issue: the label/);
  });

  it('say that a text is something else, and only then', async () => {
    const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
    const [other, issue] = await Promise.all([
      program.run(['check', readme, ...now]),
      program.run(['check', scm, ...now]),
    ]);
    expect(other.out.split('\n')[0]).toContain('does not look like a scoping issue');
    expect(issue.out).not.toContain('does not look like');
  });
});

describe('what a file cannot say', () => {
  const customer = 'Not in the file; usually read from the title: --title';

  it('is asked for as an option', async () => {
    const file = program.write('no-title.md', '- Goals: one platform\n');
    const [without, titled] = await Promise.all([
      program.run(['check', file, ...now]),
      program.run(['check', file, '--title', 'Scoping', ...now]),
    ]);
    expect(without.out).toContain(customer);
    expect(titled.out).not.toContain(customer);
  });

  const where = '- Territory: EMEA\n- Segment: Enterprise\n';
  it.each([
    [
      'the one who covers it',
      `${where}- US Public Sector: no\n`,
      '✓ Engagement Manager: The bot will choose em-emea.',
    ],
    [
      'what it hangs on',
      where,
      '– Engagement Manager: The bot chooses once this is known: US Public Sector.',
    ],
    [
      'the one in the text',
      '- Engagement Manager: @someone\n',
      '✓ Engagement Manager: One is named in the text',
    ],
  ])('about the Engagement Manager is foretold: %s', async (_what, text, told) => {
    const file = program.write('manager.md', text);
    const policy = fileURLToPath(new URL('../../demo/policy.yaml', import.meta.url));
    const { out } = await program.run(['check', file, '--policy', policy, ...now]);
    expect(out).toContain(told);
  });

  it('about the Engagement Manager is not claimed to be missing', async () => {
    const { out } = await program.run(['check', scm, ...now]);
    expect(out).toContain('– Engagement Manager: Not checked offline: this policy lists nobody.');
  });
});

describe('whether there are colours', () => {
  const terminal = { isTTY: true, columns: 80 };
  it.each([
    ['a terminal', undefined, {}, terminal, true],
    ['no terminal', undefined, {}, {}, false],
    ['a terminal that can do nothing', undefined, { TERM: 'dumb' }, terminal, false],
    ['NO_COLOR', undefined, { NO_COLOR: '1' }, terminal, false],
    ['an empty NO_COLOR', undefined, { NO_COLOR: '' }, terminal, true],
    ['FORCE_COLOR', undefined, { FORCE_COLOR: '1' }, {}, true],
    ['FORCE_COLOR=0', undefined, { FORCE_COLOR: '0' }, terminal, false],
    ['--no-color', false, { FORCE_COLOR: '1' }, terminal, false],
    ['--color', true, { NO_COLOR: '1' }, {}, true],
  ] as const)('is decided by %s', (_what, given, env, stream, expected) => {
    expect(wantsColour(given, env, stream)).toBe(expected);
  });

  it.each([
    [{ isTTY: true, columns: 72 }, 72],
    [{ isTTY: true, columns: 240 }, 100],
    [{ isTTY: true, columns: 10 }, 40],
    [{ columns: 72 }, 100],
    [{}, 100],
  ])('lines on %j are %i columns wide', (stream, columns) => {
    expect(columnsFor(stream)).toBe(columns);
  });
});

describe('input', () => {
  it('is told how to end when a person sits at the keyboard', () => {
    expect(howToEnd('linux')).toContain('Ctrl-D');
    expect(howToEnd('win32')).toContain('Ctrl-Z');
  });

  it('is decoded by its byte order mark', () => {
    const big = Buffer.from('grün', 'utf16le').swap16();
    expect(decode(Buffer.concat([Buffer.from([0xfe, 0xff]), big]))).toBe('grün');
    expect(decode(Buffer.from('grün'))).toBe('grün');
  });
});
