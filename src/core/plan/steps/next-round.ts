/** Between moving and writing: whether what was found out now would have changed how commands were judged. */
import { hasPapers } from '../commands/approvals.ts';
import { rememberRoles } from '../role-rights.ts';
import type { Round } from './hear.ts';
import type { AfterMoving } from './move.ts';

/** What the next round is to begin with; null when this was the last. */
export function nextRound(moved: AfterMoving, round: Round): Round | null {
  const { policy, people, assessment, memory, given, stands } = moved;
  // Without memory, rights that come from a role on the issue are known only now: the commands are judged by them.
  const refused = given.some(({ verdict }) => !verdict.accepted);
  if (!memory.known && round.shownRoles === null && refused) {
    const { roleIds } = rememberRoles(policy, people, assessment, memory);
    return { shownRoles: roleIds, reached: null };
  }
  const reached = moved.move.stage;
  const approving = given.some(({ command }) => command.verb === 'approve');
  const differs = hasPapers(reached, policy) !== hasPapers(stands, policy);
  return approving && round.reached === null && differs ? { ...round, reached } : null;
}
