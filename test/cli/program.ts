/** Builds the program once into a throw-away folder and runs it there, each time in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { keepSaid } from '../support/said.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** What was written so far, both streams. */
  output(): string;
  /** Resolves when the text was written to either stream; rejects when the process ends before. */
  prints(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  /** The whole environment apart from PATH and HOME; nothing of the test's own leaks in. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; closed at once when not given. */
  readonly input?: string;
}

export interface Program {
  /** The package's folder: `dist`, `policy`, `issue-templates` and the rest, as if installed. */
  readonly folder: string;
  /** An empty folder, gone with the program; also where it runs. */
  readonly scratch: string;
  /** Writes a file into `scratch` and gives its path. */
  write(name: string, text: string): string;
  start(args: readonly string[], options?: RunOptions): Running;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  remove(): void;
}

/** As `npm run build` does it, without looking at types. */
export function buildProgram(): Program {
  const folder = mkdtempSync(join(tmpdir(), 'scoping-bot-cli-'));
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  for (const name of ['package.json', 'node_modules', 'policy', 'demo']) {
    symlinkSync(join(root, name), join(folder, name));
  }
  cpSync(join(root, 'issue-templates'), join(folder, 'issue-templates'), { recursive: true });
  transpileAll(join(root, 'src'), join(folder, 'dist'));
  const running = new Set<ChildProcess>();

  function start(args: readonly string[], { env = {}, input }: RunOptions = {}): Running {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [join(folder, 'dist', 'main.js'), ...args], {
      cwd: scratch,
      env: { PATH, HOME, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    running.add(child);
    child.stdin?.on('error', () => undefined).end(input ?? '');
    return follow(child, () => running.delete(child));
  }

  return {
    folder,
    scratch,
    write(name, text) {
      writeFileSync(join(scratch, name), text);
      return join(scratch, name);
    },
    start,
    run: (args, options) => start(args, options).ended,
    remove() {
      for (const child of running) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function follow(child: ChildProcess, gone: () => void): Running {
  const text = { all: '', out: '', err: '' };
  for (const [name, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
      text.all += chunk;
      child.emit('text');
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      keepSaid(text.all, code === 0 || code === 1 ? 'answers' : 'said');
      gone();
      resolve({ code, out: text.out, err: text.err });
    });
  });
  return {
    child,
    output: () => text.all,
    ended,
    prints: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (text.all.includes(wanted)) resolve();
        };
        child.on('text', look);
        ended.then(() => reject(new Error(`it ended without printing "${wanted}":\n${text.all}`)));
        look();
      }),
  };
}

function transpileAll(from: string, to: string): void {
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const target = join(to, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = ts.transpileModule(readFileSync(join(from, name), 'utf8'), {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2022,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    writeFileSync(target, outputText);
  }
}
