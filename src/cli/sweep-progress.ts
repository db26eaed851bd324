/** How far a sweep has come: a bar on a terminal, a line for each issue elsewhere. */
import { SingleBar } from 'cli-progress';

export interface Progress {
  /** Whether a bar was shown instead of lines. */
  readonly bar: boolean;
  begin(issues: number): void;
  done(line: string): void;
  /** GitLab asked for a pause of so many milliseconds. */
  pause(ms: number): void;
  /** Somebody asked us to end. */
  stopping(): void;
  end(): void;
}

/** `lines`: where lines go when `terminal` is none; null: nowhere, because data is printed there. */
export function openProgress(
  terminal: NodeJS.WriteStream,
  lines: NodeJS.WritableStream | null,
): Progress {
  const say = (text: string): void => {
    terminal.write(`${text}\n`);
  };
  const ending = 'Ending when the issues being worked on are done; once more ends at once.';
  const pausing = (ms: number): string => `GitLab asks for ${Math.ceil(ms / 1_000)} s of peace.`;
  if (!terminal.isTTY) {
    return {
      bar: false,
      begin: () => undefined,
      done: (line) => void lines?.write(`${line}\n`),
      pause: (ms) => say(pausing(ms)),
      stopping: () => say(ending),
      end: () => undefined,
    };
  }
  const bar = new SingleBar({
    stream: terminal,
    format: '[{bar}] {value} of {total} issues, {eta_formatted} to go {note}',
    hideCursor: true,
    clearOnComplete: true,
    barsize: 24,
  });
  let begun = false;
  let note = '';
  const tell = (text: string): void => {
    note = text;
    if (begun) bar.update({ note });
    else say(text);
  };
  return {
    bar: true,
    begin: (issues) => {
      begun = true;
      bar.start(issues, 0, { note });
    },
    done: () => bar.increment(1, { note }),
    pause: (ms) => tell(pausing(ms)),
    stopping: () => tell(ending),
    end: () => bar.stop(),
  };
}
