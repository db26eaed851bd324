/** Makes a checkout ready to run: installs when the lock file is newer than what is installed, builds when a source is newer than the build. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installed = join(root, 'node_modules', '.package-lock.json');
const built = join(root, 'dist', 'main.js');

function age(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function newest(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, age(join(entry.parentPath, entry.name))), 0);
}

/** Runs a command in the project's folder; ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const shell = process.platform === 'win32';
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell, ...options });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

export function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`Node ${process.versions.node} is too old; 20.19 or newer is needed.\n`);
    process.exit(78);
  }
  if (age(join(root, 'package-lock.json')) > age(installed)) {
    process.stdout.write('Installing what the lock file names …\n');
    run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  }
  if (Math.max(newest('src'), age(join(root, 'tsconfig.build.json'))) > age(built)) {
    process.stdout.write('Building …\n');
    run('npm', ['run', '--silent', 'build']);
  }
}
