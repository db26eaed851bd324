/** Assignees whom we put on just before we were stopped: GitLab's own notes tell what memory does not. */
import type { AssigneeEvent, IssueState, Person } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Judged } from './commands/judge.ts';
import { isOurs } from './label-decisions.ts';
import type { Known } from './lookups.ts';
import type { Act, Memory } from './memory.ts';

export interface Unremembered {
  /** User ids. */
  readonly ids: ReadonlySet<number>;
  /** Memory as if that write were remembered; who is the engagement manager, and why, is for others to say. */
  readonly memory: Memory;
  /** What of it can be taken back. */
  readonly acts: readonly Act[];
  /** When it was written; null when there is nothing of the kind. */
  readonly at: string | null;
}

interface Looking {
  readonly policy: Policy;
  readonly issue: IssueState;
  readonly memory: Memory;
  readonly known: Known;
  readonly closed: boolean;
}

/**
 * `own`: managed labels on the issue that are ours; without memory they are the sign that we have been here.
 * One request, and only where somebody has joined the assignees since the last look. Undefined: fetch first.
 */
export function findUnremembered(
  { policy, issue, memory, known, closed }: Looking,
  own: readonly string[],
  given: readonly Judged[],
): Unremembered | undefined {
  const nothing: Unremembered = { ids: new Set(), memory, acts: [], at: null };
  const before = memory.known ? memory.here : own.length > 0 ? [] : null;
  const joined = before ? issue.assignees.filter(({ id }) => !before.includes(id)) : [];
  if (closed || joined.length === 0) return nothing;
  const events = known.assigneeEvents();
  if (!events) return undefined;
  const ourLast = (username: string): AssigneeEvent | null => {
    const last = events.findLast(({ named }) => named.includes(username.toLowerCase()));
    return isOurs(last, policy, known.facts.bot.id) ? (last ?? null) : null;
  };
  const ours = joined.flatMap((person) => {
    const event = ourLast(person.username);
    return event ? [{ person, at: event.at }] : [];
  });
  const ids = ours.map(({ person }) => person.id);
  if (ids.length === 0) return nothing;
  const placed = ours.map(({ person }) => [person.id, commandFor(person, given)] as const);
  const chosen = placed.flatMap(([id, command]) => (command === '' ? [id] : []));
  return {
    ids: new Set(ids),
    memory: {
      ...memory,
      assigned: [...withoutOurOwn(memory, issue, ourLast), ...ids],
      here: memory.here && [...memory.here, ...ids],
      placed: { ...memory.placed, ...Object.fromEntries(placed) },
    },
    // Without memory nobody can tell what came after.
    acts: memory.known && chosen.length > 0 ? [{ kind: 'assign', ids: chosen }] : [],
    at:
      ours
        .map(({ at }) => at)
        .toSorted()
        .at(-1) ?? null,
  };
}

/** Who is there no more because we took them off: not a person's doing. */
function withoutOurOwn(
  { assigned, people }: Memory,
  { assignees }: IssueState,
  ourLast: (username: string) => AssigneeEvent | null,
): readonly number[] {
  return assigned.filter((id) => {
    const name = Object.values(people).find((each) => each.id === id)?.username;
    const isHere = assignees.some((each) => each.id === id);
    return isHere || name === undefined || ourLast(name) === null;
  });
}

/** The command of which nothing is remembered either and which names them; '' when it was our own choice. */
function commandFor({ username }: Person, given: readonly Judged[]): string {
  const found = given.findLast(
    ({ order, fresh }) =>
      fresh &&
      (order?.kind === 'lead' || order?.kind === 'assign' || order?.kind === 'answer') &&
      order.answers.some(
        ({ text }) => text.trim().replace(/^@/u, '').toLowerCase() === username.toLowerCase(),
      ),
  );
  return found?.id ?? '';
}
