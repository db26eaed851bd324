/** Runs a TypeScript file in a process of its own, so that a test can talk to it, wait for it and kill it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { keepSaid } from './said.ts';

const LOADER = new URL('./ts-loader.mjs', import.meta.url).href;

export interface TsProcess {
  readonly child: ChildProcess;
  /** Everything written so far, both streams. */
  output(): string;
  /** Resolves when the text was written; rejects with the whole output when the process ends before. */
  prints(text: string): Promise<void>;
  /** Sends the signal and waits until the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** The exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

/** Starts `node <script> …args` with the environment of the test and `env` over it. */
export function runTs(
  script: URL,
  options: {
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    /** A command that runs it as somebody else, such as `setpriv --reuid=…`. */
    readonly as?: readonly string[];
  } = {},
): TsProcess {
  const node = [process.execPath, '--enable-source-maps', '--import', LOADER, script.pathname];
  const [command = '', ...args] = [...(options.as ?? []), ...node, ...(options.args ?? [])];
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const orphan = () => child.kill('SIGKILL');
  process.once('exit', orphan);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      keepSaid(chunk);
      child.emit('text');
    });
  }
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      process.removeListener('exit', orphan);
      resolve(code);
    });
  });
  return {
    child,
    output: () => text,
    exited,
    prints: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (text.includes(wanted)) resolve();
        };
        child.on('text', look);
        exited.then(() => reject(new Error(`it ended without printing "${wanted}":\n${text}`)));
        look();
      }),
    kill: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}
