/** Last step: the least changes that bring the issue to where it should be. */
import type { Change, Plan } from '../../model.ts';
import { changeIssue, changeNotes, writeReplies } from '../changes.ts';
import { nextDue } from '../due.ts';
import { findForeignMarks } from '../foreign-marks.ts';
import { withRefusals } from '../refusals.ts';
import type { AfterTelling } from './tell.ts';

/** A closed issue is written to only where somebody asked something, or when it is found closed. */
export function write(told: AfterTelling): Plan {
  const { issue, memory, notes, live, judged, assessment, comment, labels, assignees } = told;
  const foreignMarks = findForeignMarks(issue, told.facts.bot, told.policy, told.key);
  const about = { kind: 'changes', assessment, comment, foreignMarks } as const;
  const internal = issue.serviceDesk;
  const mentionsAnew = live.some((id) => !memory.live.includes(id));
  const written = changeNotes(notes, told.body, internal, mentionsAnew);
  if (told.closed) {
    const asked = judged.some(({ fresh }) => fresh) || told.endedNow || memory.closedAt === null;
    const changes = asked ? written : [];
    return { ...about, changes, lookAgainAt: null };
  }
  const names = assignees.added.map(({ name }) => name);
  const refused = withRefusals(judged, [told.undoing.refusals, told.move.refusals]);
  const changes: readonly Change[] = [
    // What is said to one person comes first: labels of ours then tell that nobody waits for a reply any more.
    ...told.warning.changes,
    ...writeReplies(refused, notes, memory, internal),
    ...changeIssue(labels, assignees.ids, names, told.ending.close),
    ...told.customer.changes,
    ...written,
  ];
  const due = [told.move.hold?.until ?? null, told.quietUntil];
  const lookAgainAt = nextDue(assessment, due, told.now);
  return { ...about, changes, lookAgainAt };
}
