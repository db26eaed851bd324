/** Who should be assigned, and the new list of assignees when somebody is missing; nobody is taken off unless a person undoes it. */
import type { Assessment, IssueState, Person } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Memory } from './memory.ts';
import type { People } from './people.ts';

export interface AssigneeChange {
  /** The complete new list; null when nothing is to be written. People's own choices come first and stay. */
  readonly ids: readonly number[] | null;
  /** Whoever is assigned once that is written. */
  readonly after: readonly number[];
  readonly added: readonly Person[];
  /** Wanted, but GitLab left them out earlier. */
  readonly refused: readonly Person[];
  readonly memory: Pick<Memory, 'assigned' | 'unassigned' | 'refused'>;
}

/** `refusedNow`: ids that GitLab left out of the write just made. `takenBack`: our assignments that somebody undid. */
export function changeAssignees(
  policy: Policy,
  issue: IssueState,
  { lead }: Assessment,
  people: People,
  memory: Memory,
  refusedNow: readonly number[],
  takenBack: readonly number[] = [],
): AssigneeChange {
  const present = new Set(issue.assignees.map(({ id }) => id));
  const wanted = policy.assignment.assign.flatMap((who) => {
    const role = who === 'em' ? 'em' : lead.role;
    return (role === 'unknown' ? undefined : people.byRole.get(role)?.person) ?? [];
  });
  const back = [...takenBack, ...replaced(people, memory)].filter((id) => present.has(id));
  for (const id of back) present.delete(id);
  const takenOff = memory.assigned.filter((id) => !present.has(id));
  const unassigned = unique([...memory.unassigned, ...takenOff]).filter((id) => !present.has(id));
  const refused = unique([...memory.refused, ...refusedNow]).filter((id) => !present.has(id));
  const added = wanted.filter(
    ({ id }, index) =>
      !present.has(id) &&
      !unassigned.includes(id) &&
      !refused.includes(id) &&
      wanted.findIndex((other) => other.id === id) === index,
  );
  // Whoever is wanted and here counts as well, whoever put them on: taken off later, they stay off.
  const here = [...memory.assigned, ...wanted.map(({ id }) => id)].filter((id) => present.has(id));
  const assigned = unique([...here, ...added.map(({ id }) => id)]);
  return {
    ids: added.length + back.length > 0 ? [...present, ...added.map(({ id }) => id)] : null,
    after: [...present, ...added.map(({ id }) => id)],
    added,
    refused: wanted.filter(({ id }) => refused.includes(id)),
    memory: { assigned, unassigned, refused },
  };
}

/** The manager we had put on, when a command names another. */
function replaced(
  { manager, byRole }: People,
  { em, assigned, people }: Memory,
): readonly number[] {
  const before = em === null ? undefined : people[em.username.toLowerCase()];
  const now = byRole.get('em')?.person;
  if (manager.kind !== 'known' || !before || !now || before.id === now.id) return [];
  return assigned.includes(before.id) ? [before.id] : [];
}

function unique(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}
