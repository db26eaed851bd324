/** Throw-away Redis and PostgreSQL servers for the tests: own folder, free port on 127.0.0.1, gone afterwards. */
import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export type ServerKind = 'redis' | 'postgres';

export interface TestServer {
  /** What to put into `QUEUE_URL`. */
  readonly url: string;
  /** Ends the server and keeps its data; `up` starts it again at the same address. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** SIGSTOP, SIGCONT, SIGQUIT (PostgreSQL's immediate shutdown) and the like; waits for nothing. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it for good and removes its data. */
  stop(): Promise<void>;
}

const START_MS = 30_000;
const BINARY = { redis: 'redis-server', postgres: 'initdb' } as const;

/**
 * Whether the suite can run on this machine. Without the server one line says what is left out; with
 * `CI=true` that is an error instead (`rulings.md` 39), because there it would hide what is untested.
 */
export function hasServer(kind: ServerKind, suite: string): boolean {
  if (findFolder(kind) !== null) return true;
  const missing = `${suite}: there is no ${kind} server here (scripts/install-servers.sh installs one)`;
  if (process.env.CI === 'true') throw new Error(missing);
  process.stderr.write(`left out: ${missing}\n`);
  return false;
}

/** The folder of the server's programs; Debian keeps PostgreSQL's outside the path. */
function findFolder(kind: ServerKind): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  if (kind === 'postgres') folders.unshift(...debianPostgres());
  return folders.find((folder) => isExecutable(join(folder, BINARY[kind]))) ?? null;
}

function debianPostgres(): string[] {
  const root = '/usr/lib/postgresql';
  try {
    const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function programs(kind: ServerKind): string {
  const folder = findFolder(kind);
  if (folder === null) throw new Error(`there is no ${kind} server here`);
  return folder;
}

/** An empty Redis that keeps an append-only file, as one that must not forget does, unless `settings` say otherwise. */
export async function startRedis(settings: readonly string[] = []): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const start = () =>
    spawn(
      join(programs('redis'), 'redis-server'),
      [
        ...['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder],
        ...['--save', '', '--appendonly', 'yes', ...settings],
      ],
      { stdio: 'ignore' },
    );
  return await running(start, folder, `redis://127.0.0.1:${port}`, () => accepts(port));
}

/** A fresh PostgreSQL cluster that trusts every local connection. */
export async function startPostgres(): Promise<TestServer> {
  const bin = programs('postgres');
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const user = unprivileged();
  if ('uid' in user) chownSync(folder, user.uid, user.gid);
  await promisify(execFile)(
    join(bin, 'initdb'),
    ['-D', folder, '-U', 'bot', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: folder },
  );
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const start = () =>
    spawn(
      join(bin, 'postgres'),
      ['-D', folder, '-p', `${port}`, ...settings.flatMap((setting) => ['-c', setting])],
      { ...user, cwd: folder, stdio: 'ignore' },
    );
  const ready = () =>
    promisify(execFile)(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', `${port}`]).then(
      () => true,
      () => false,
    );
  return await running(start, folder, `postgres://bot:secret@127.0.0.1:${port}/postgres`, ready);
}

/** PostgreSQL refuses to run as root: then the package's own user, or nobody. */
function unprivileged(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user: the next one.
    }
  }
  return {};
}

async function running(
  start: () => ChildProcess,
  folder: string,
  url: string,
  ready: () => Promise<boolean>,
): Promise<TestServer> {
  let end = async () => {};
  let signal = (_: NodeJS.Signals) => {};

  async function up(): Promise<void> {
    const child = start();
    const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const orphan = () => child.kill('SIGKILL');
    process.once('exit', orphan);
    // PostgreSQL has a process for each connection, which would go on answering; stopped first, it starts no more of them.
    signal = (which) => {
      child.kill(which);
      if (which === 'SIGSTOP' || which === 'SIGCONT') {
        spawnSync('pkill', [`-${which.slice(3)}`, '-P', `${child.pid}`]);
      }
    };
    end = async () => {
      signal('SIGCONT');
      // For PostgreSQL the fast shutdown: connections are ended, the data is whole.
      child.kill('SIGINT');
      const impatient = setTimeout(orphan, 5_000);
      await gone;
      clearTimeout(impatient);
      process.removeListener('exit', orphan);
    };
    const until = Date.now() + START_MS;
    while (!(await ready())) {
      if (child.exitCode !== null || Date.now() > until) {
        await stop();
        throw new Error(`the server at ${url} did not start`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function stop(): Promise<void> {
    await end();
    rmSync(folder, { recursive: true, force: true });
  }

  await up();
  return { url, up, down: () => end(), signal: (which) => signal(which), stop };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
