/** Who the bot is, so that its own events are told apart; found at start, or as soon as GitLab answers. */
import type { Person } from './core/model.ts';
import { TerminalError } from './gitlab/errors.ts';
import type { Log } from './log.ts';
import type { Directory } from './reconcile.ts';

/** How often a GitLab that could not be reached is tried again. */
const againMs = 5_000;

export interface Identity {
  /** Null while GitLab has not told it yet. */
  bot(): Person | null;
  /** Why it is not known, as a sentence; null when it is. */
  why(): string | null;
  stop(): void;
}

/** A refused token throws `TerminalError`; a GitLab that cannot be reached is asked again in the background. */
export async function findIdentity(directory: Directory, log: Log): Promise<Identity> {
  let found: Person | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let told = false;
  const ask = async (): Promise<void> => {
    found = await directory.bot();
    log.info({ username: found.username }, 'GitLab knows us');
  };
  const again = (error: unknown): void => {
    if (stopped) return;
    const reason = error instanceof Error ? error.message : 'no reason given';
    if (!told) log.warn({ reason }, 'GitLab cannot be reached yet; hooks are queued meanwhile');
    told = true;
    timer = setTimeout(() => void ask().catch(again), againMs);
  };
  try {
    await ask();
  } catch (error) {
    if (error instanceof TerminalError) throw error;
    again(error);
  }
  return {
    bot: () => found,
    why: () => (found ? null : 'GitLab could not be reached yet.'),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
