/** Does a Dockerfile's steps in folders instead of images; the machine's own /usr stands in for the base image. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';

/** What is lent from this machine while a step runs, read-only; the rest of the root is the stage's. */
const lent = ['usr', 'etc'];
const links = ['bin', 'sbin', 'lib', 'lib64'];

/**
 * Performs every stage below `folder` and returns the folder of the last one. `context`: the project; `sends`: what of
 * it the build gets; `npmHome`: a folder with npm's cache and settings, so that packages come the way they always do here.
 */
export function performStages(stages, { folder, context, sends, npmHome, tell }) {
  const roots = new Map();
  for (const stage of stages) {
    const root = join(folder, stage.name);
    const parent = roots.get(stage.from);
    if (parent) checked('cp', ['-a', parent, root]);
    else mkdirSync(root);
    roots.set(stage.name, root);
    for (const step of stage.steps) {
      const begun = performance.now();
      if (step.do === 'copy') copy(step, { root, context, sends, from: roots.get(step.from) });
      else {
        const inside = openRoot(root, { npmHome, readOnly: false });
        inside.run(['sh', '-c', step.command], { workdir: step.workdir, env: stage.env });
        inside.close();
      }
      const what = step.do === 'copy' ? `COPY ${step.sources.join(' ')} ${step.to}` : step.command;
      tell(`${stage.name}: ${what} (${((performance.now() - begun) / 1_000).toFixed(1)} s)`);
    }
  }
  return roots.get(stages.at(-1).name);
}

function copy({ sources, to, workdir, from }, { root, context, sends, from: other }) {
  const target = join(root, posix.resolve(workdir, to));
  if (from !== null && other === undefined) throw new Error(`COPY --from=${from}: no such stage`);
  for (const source of sources) {
    const path = from === null ? join(context, source) : join(other, source);
    if (!existsSync(path)) throw new Error(`COPY ${source}: there is no such file`);
    if (from === null && !sends(source)) throw new Error(`COPY ${source}: .dockerignore hides it`);
    const isFolder = statSync(path).isDirectory();
    const end = !isFolder && to.endsWith('/') ? join(target, basename(source)) : target;
    mkdirSync(dirname(end), { recursive: true });
    cpSync(path, end, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (each) => from !== null || sends(relative(context, each)),
    });
  }
}

/** A root to run commands in; to be closed. Needs root's rights, in a mount namespace of its own. */
export function openRoot(root, { npmHome = null, readOnly }) {
  const mounted = [];
  const mount = (...args) => {
    checked('mount', args);
    mounted.push(args.at(-1));
  };
  for (const name of [...lent, 'proc', 'dev', 'tmp', 'root']) {
    mkdirSync(join(root, name), { recursive: true });
  }
  for (const name of links) {
    if (existsSync(`/${name}`) && !readdirSync(root).includes(name)) {
      symlinkSync(`usr/${name}`, join(root, name));
    }
  }
  mount('--bind', root, root);
  for (const name of lent) {
    mount('--bind', `/${name}`, join(root, name));
    checked('mount', ['-o', 'remount,bind,ro', join(root, name)]);
  }
  mount('--bind', '/proc', join(root, 'proc'));
  mount('--bind', '/dev', join(root, 'dev'));
  if (!readOnly) mount('-t', 'tmpfs', 'tmpfs', join(root, 'tmp'));
  if (npmHome) mount('--bind', npmHome, join(root, 'root'));
  return {
    /** Mounts a folder that may be written to, as a volume is. */
    volume: (from, at) => mount('--bind', from, join(root, at)),
    seal: () => checked('mount', ['-o', 'remount,bind,ro', root]),
    run: (command, options) => {
      const [program, ...args] = enter(root, command, options);
      checked(program, args);
    },
    start: (command, options) => {
      const [program, ...args] = enter(root, command, options);
      return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    },
    close: () => {
      for (const at of mounted.reverse()) spawnSync('umount', ['--lazy', at]);
    },
  };
}

/** Nothing of this process's environment gets in. */
function enter(root, command, { workdir, env = {}, user = '0:0' }) {
  const set = Object.entries({ HOME: '/root', ...env }).map(([name, text]) => `${name}=${text}`);
  const { PATH = '' } = process.env;
  const clean = ['env', '-i', '-C', workdir, `PATH=${PATH}`, ...set];
  return ['chroot', `--userspec=${user}`, '--groups=', root, ...clean, ...command];
}

function checked(program, args) {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  if (done.status === 0) return;
  const said = done.error?.message ?? `${done.stdout}${done.stderr}`.trim();
  throw new Error(`${program} ${args.join(' ')} ended with ${done.status}:\n${said}`);
}

/** Bytes of all files below, what is lent left out; a file with two names counts once. */
export function sizeOf(folder, top = true) {
  const seen = new Set();
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (top && [...lent, ...links, 'proc', 'dev', 'tmp', 'root'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += sizeOf(path, false);
    else if (entry.isFile()) {
      const { size, ino } = statSync(path);
      if (!seen.has(ino)) bytes += size;
      seen.add(ino);
    }
  }
  return bytes;
}
