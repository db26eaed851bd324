/** Whether status comments stand under another user's name: the bot ran as that user, or somebody copied one. */
import type { ForeignMark } from '../core/model.ts';
import { type Finding, findingsOn } from './finding.ts';

const CHECK = 'status comments';
/** So many of a project's newest scoping issues are looked at. */
export const MOST_ISSUES = 5;

/** `issues`: how many were looked at. `marks`: what was found on them; a user may come several times. */
export function checkStatusComments(
  project: string,
  issues: number,
  marks: readonly ForeignMark[],
): Finding {
  const { fine, warning, failed } = findingsOn(project);
  const looked = issues === 1 ? 'the newest scoping issue' : `the ${issues} newest scoping issues`;
  if (issues === 0) return fine(CHECK, 'no open scoping issue to look at');
  const before = names(marks.filter(({ signed }) => signed));
  if (before.length > 0) {
    const users = before.join(', ');
    return failed(
      CHECK,
      `on ${looked} the bot has written as ${users} before, takes their labels for a person's and writes a second comment beside theirs`,
      `add ${users.replaceAll('@', '')} to bot_usernames in your policy file (POLICY) and restart the bot; their comments cannot be edited any more: who wants only one on an issue may delete theirs, once the bot has written its own there`,
    );
  }
  const others = names(marks);
  if (others.length === 0) return fine(CHECK, `none under another name on ${looked}`);
  const users = others.join(', ');
  return warning(
    CHECK,
    `on ${looked} a comment of ${users} carries the bot's mark, and is ignored`,
    `if the bot ever ran as ${users}, add the name to bot_usernames in your policy file (POLICY) and restart the bot; otherwise somebody copied the mark, and that comment may be deleted`,
  );
}

function names(marks: readonly ForeignMark[]): readonly string[] {
  return [...new Set(marks.map(({ author }) => `@${author.username}`))];
}
