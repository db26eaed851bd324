/** One log for the whole process: JSON lines, or readable ones on a terminal; secrets and texts of people never pass. */
import { type ChildLoggerOptions, type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';
import { makeReadable } from './log/readable.ts';
import { blot, scrub } from './log/redact.ts';

export type Log = Logger;

interface LogStream extends DestinationStream {
  /** True on a terminal: readable lines are written then. */
  readonly isTTY?: boolean;
}

/**
 * Makes the log. `secrets` are blotted out wherever they turn up, even inside an error's message;
 * fields named like a secret show `[hidden]`, texts of issues and notes only their length.
 * Commands that print data pass `process.stderr`.
 */
export function createLog(
  level: LogLevel,
  stream: LogStream = process.stdout,
  secrets: readonly string[] = [],
): Log {
  const blotSecrets = blot(secrets);
  const target: DestinationStream = {
    write: (line) => {
      const safe = blotSecrets(line);
      stream.write(stream.isTTY === true ? makeReadable(safe) : safe);
    },
  };
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: scrub },
      serializers: { err: (error: unknown) => error },
      hooks: {
        // A bare error would become the message as it stands; its text must pass the scrubbing first.
        logMethod(args, method) {
          const first: unknown = args[0];
          if (first instanceof Error) method.call(this, { err: first }, args[1] ?? first.name);
          else method.apply(this, args);
        },
      },
    },
    target,
  );
  return scrubChildren(log);
}

/** pino does not send a child's own fields through the formatters (`child` resets them). */
function scrubChildren(log: Log): Log {
  const makeChild = log.child.bind(log);
  return Object.assign(log, {
    child: (fields: object, options?: ChildLoggerOptions) =>
      scrubChildren(makeChild(scrub(fields), options)),
  });
}
