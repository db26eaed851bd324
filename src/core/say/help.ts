/** The list of commands, made from the policy: in the comment when asked for, and in the README. */
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { blocks, command, table } from './markdown.ts';

/** A table for each right, below the words for those who have it: a row a verb, its form and what it does. */
export function commandTable(policy: Policy): string {
  const rights = [...new Set(policy.commands.map(({ right }) => right))];
  return blocks(
    rights.flatMap((right) => {
      const rows = policy.commands
        .filter((each) => each.right === right)
        .map(({ form, does }) => [command(form).replaceAll('|', '\\|'), calm(does)]);
      const who = calm(policy.commandRights.get(right)?.said ?? 'nobody');
      return [`For ${who}:`, table(['Command', 'What it does'], rows)];
    }),
  );
}

/** For the comment; '' unless somebody asked for it in this stage. */
export function writeHelp(show: { readonly help: boolean } | undefined, policy: Policy): string {
  if (!show?.help) return '';
  return blocks([
    '#### Commands',
    'One a line, at the start of the line, in a comment of your own. FIELD is the name in the reply form of a question, or its words followed by `=`.',
    commandTable(policy),
  ]);
}
