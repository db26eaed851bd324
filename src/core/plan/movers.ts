/** Whose move it is: the few roles that can take the issue to its next stage. */
import { gatesBefore } from '../judge/stages.ts';
import type { Assessment, Role } from '../model.ts';
import type { Policy } from '../policy.ts';

/**
 * Owners of the questions that are shown and hold the next stage up (the papers of gate sow do not); without such questions, owners of
 * the open gates; with all gates open, nobody. An unknown lead is nobody's move (L7: nobody is pinged
 * on a guess), and the customer is reached through the lead. While no engagement manager is chosen on purpose (`noManager`), what would be
 * theirs is the lead's.
 */
export function findMovers(
  assessment: Assessment,
  policy: Policy,
  noManager = false,
): readonly Role[] {
  const movers = ownersOf(assessment, policy);
  const { role } = assessment.lead;
  if (!noManager || role === 'unknown') return movers;
  return [...new Set(movers.map((mover) => (mover === 'em' ? role : mover)))];
}

function ownersOf(assessment: Assessment, policy: Policy): readonly Role[] {
  const holding = assessment.open
    .filter(({ excused, gate }) => !excused && gate !== 'sow')
    .slice(0, policy.comment.mostQuestions);
  if (holding.length > 0)
    return resolve(
      holding.map(({ owner }) => owner),
      assessment,
    );
  const next = policy.stages.find(({ id }) => id === assessment.stage.next);
  const failed = new Set(gatesBefore(next, assessment.stage).map(({ id }) => id));
  const gates = [...(next?.enterWhen ?? []), ...policy.stages.flatMap((stage) => stage.enterWhen)];
  const owners = gates.filter(({ id }) => failed.has(id)).map(({ owner }) => owner);
  if (owners.length > 0) return resolve(owners, assessment);
  return assessment.stage.next === null ? ['em'] : [];
}

function resolve(owners: readonly string[], { lead }: Assessment): readonly Role[] {
  const roles = owners.flatMap((owner): Role[] => {
    if (owner === 'lead') return lead.role === 'unknown' ? [] : [lead.role];
    if (owner === 'customer')
      return lead.role === 'unknown' ? ['customer'] : [lead.role, 'customer'];
    return [owner as Role];
  });
  return [...new Set(roles)];
}
