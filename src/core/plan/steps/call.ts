/** Eighth step: who is assigned, and who is called by name in the comment. */
import { type AssigneeChange, changeAssignees } from '../assignees.ts';
import { findLive } from '../mentions.ts';
import { asPersons } from '../named-now.ts';
import { undoneAssignments } from '../undo.ts';
import type { AfterLabelling } from './label.ts';

export interface AfterCalling extends AfterLabelling {
  readonly assignees: AssigneeChange;
  /** Nobody is called before this day. */
  readonly quietUntil: string | null;
  /** Who is called, by user id. */
  readonly live: readonly number[];
}

export function call(labelled: AfterLabelling): AfterCalling {
  const { facts, memory, recalled, known, people, assessment, standing, now } = labelled;
  const assignees = changeAssignees({
    ...labelled,
    memory: recalled,
    managerBefore: recalled.em && known.remembered(recalled.em.username),
    refusedNow: facts.refusedAssignees,
    takenBack: undoneAssignments(labelled.undone, memory),
    named: asPersons(labelled.namedNow, people),
  });
  const quiet = standing.quietUntil !== null && standing.quietUntil > now.slice(0, 10);
  const called = labelled.movers.filter((role) => !assessment.lead.candidates?.includes(role));
  const live = quiet
    ? []
    : findLive(people, called, assessment, labelled.move.stage, memory, facts.bot.id);
  return { ...labelled, assignees, quietUntil: quiet ? standing.quietUntil : null, live };
}
