/** Errors → one clear sentence and the exit code of `interfaces.md` §3. */
import { ConfigError } from '../config.ts';
import { RetryableError, TerminalError } from '../gitlab/errors.ts';
import { PolicyError } from '../policy/problems.ts';
import { QueueError } from '../queue/queue-error.ts';

export const exitCodes = {
  fine: 0,
  no: 1,
  usage: 2,
  unreachable: 69,
  notAllowed: 77,
  configuration: 78,
} as const;

/** Wrong use of a command: exit 2 and the sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const troubles: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is no folder'],
  ['EEXIST', 'there is a file of that name'],
  ['EACCES', 'access is denied'],
  ['EPERM', 'access is denied'],
  ['EROFS', 'nothing can be written there'],
]);

/** Why a file or folder could not be used, to stand behind a colon. */
export function fileTrouble(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
  return troubles.get(code) ?? code;
}

/** The code for an error that ended a command; undefined for one that is a defect of ours. */
export function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof ConfigError || error instanceof PolicyError) return exitCodes.configuration;
  if (error instanceof TerminalError) return exitCodes.notAllowed;
  if (error instanceof RetryableError) return exitCodes.unreachable;
  if (error instanceof QueueError) {
    return error.kind === 'unreachable' ? exitCodes.unreachable : exitCodes.configuration;
  }
  return undefined;
}

/** Says what went wrong on standard error and gives the exit code. */
export function fail(error: unknown): number {
  const code = exitCodeOf(error);
  if (code !== undefined && error instanceof Error) {
    process.stderr.write(`${sentence(error)}\n`);
    return code;
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 70;
}

/** What the error says, and which GitLab it speaks of where a wrong `GITLAB_URL` may be the cause. */
function sentence(error: Error): string {
  if (error instanceof RetryableError && error.address !== null) {
    return `${error.message} It was asked at ${error.address}: is GITLAB_URL right?`;
  }
  if (error instanceof TerminalError && error.address !== null) {
    return `${error.message} It was asked at ${error.address}: is the token from there?`;
  }
  return error.message;
}

/**
 * Ends the process once everything is written. A start that failed half-way may have left connections
 * and timers open; they are no reason to stay.
 */
export async function leave(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  }
  process.exit(code);
}
