/** Who should be assigned, and the new list of assignees when somebody is missing; nobody is taken off unless a person undoes it or names another manager. */
import type { Assessment, IssueState, Person } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Memory } from './memory.ts';
import type { People } from './people.ts';

export interface AssigneeChange {
  /** The complete new list; null when nothing is to be written. People's own choices stay. */
  readonly ids: readonly number[] | null;
  /** Whoever is assigned once that is written. */
  readonly after: readonly number[];
  readonly added: readonly Person[];
  /** Wanted, but GitLab left them out earlier. */
  readonly refused: readonly Person[];
  /** Wanted, but a person took them off. */
  readonly takenOff: readonly Person[];
  readonly memory: Pick<
    Memory,
    'assigned' | 'here' | 'placed' | 'displaced' | 'unassigned' | 'undone' | 'refused'
  >;
}

interface Assigning {
  readonly policy: Policy;
  readonly issue: IssueState;
  readonly assessment: Assessment;
  readonly people: People;
  readonly memory: Memory;
  /** The manager as recorded at the last look. */
  readonly managerBefore: Person | null;
  /** Ids that GitLab left out of the write just made. */
  readonly refusedNow: readonly number[];
  /** Our assignments that somebody undid. */
  readonly takenBack: readonly number[];
  /** Whom commands to be carried out now name: user id → the command. They beat what was before. */
  readonly named: ReadonlyMap<number, string>;
}

export function changeAssignees(assigning: Assigning): AssigneeChange {
  const { issue, memory, refusedNow, named } = assigning;
  const wanted = findWanted(assigning);
  const wantedIds = wanted.map(({ id }) => id);
  const present = new Set(issue.assignees.map(({ id }) => id));
  const undone = assigning.takenBack.filter((id) => present.has(id) && isOurs(id, memory));
  const yielding = findReplaced(assigning, wantedIds);
  const replaced = yielding.filter((id) => present.has(id));
  // There before our write and gone after it: GitLab takes one assignee, and that is the one who was named.
  const dropped = refusedNow.filter((id) => present.has(id));
  for (const id of [...undone, ...replaced, ...dropped]) present.delete(id);
  const isAway = (id: number): boolean => !present.has(id);
  const takenOff = memory.assigned.filter(
    (id) => isAway(id) && !yielding.includes(id) && !dropped.includes(id),
  );
  const unassigned = unique([...memory.unassigned, ...takenOff]).filter(
    (id) => isAway(id) && !named.has(id),
  );
  const refused = unique([...memory.refused.filter((id) => !named.has(id)), ...refusedNow]).filter(
    isAway,
  );
  const added = wanted.filter(
    ({ id }, index) =>
      isAway(id) &&
      !unassigned.includes(id) &&
      !refused.includes(id) &&
      wantedIds.indexOf(id) === index,
  );
  // Whoever is wanted and here counts as well, whoever put them on: taken off later, they stay off.
  const here = [...memory.assigned, ...wantedIds].filter((id) => present.has(id));
  const after = inOrder(
    [...present],
    added.map(({ id }) => id),
    assigning,
  );
  const written = added.length + undone.length + replaced.length + dropped.length > 0;
  return {
    ids: written ? after : null,
    after,
    added,
    refused: wanted.filter(({ id }, at) => refused.includes(id) && wantedIds.indexOf(id) === at),
    takenOff: wanted.filter(
      ({ id }, at) => unassigned.includes(id) && wantedIds.indexOf(id) === at,
    ),
    memory: {
      assigned: unique([...here, ...added.map(({ id }) => id)]),
      here: after.toSorted((a, b) => a - b),
      placed: findPlaced(memory, present, added, named),
      displaced: findDisplaced(assigning, dropped, new Set(after)),
      unassigned,
      undone: unique([...memory.undone, ...undone]).filter((id) => unassigned.includes(id)),
      refused,
    },
  };
}

function findWanted({ policy, assessment, people }: Assigning): readonly Person[] {
  const { lead } = assessment;
  return policy.assignment.assign.flatMap((who) => {
    const role = who === 'em' ? 'em' : lead.role;
    return (role === 'unknown' ? undefined : people.byRole.get(role)?.person) ?? [];
  });
}

function isOurs(id: number, { placed }: Memory): boolean {
  return Object.hasOwn(placed, String(id));
}

/** The manager whom we had put on ourselves, when a command names another now. Whom people assigned stays. */
function findReplaced(
  { people: { manager }, memory, managerBefore: before }: Assigning,
  wanted: readonly number[],
): readonly number[] {
  if (manager.kind !== 'known' || manager.command === undefined) return [];
  if (!before || before.id === manager.person.id || wanted.includes(before.id)) return [];
  return isOurs(before.id, memory) ? [before.id] : [];
}

/**
 * Whoever is there comes first. Only the manager stands before whom we put on by our own choice, and one whom
 * a command names now before other managers and before all whom we put on, so that where GitLab keeps one
 * assignee that is who was named, else the manager (`rulings.md` 23).
 */
function inOrder(
  present: readonly number[],
  added: readonly number[],
  { policy, issue, people, memory, named }: Assigning,
): readonly number[] {
  const manager = people.byRole.get('em')?.person?.id;
  if (manager === undefined || !added.includes(manager)) return [...present, ...added];
  const listed = policy.people.engagementManagers.map(({ username }) => username.toLowerCase());
  const yields = new Set(
    issue.assignees
      .filter(({ id, username }) =>
        named.has(manager)
          ? isOurs(id, memory) || listed.includes(username.toLowerCase())
          : memory.placed[id] === '',
      )
      .map(({ id }) => id),
  );
  const at = present.findIndex((id) => yields.has(id));
  if (at < 0 && !named.has(manager)) return [...present, ...added];
  const head = at < 0 ? present : present.slice(0, at);
  const tail = at < 0 ? [] : present.slice(at);
  return [...head, manager, ...tail, ...added.filter((id) => id !== manager)];
}

function findPlaced(
  { placed, displaced }: Memory,
  present: ReadonlySet<number>,
  added: readonly Person[],
  named: ReadonlyMap<number, string>,
): Memory['placed'] {
  const still = Object.entries(placed).filter(([id]) => present.has(Number(id)));
  // Whom only our own write had put off is brought back as who they were: a person's choice.
  const now = added
    .filter(({ id }) => id !== displaced?.id || named.has(id))
    .map(({ id }): [string, string] => [String(id), named.get(id) ?? '']);
  return Object.fromEntries([...still, ...now]);
}

/** Who had to go for a command: said until they are back, or somebody else is the manager. */
function findDisplaced(
  { issue, people, memory, named }: Assigning,
  dropped: readonly number[],
  after: ReadonlySet<number>,
): Memory['displaced'] {
  const manager = people.byRole.get('em')?.person?.id;
  const { displaced } = memory;
  const now = issue.assignees.find(({ id }) => dropped.includes(id));
  if (now && manager !== undefined && named.has(manager))
    return { id: now.id, username: now.username, name: now.name };
  const stands = manager !== undefined && after.has(manager);
  return stands && displaced && !after.has(displaced.id) ? displaced : null;
}

function unique(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}
