/** Which command the newest `undo` took back: said for as long as nothing was done here since. */
import { quote } from './commands/context.ts';
import type { Judged } from './commands/judge.ts';
import type { TookBack } from './memory.ts';

/**
 * `newest`: what was ordered last at this look, null when it was no such `undo`, undefined when there was nothing.
 * What follows from an `undo` at the same look, such as a move, is none of its own.
 */
export function rememberTookBack(
  newest: TookBack | null | undefined,
  before: TookBack | undefined,
  didMore: boolean,
): TookBack | undefined {
  if (newest !== undefined) return newest ?? undefined;
  return didMore ? undefined : before;
}

/** Null where a line is gone by now, or stands in an internal note and everybody reads the comment. */
export function sayTookBack(
  tookBack: TookBack | undefined,
  judged: readonly Judged[],
  internal: boolean,
): string | null {
  const undo = judged.find(({ id }) => id === tookBack?.undo);
  const taken = judged.find(({ id }) => id === tookBack?.command);
  if (undo?.command.verb !== 'undo' || !undo.verdict.accepted || !taken?.verdict.undone)
    return null;
  if (!internal && (undo.note.internal || taken.note.internal)) return null;
  const { verb, args } = taken.command;
  const [who, whose] = [undo, taken].map(({ note }) => quote(`@${note.author.username}`));
  return `${who} took back ${quote(`${verb} ${args}`)} by ${whose}.`;
}
