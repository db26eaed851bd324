/** The people of an issue: who is SA, CSM, account executive and engagement manager, and how we know. */
import type { Answers, IssueState, Person, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import { findManager, type ManagerFound } from './engagement-manager.ts';
import type { Known } from './lookups.ts';
import type { Memory } from './memory.ts';

export interface RolePerson {
  readonly username: string;
  /** The GitLab user; null when GitLab knows nobody by that name. */
  readonly person: Person | null;
  /** How we know, as the end of a sentence: "named in the issue". */
  readonly source: string;
  /** Only inferred: to be confirmed by a person. */
  readonly inferred: boolean;
}

export interface People {
  readonly byRole: ReadonlyMap<Role, RolePerson>;
  readonly manager: ManagerFound;
}

/** Undefined when people have to be looked up first. */
export function findPeople(
  policy: Policy,
  issue: IssueState,
  answers: Answers,
  memory: Memory,
  known: Known,
): People | undefined {
  const byRole = new Map<Role, RolePerson>();
  let waiting = false;
  for (const role of policy.roles) {
    if (role.id === 'em') continue;
    const named = role.field ? answers.get(role.field) : undefined;
    if (named?.state === 'answered' && typeof named.value === 'string') {
      const person = known.person(named.value);
      if (person === undefined) waiting = true;
      else byRole.set(role.id, asNamed(named.value, person));
    } else if (isListed(policy, role.id, issue.author)) {
      byRole.set(role.id, asAuthor(issue.author));
    }
  }
  const manager = findManager(policy, issue, answers, memory, known);
  if (waiting || !manager) return undefined;
  if (manager.kind === 'known') {
    const { person, reason } = manager;
    byRole.set('em', { username: person.username, person, source: reason, inferred: false });
  }
  return { byRole, manager };
}

function asNamed(username: string, person: Person | null): RolePerson {
  const source = person
    ? 'named in the issue'
    : 'named in the issue, but GitLab knows no such user';
  return { username: person?.username ?? username, person, source, inferred: false };
}

/** `domain.md` §8.8 L11: whoever opened the issue is taken for what the policy lists them as. */
function asAuthor(author: Person): RolePerson {
  return { username: author.username, person: author, source: 'opened this issue', inferred: true };
}

function isListed(policy: Policy, role: Role, person: Person): boolean {
  const list = policy.people.byRole.get(role) ?? [];
  return list.some((username) => username.toLowerCase() === person.username.toLowerCase());
}
