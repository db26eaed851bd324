/** The list of commands, made from the policy: in the comment when asked for, and in the README. */
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { blocks, command, table } from './markdown.ts';

/** One row a verb: its form, what it does, who may. */
export function commandTable(policy: Policy): string {
  const rows = policy.commands.map(({ form, does, right }) => [
    command(form).replaceAll('|', '\\|'),
    calm(does),
    calm(policy.commandRights.get(right)?.said ?? 'nobody'),
  ]);
  return table(['Command', 'What it does', 'For'], rows);
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
