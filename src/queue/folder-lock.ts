/** One process per data folder: a listening socket in the folder, which the process's death releases (`rulings.md` 38). */
import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCause } from './cause.ts';
import { QueueError } from './queue-error.ts';

/** Each process has a socket of its own, so that one found dead stays dead and may be removed by anybody. */
const LOCK = 'queue.lock.';
/** The kernel takes 108 bytes for a socket's path, macOS 104; some room for the names that we put behind the folder. */
const LONGEST_FOLDER = 60;
/** Who accepts but says nothing for so long is there, only stuck. */
const ANSWER_MS = 2_000;

/** `asking`: started in the same moment and not decided yet. */
type State = 'asking' | 'held' | 'gone' | 'unclear';

/** Any other error (no permission, too many who ask) means that somebody is there. */
const STATE_BY_ERROR: ReadonlyMap<string, State> = new Map([
  ['ECONNREFUSED', 'gone'],
  ['ENOENT', 'gone'],
  ['ECONNRESET', 'unclear'],
  ['EPIPE', 'unclear'],
]);

export interface FolderLock {
  /** Gives the folder back; a second call does nothing. */
  release(): Promise<void>;
}

/**
 * Takes the folder for this process until `release()` or death, whichever comes first; makes the
 * folder when it is not there. Throws `QueueError` when another process has it (`in_use`) or when
 * it cannot be written to (`configuration`).
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const near = shortPath(folder);
  try {
    return await take(folder, near.path);
  } finally {
    near.drop();
  }
}

/** Whether a process has the folder, without asking for it. Throws as `readdirSync` does when it cannot be read. */
export async function isHeld(folder: string): Promise<boolean> {
  const sockets = readdirSync(folder).filter((name) => name.startsWith(LOCK));
  if (sockets.length === 0) return false;
  const near = shortPath(folder);
  try {
    for (const socket of sockets) if ((await ask(join(near.path, socket))) !== 'gone') return true;
    return false;
  } finally {
    near.drop();
  }
}

/**
 * Everyone shows a socket first and looks at the others' afterwards, so of two at least one sees the
 * other. Of those who ask at the same time the one with the lowest name goes on.
 */
async function take(folder: string, near: string): Promise<FolderLock> {
  const own = LOCK + randomBytes(6).toString('hex');
  const mine: { state: 'asking' | 'held' } = { state: 'asking' };
  const server = await listen(folder, near, own, mine);
  const leave = async () => {
    if (!server.listening) return;
    rmSync(join(folder, own), { force: true });
    await new Promise((resolve) => server.close(resolve));
  };
  try {
    const others = readdirSync(near).filter((name) => name.startsWith(LOCK) && name !== own);
    for (const other of others) {
      let state = await ask(join(near, other));
      while (state === 'unclear' || (state === 'asking' && other > own)) {
        state = await ask(join(near, other));
      }
      if (state !== 'gone') throw inUse(folder);
      rmSync(join(near, other), { force: true });
    }
  } catch (error) {
    await leave();
    throw error;
  }
  mine.state = 'held';
  return { release: leave };
}

/** Under a passing name until it answers: a socket that carries the lock's name and does not answer is dead. */
function listen(
  folder: string,
  near: string,
  own: string,
  mine: { readonly state: string },
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const passing = join(near, `new-${own}`);
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.end(mine.state);
    });
    server.once('error', (error) => reject(notWritable(folder, error)));
    server.listen(passing, () => {
      renameSync(passing, join(near, own));
      server.unref();
      resolve(server);
    });
  });
}

function ask(path: string): Promise<State> {
  return new Promise((resolve) => {
    const socket = connect(path).setEncoding('utf8').setTimeout(ANSWER_MS);
    const done = (state: State) => {
      socket.destroy();
      resolve(state);
    };
    let answer = '';
    socket.on('data', (text) => {
      answer += text;
    });
    // Cut off without a word: it is just leaving, and gone when asked again.
    socket.once('end', () => done(isState(answer) ? answer : 'unclear'));
    socket.once('timeout', () => done('held'));
    socket.once('error', (error) => done(STATE_BY_ERROR.get(readCause(error)) ?? 'held'));
  });
}

function isState(text: string): text is 'asking' | 'held' {
  return text === 'asking' || text === 'held';
}

/** The folder under a path that is short enough for a socket: itself, or a link to it that is needed for a moment only. */
function shortPath(folder: string): { path: string; drop: () => void } {
  try {
    mkdirSync(folder, { recursive: true });
    const real = realpathSync(folder);
    if (Buffer.byteLength(real) <= LONGEST_FOLDER) return { path: real, drop: () => {} };
    const temporary = mkdtempSync(join(tmpdir(), 'sb-'));
    const link = join(temporary, 'd');
    symlinkSync(real, link);
    return { path: link, drop: () => rmSync(temporary, { recursive: true, force: true }) };
  } catch (error) {
    throw notWritable(folder, error);
  }
}

function notWritable(folder: string, error: unknown): QueueError {
  return new QueueError(
    'configuration',
    `The queue cannot write to its folder ${folder} (${readCause(error)}). Make it writable for the bot's user, or set DATA_DIR to a folder that is.`,
    { cause: error },
  );
}

function inUse(folder: string): QueueError {
  return new QueueError(
    'in_use',
    `Another process of the bot already works in ${folder}. Stop that one, give this one a folder of its own with DATA_DIR, or set QUEUE_URL to a Redis or PostgreSQL server, which several processes can share.`,
  );
}
