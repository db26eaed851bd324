/** The tutorial, followed to the letter: its commands are run and print what it says. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildProgram, type Program } from './program.ts';

const tutorial = fileURLToPath(new URL('../../docs/tutorial.md', import.meta.url));
let program: Program;

beforeAll(() => {
  program = buildProgram();
});
afterAll(() => program.remove());

/** The fenced blocks in order, with their language. */
function blocks(): readonly { readonly kind: string; readonly text: string }[] {
  const found = readFileSync(tutorial, 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
  return [...found].map(([, kind = '', text = '']) => ({ kind, text }));
}

/** In the package's folder, with the program as it was just built. */
function run(command: string): string {
  const { PATH = '', HOME = '' } = process.env;
  const { stdout, stderr } = spawnSync(
    'bash',
    ['-c', command.replaceAll('npm run -s bot --', 'node dist/main.js')],
    { cwd: program.folder, env: { PATH, HOME }, encoding: 'utf8' },
  );
  return stdout + stderr;
}

it('prints what it says, command by command', () => {
  let commands = 0;
  let printed: string | null = null;
  for (const { kind, text } of blocks()) {
    if (kind === 'yaml') writeFileSync(join(program.folder, 'named-users.yaml'), text);
    if (kind === 'sh') {
      printed = run(text);
      commands += 1;
    }
    if (kind === 'text') {
      expect(printed).toBe(text);
      printed = null;
    }
  }
  expect(commands).toBe(5);
  // Every command has its output.
  expect(printed).toBeNull();
}, 120_000);
