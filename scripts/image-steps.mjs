/**
 * `npm run image:steps`: does what the Dockerfile says without a container engine, in an empty folder, and starts the
 * result as its last lines say: not as root, nothing writable but the volume. Needs Linux and root.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIgnored } from './image/ignore.mjs';
import { openRoot, performStages, sizeOf } from './image/perform.mjs';
import { readDockerfile } from './image/read.mjs';

const context = fileURLToPath(new URL('..', import.meta.url));
const tell = (line) => process.stdout.write(`${line}\n`);
const startMs = 120_000;

if (process.platform !== 'linux' || process.getuid?.() !== 0) {
  process.stderr.write('image:steps mounts folders: it needs Linux and root.\n');
  process.exit(78);
}
if (!process.argv.includes('--inside')) {
  // What is mounted in a mount namespace is gone with it, however this ends.
  const again = ['--mount', '--propagation', 'private', process.execPath, process.argv[1]];
  const done = spawnSync('unshare', [...again, '--inside'], { stdio: 'inherit' });
  process.exit(done.status ?? 1);
}

const folder = mkdtempSync(join(tmpdir(), 'scoping-bot-image-'));
try {
  await perform();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function perform() {
  const stages = readDockerfile(readFileSync(join(context, 'Dockerfile'), 'utf8'));
  const sends = readIgnored(readFileSync(join(context, '.dockerignore'), 'utf8'));
  const root = performStages(stages, { folder, context, sends, npmHome: homedir(), tell });
  tell('');
  for (const part of ['app/node_modules', 'app/dist', '']) {
    const bytes = sizeOf(join(root, part), part === '');
    tell(`${part || 'all of it, without the base image'}: ${(bytes / 1e6).toFixed(1)} MB`);
  }
  tell('');
  await start(root, stages.at(-1));
}

async function start(root, image) {
  const { user, workdir, volumes } = image;
  const [owner, group] = user.split(':').map(Number);
  if (!(owner > 0))
    throw new Error(`the image's user is ${user}: a number that is not 0 is needed`);
  const port = await freePort();
  const env = {
    ...image.env,
    ...{ HOME: '/', PORT: String(port), GITLAB_TOKEN: 'not-a-token', SWEEP_INTERVAL: 'off' },
    ...{ GITLAB_URL: 'http://127.0.0.1:9', WEBHOOK_SECRET_TOKEN: 'not-a-secret' },
  };
  const inside = openRoot(root, { readOnly: true });
  for (const at of volumes) {
    // An engine fills a new volume with what the image has there, owners and all.
    const { uid, gid } = statSync(join(root, at));
    if (uid !== owner || gid !== group) throw new Error(`${at} belongs to ${uid}:${gid}`);
    const volume = join(folder, `volume-${at.replaceAll('/', '-')}`);
    mkdirSync(volume);
    chownSync(volume, uid, gid);
    inside.volume(volume, at);
  }
  inside.seal();
  const options = { workdir, env, user };
  const may = (path) => trySync(() => inside.run(['touch', path], options));
  if (may(join(workdir, 'written'))) throw new Error(`${workdir} can be written to`);
  for (const at of volumes) if (!may(join(at, 'written'))) throw new Error(`${at} is read-only`);
  tell(`as ${user}: nothing can be written but in ${volumes.join(', ')}`);

  const child = inside.start([...image.entrypoint, ...image.cmd], options);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    await untilHealthy(port, child, () => said);
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    tell(
      `${[...image.entrypoint, ...image.cmd].join(' ')}: /healthz ${answer.status} ${await answer.text()}`,
    );
    inside.run(image.healthcheck, options);
    tell(`HEALTHCHECK ${image.healthcheck.join(' ')}: 0`);
    const other = { ...options, env: { ...env, PORT: '1' } };
    if (trySync(() => inside.run(image.healthcheck, other)))
      throw new Error('it is always healthy');
    tell('HEALTHCHECK where nothing listens: not 0');
    child.kill('SIGTERM');
    const code = await ended;
    tell(`SIGTERM: ended with ${code}`);
    if (code !== 0) throw new Error(said);
  } finally {
    child.kill('SIGKILL');
    inside.close();
  }
}

function trySync(attempt) {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

async function untilHealthy(port, child, said) {
  const end = Date.now() + startMs;
  for (;;) {
    const alive = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (alive) return;
    if (child.exitCode !== null || Date.now() > end)
      throw new Error(`it did not start:\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
