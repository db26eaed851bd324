/** Says once in a process, for each user, that a status comment of the bot stands under their name. */
import type { ForeignMark, IssueRef } from '../core/model.ts';
import type { Log } from '../log.ts';

const sentences = {
  signed:
    "the bot has run as this user before and takes their labels for a person's: add the name to bot_usernames in the policy; their status comments cannot be edited any more, and who wants only one on an issue may delete theirs once the bot has written its own there",
  unknown:
    "the bot's status mark stands in a comment of this user, who is not the bot, and is ignored: if the bot ever ran as this user, add the name to bot_usernames in the policy; otherwise somebody copied the mark, and nothing has to be done",
} as const;

/** Returns what is told of each look; a user of whom more is known later is not told again. */
export function tellForeignMarks(log: Log): (ref: IssueRef, marks: readonly ForeignMark[]) => void {
  const told = new Set<number>();
  return (ref, marks) => {
    for (const { author, signed } of marks) {
      if (told.has(author.id)) continue;
      told.add(author.id);
      const about = { ...ref, author: author.id, username: author.username };
      log.warn(about, signed ? sentences.signed : sentences.unknown);
    }
  };
}
