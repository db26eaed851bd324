/** The completion scripts, tried in a real bash; and the help of every command they know. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, type Program } from './program.ts';

let program: Program;
const scripts = new Map<string, string>();

beforeAll(async () => {
  program = buildProgram();
  program.write('policy-of-ours.yaml', 'extends: default\n');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, out, err } = await program.run(['completion', shell]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    scripts.set(shell, out);
  }
});
afterAll(() => program.remove());

/** What bash offers for the last word. */
function offered(...words: readonly string[]): readonly string[] {
  const script = [
    'source /dev/stdin <<< "$SCRIPT"',
    '[[ $(complete -p scoping-bot) == *"-F _scoping_bot scoping-bot" ]] || exit 9',
    'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))',
    '_scoping_bot',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: bash reads it
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--norc', '-c', script, 'bash', 'scoping-bot', ...words],
    {
      cwd: program.scratch,
      env: { PATH: process.env.PATH, SCRIPT: scripts.get('bash') },
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

describe('bash', () => {
  it('offers commands, and those below a command', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['serve', 'check', 'sweep', 'policy']));
    expect(offered('sw')).toEqual(['sweep']);
    expect(offered('policy', '')).toEqual(expect.arrayContaining(['check', 'schema', 'show']));
    expect(offered('policy', '')).not.toContain('serve');
  });

  it('offers the options of the command at hand', () => {
    expect(offered('demo', '--')).toEqual(expect.arrayContaining(['--once', '--tier', '--help']));
    expect(offered('replay', '--y')).toEqual(['--yes']);
    expect(offered('policy', 'check', '--')).not.toContain('--tier');
  });

  it('offers choices, after a space and after "="', () => {
    expect(offered('demo', '--tier', '')).toEqual(['free', 'premium', 'ultimate']);
    expect(offered('demo', '--tier', '=', 'p')).toEqual(['premium']);
    expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  it('offers files where a file belongs, and nothing where only a person knows', () => {
    expect(offered('check', 'pol')).toEqual(['policy-of-ours.yaml']);
    expect(offered('check', '--policy', 'pol')).toEqual(['policy-of-ours.yaml']);
    expect(offered('check', '--title', 'pol')).toEqual([]);
    expect(offered('plan', 'pol')).toEqual([]);
  });
});

it('zsh and fish know every command and option that bash knows', () => {
  const commands = offered('').filter((name) => name !== 'help');
  expect(commands.length).toBeGreaterThan(8);
  for (const name of commands) {
    expect(scripts.get('zsh')).toContain(`\n_scoping_bot_${name}() {\n`);
    expect(scripts.get('zsh')).toContain(`'${name}:`);
    expect(scripts.get('fish')).toContain(` -f -a ${name} -d `);
    for (const flag of offered(name, '--')) {
      expect(scripts.get('zsh')).toContain(flag);
      expect(scripts.get('fish')).toContain(` -l ${flag.slice(2)}`);
    }
  }
});

it('has no script for another shell', async () => {
  const { code, err } = await program.run(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(err).toMatch(/^.*tcsh.*bash, zsh, fish.*\n$/);
});

describe('--help', () => {
  it('of every command shows an example of that very command, what it needs and its exit codes', async () => {
    const below = offered('policy', '').filter((name) => name !== 'help');
    const commands = [
      ...offered('').filter((name) => name !== 'help'),
      ...below.map((name) => `policy ${name}`),
    ];
    for (const command of commands) {
      const { code, out } = await program.run([...command.split(' '), '--help']);
      expect({ command, code }).toEqual({ command, code: 0 });
      expect(out).toMatch(new RegExp(`\\nExamples?:\\n.*scoping-bot ${command}`));
      expect(out, command).toMatch(/^Needs: .+\.$/m);
      expect(out, command).toMatch(/^Exit codes: 0.*\.$/m);
    }
  }, 120_000);

  it('of the program shows where to begin', async () => {
    const { out } = await program.run(['--help']);
    expect(out).toContain('Begin here:\n  scoping-bot demo ');
    const [, begin = ''] = out.split('Begin here:');
    expect([...begin.matchAll(/^ {2}scoping-bot (\w+) /gm)].map(([, name]) => name)).toEqual([
      'demo',
      'check',
      'setup',
      'doctor',
      'plan',
      'serve',
      'COMMAND',
    ]);
    expect(out).toContain('69 GitLab or the queue out of reach');
  });
});
