/**
 * `npm test`: prepares the checkout, then runs every suite; arguments are handed on to vitest. In the end all that
 * was said, by the run and by the bots that it started, is searched for secrets and words of people.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { searchFolder } from './canaries.mjs';
import { prepare } from './prepare.mjs';

prepare();
const folder = mkdtempSync(join(tmpdir(), 'scoping-bot-said-'));
const kept = createWriteStream(join(folder, 'run.txt'));
const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
const child = spawn('npx', ['vitest', 'run', ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, ...colour, SAID_FOLDER: folder },
  stdio: ['inherit', 'pipe', 'pipe'],
  shell: process.platform === 'win32',
});
for (const [from, to] of [
  [child.stdout, process.stdout],
  [child.stderr, process.stderr],
]) {
  from.on('data', (chunk) => {
    to.write(chunk);
    kept.write(chunk);
  });
}
child.once('close', (code) => {
  kept.end(() => {
    const told = searchFolder(folder);
    rmSync(folder, { recursive: true, force: true });
    for (const line of told.slice(0, 20)) process.stderr.write(`${line}\n`);
    if (told.length > 0) {
      process.stderr.write(
        `Searched all output: ${told.length} lines say what must not be said.\n`,
      );
    } else process.stdout.write('Searched all output: no secret and no word of people in it.\n');
    process.exitCode = code === 0 && told.length > 0 ? 1 : (code ?? 1);
  });
});
