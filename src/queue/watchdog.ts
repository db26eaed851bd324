/** Ends the process when the embedded database does not come back: the last resort, from a thread of its own. */
import { Worker } from 'node:worker_threads';

/** Seconds without a sign of life; no honest query and no start after a crash takes nearly that long. */
const PATIENCE_S = 20;

const SENTENCE = `The embedded queue has not answered for ${PATIENCE_S} seconds, so the process is ended; the next one goes on with what was taken. If this comes again, look whether the disk that holds DATA_DIR or a quota on it is full.\n`;

/**
 * PGlite runs in this thread. When it spins, no timer, no request and no SIGTERM is heard here any
 * more, and only another thread can end the process. It counts its own seconds, so that a process
 * that was stopped or a machine that slept is not taken for a dead one. SIGKILL, because everything
 * gentler wants this thread; a supervisor sees a failure and starts it again.
 *
 * Text instead of a file, so that it needs no loader and is the same in `src` and `dist`.
 */
const GUARD = `
const { workerData: { signs, patience, sentence } } = require('node:worker_threads');
let [last, silent] = [-1, 0];
setInterval(() => {
  const sign = Atomics.load(signs, 0);
  silent = sign === last ? silent + 1 : 0;
  last = sign;
  if (silent < patience) return;
  try { require('node:fs').writeSync(2, sentence); } catch {}
  process.kill(process.pid, 'SIGKILL');
}, 1000);
`;

export interface Watchdog {
  /** Hands the query's outcome on; while one runs, only an answer counts as a sign of life. */
  during<T>(query: Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Keeps no process alive. */
export function startWatchdog(): Watchdog {
  const signs = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let running = 0;
  const workerData = { signs, patience: PATIENCE_S, sentence: SENTENCE };
  const guard = new Worker(GUARD, { eval: true, workerData, execArgv: [], env: {} });
  guard.unref();
  // Without it the queue works as before, only unguarded.
  guard.on('error', () => {});
  const sign = (): void => void Atomics.add(signs, 0, 1);
  const idle = setInterval(() => {
    if (running === 0) sign();
  }, 1_000).unref();
  return {
    during: async (query) => {
      running += 1;
      try {
        return await query;
      } finally {
        running -= 1;
        sign();
      }
    },
    stop: async () => {
      clearInterval(idle);
      await guard.terminate();
    },
  };
}
