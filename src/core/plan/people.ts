/** The people of an issue: who is SA, CSM, account executive and engagement manager, and how we know. */

import type { Answer, Answers, IssueState, Person, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import { roleField } from '../role-field.ts';
import { inertInline } from '../say/inert.ts';
import { quietName } from '../say/names.ts';
import { isInternal } from '../say/value.ts';
import { findManager, type ManagerSaid } from './engagement-manager.ts';
import type { Known, Standing } from './lookups.ts';
import type { ManagerFound } from './manager-choice.ts';
import { shownName } from './member-names.ts';
import type { KnownPerson, Memory } from './memory.ts';
import type { OpenlyNamed } from './openly-named.ts';
import { type Trouble, troubleSaid } from './trouble.ts';

export interface RolePerson {
  readonly username: string;
  /** The display name, '' when not known. */
  readonly name: string;
  /** GitLab has this user. */
  readonly known: boolean;
  /** Who can be assigned and called; null when nobody can. */
  readonly person: Person | null;
  /** How we know, as the end of a sentence: "named in the issue". */
  readonly source: string;
  /** Only inferred: to be confirmed by a person. */
  readonly inferred: boolean;
}

export interface People {
  readonly byRole: ReadonlyMap<Role, RolePerson>;
  /** Roles for which somebody is named whom we cannot tell, and why. */
  readonly unclear: ReadonlyMap<Role, string>;
  readonly manager: ManagerFound;
}

/** What was found out just now about who is who. */
export interface PeopleSaid extends ManagerSaid {
  /** Somebody asked for a look at everything again. */
  readonly recheck: boolean;
}

/** Undefined when people have to be looked up first. */
export function findPeople(
  policy: Policy,
  issue: IssueState,
  answers: Answers,
  memory: Memory,
  known: Known,
  said: PeopleSaid,
): People | undefined {
  const byRole = new Map<Role, RolePerson>();
  const unclear = new Map<Role, string>();
  const sure = said.recheck ? 'now' : 'daily';
  let waiting = false;
  for (const role of policy.roles) {
    if (role.id === 'em') continue;
    const named = role.field ? answers.get(role.field) : undefined;
    if (named?.state === 'answered' && typeof named.value === 'string') {
      const standing = known.standing(named.value, sure);
      if (standing === undefined) waiting = true;
      else byRole.set(role.id, asNamed(named.value, standing, sayPool(policy, role.id)));
    } else if (named?.state === 'partial') {
      const why = whyUnclear(named, answers, known);
      if (why === undefined) waiting = true;
      else unclear.set(role.id, why);
    } else if (isListed(policy, role.id, issue.author)) {
      const trouble = known.troubleSince(issue.author.username, sure);
      if (trouble) known.standing(issue.author.username, sure);
      if (trouble === undefined) waiting = true;
      else byRole.set(role.id, asAuthor(issue.author, trouble, sayPool(policy, role.id)));
    }
  }
  const manager = findManager(policy, issue, answers, memory, known, said, sure);
  if (waiting || !manager) return undefined;
  if (manager.kind === 'known') {
    const { person, reason } = manager;
    const { username, name } = person;
    byRole.set('em', { username, name, known: true, person, source: reason, inferred: false });
  }
  return { byRole, unclear, manager };
}

/**
 * Everybody who was looked up for this issue, so that the next look need not ask. Of whoever is named
 * internally only it holds id and keyed hashes (`rulings.md` 28); `assigned`: ids that everybody sees.
 */
export function rememberPeople(
  { byRole }: People,
  { policy, answers, known, open, assigned }: Remembering,
): Pick<Memory, 'people' | 'absent'> {
  const people = { ...known.people };
  const seen = new Set(assigned);
  for (const [role, { person }] of byRole) {
    if (!person) continue;
    const key = known.keyOf(person.username);
    people[key] = known.asRemembered(key, person);
    if (!isInternal(roleField(policy, role) ?? '', answers)) seen.add(person.id);
  }
  const kept = Object.entries(people).map(([key, person]): [string, KnownPerson] => {
    const { id, username, name, at } = person;
    const asked = at === undefined ? {} : { at };
    const byName = key.startsWith('name:');
    if (seen.has(id) || open.username(username) || (byName && open.name(name)))
      return [key, person];
    return [key, byName ? { id, as: known.keyOf(username), ...asked } : { id, ...asked }];
  });
  return { people: inOrder(Object.fromEntries(kept)), absent: inOrder(known.absent) };
}

interface Remembering {
  readonly policy: Policy;
  readonly answers: Answers;
  readonly known: Known;
  readonly open: OpenlyNamed;
  readonly assigned: readonly number[];
}

/** The words for the pool of a role, '' when the policy names none. A pool is named, never called. */
export function sayPool(policy: Policy, role: Role): string {
  const pool = policy.people.pools.get(role);
  return pool === undefined ? '' : quietName(pool);
}

function inOrder<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** `domain.md` §8.8 L15: whoever cannot be asked is said to be so, and their pool is named instead. */
function asNamed(named: string, { person, trouble }: Standing, pool: string): RolePerson {
  const known = person !== null;
  const { username, name } = person ?? { username: named, name: '' };
  if (trouble === null) {
    return { username, name, known, person, source: 'named in the issue', inferred: false };
  }
  const source = `named in the issue, but ${whyNot(trouble, pool)}`;
  return { username, name, known, person: null, source, inferred: false };
}

function whyNot(trouble: Trouble, pool: string): string {
  const why = trouble === 'unknown' ? 'GitLab knows no such user' : troubleSaid[trouble];
  return pool === '' ? why : `${why}; meanwhile ${pool} can be asked`;
}

/** Why a name without a handle is nobody's yet. */
function whyUnclear(named: Answer, answers: Answers, known: Known): string | undefined {
  const name = shownName(named);
  const ask = 'please give the handle';
  if (name === null) return `named without a handle; ${ask}`;
  const found = known.member(name);
  if (found === undefined) return undefined;
  const said = isInternal(named.field, answers) ? 'so' : inertInline(name, 60);
  return found === 'several'
    ? `several members are called ${said}; ${ask}`
    : `no member is called ${said}; ${ask}`;
}

/** `domain.md` §8.8 L11: whoever opened the issue is taken for what the policy lists them as. */
function asAuthor(author: Person, trouble: Trouble | null, pool: string): RolePerson {
  const { username, name } = author;
  if (trouble !== null) {
    const source = `opened this issue, but ${whyNot(trouble, pool)}`;
    return { username, name, known: true, person: null, source, inferred: false };
  }
  const source = 'opened this issue';
  return { username, name, known: true, person: author, source, inferred: true };
}

function isListed(policy: Policy, role: Role, person: Person): boolean {
  const list = policy.people.byRole.get(role) ?? [];
  return list.some((username) => username.toLowerCase() === person.username.toLowerCase());
}
