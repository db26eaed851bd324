/** An error of a look → a failed check; what the errors of GitLab and the queue say is complete as it is. */
import { RetryableError, TerminalError } from '../gitlab/errors.ts';
import { QueueError } from '../queue/queue-error.ts';
import { type FailureCode, type Finding, findingsOn } from './finding.ts';

/** Throws the error again when it is a defect of ours. `found` stands before the error's own sentence. */
export function troubleFinding(
  check: string,
  error: unknown,
  project: string | null = null,
): Finding {
  const code = codeOf(error);
  if (code === null || !(error instanceof Error)) throw error;
  const [found, todo] = halves(error);
  return findingsOn(project).failed(check, found, todo, code);
}

/** The codes of `src/cli/failure.ts`: a look that could not be made says more than a plain "no". */
function codeOf(error: unknown): FailureCode | null {
  if (error instanceof RetryableError) return 69;
  if (error instanceof TerminalError) return 77;
  if (error instanceof QueueError) return error.kind === 'configuration' ? 78 : 69;
  return null;
}

/**
 * Our sentences say first what is wrong, then what to do, after a full stop or a colon. What stands in
 * brackets may be somebody else's words, with full stops of their own, and is stepped over whole.
 */
function halves({ message }: Error): readonly [found: string, todo: string] {
  const [, found, todo] =
    /^((?:\((?:[^()]|\([^()]*\))*\)|.)*?)(?:\.|:(?= whoever| a project| its administrator)) +(\S.*)$/s.exec(
      message.trim(),
    ) ?? [];
  if (found === undefined || todo === undefined) {
    return [
      message.replace(/\.$/, ''),
      'see that GitLab runs and that this machine reaches it, then run doctor again',
    ];
  }
  return [found, todo.replace(/\.$/, '')];
}
