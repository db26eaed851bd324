/** Who is the engagement manager: whoever is it already, else by the policy's table and the least open load. */

import type { Answers, IssueState, Person } from '../model.ts';
import type { EngagementManager, Policy } from '../policy.ts';
import { roleField } from '../role-field.ts';
import { isInternal } from '../say/value.ts';
import type { Known, Sure } from './lookups.ts';
import { chooseManager, explainManager, type ManagerFound } from './manager-choice.ts';
import { isSame } from './manager-match.ts';
import type { Memory } from './memory.ts';
import { troubleOf, troubleSaid } from './trouble.ts';

/** What was found out just now about who it is. */
export interface ManagerSaid {
  /** Assigned later than the command that named another. */
  readonly manager: { readonly person: Person; readonly reason: string } | null;
  /** The command to be carried out now. */
  readonly command: string | null;
  /** The lead rule that holds by the answers, whatever a person said about the lead. */
  readonly leadRule: string;
  /** Put on by ourselves just before we were stopped, so that why is not remembered: user ids. */
  readonly ours: ReadonlySet<number>;
}

/** Order of `rulings.md` 23. Undefined when people have to be looked up first. */
export function findManager(
  policy: Policy,
  issue: IssueState,
  answers: Answers,
  memory: Memory,
  known: Known,
  said: ManagerSaid,
  sure: Sure,
): ManagerFound | undefined {
  const listed = policy.people.engagementManagers;
  const field = roleField(policy, 'em');
  const named = (field && answers.get(field)) || null;
  const handle = named?.state === 'answered' ? String(named.value) : null;
  // Asked for even where somebody is assigned, so that what is remembered does not hang on the assignees.
  const standing = handle === null ? null : known.standing(handle, sure);
  if (standing === undefined) return undefined;
  const rival = said.manager?.person.username;
  const rivalTrouble = rival === undefined ? null : known.troubleSince(rival, sure);
  if (rivalTrouble === undefined) return undefined;
  if (said.manager && !rivalTrouble) return { kind: 'known', ...said.manager };
  // Whoever was assigned later than the command has taken its place in `newest-word.ts`.
  const commanded = named?.where?.kind === 'command' && !said.manager;
  if (commanded && standing?.person && !standing.trouble) {
    return asCommanded(standing.person, listed, said.command);
  }
  const assigned = issue.assignees.filter((person) => listed.some((em) => isSame(em, person)));
  const kept = assigned.find((person) => memory.em !== null && isSame(memory.em, person));
  const keptTrouble = kept ? known.troubleSince(kept.username, sure) : null;
  if (keptTrouble === undefined) return undefined;
  if (kept && memory.em && !keptTrouble) {
    return { kind: 'known', person: kept, reason: memory.em.reason };
  }
  // Whom we assigned ourselves is here in another role, unless kept above: nobody chose them for this one.
  const chosen = assigned.find(({ id }) => !memory.assigned.includes(id));
  if (chosen) return { kind: 'known', person: chosen, reason: 'assigned to this issue' };
  // Whom we put on ourselves, and why is not remembered: for this role, unless they are named for another.
  const [first, ...others] = assigned.filter(
    ({ id, username }) => said.ours.has(id) && !isNamedElsewhere(username, policy, answers),
  );
  const isNamed = first && handle?.toLowerCase() === first.username.toLowerCase();
  if (standing?.person && !standing.trouble && (!first || isNamed)) {
    return { kind: 'known', person: standing.person, reason: 'named in the issue' };
  }
  // Of one who was chosen and is named too it is said once.
  const instead =
    standing?.trouble &&
    !(kept && keptTrouble && handle?.toLowerCase() === kept.username.toLowerCase())
      ? [
          `${named && isInternal(named.field, answers) ? 'somebody' : handle} is named in the issue, but ${troubleSaid[standing.trouble]}`,
        ]
      : [];
  const recorded =
    kept && keptTrouble
      ? { username: kept.username, gone: troubleSaid[keptTrouble] }
      : recall(memory, known, sure);
  if (recorded === undefined) return undefined;
  if (recorded && 'person' in recorded) return recorded;
  const pick = (
    all: readonly EngagementManager[],
    beside: readonly string[],
  ): ManagerFound | undefined =>
    first
      ? explainManager(policy, all, answers, known, beside, [first, ...others])
      : (notYet(policy, said.leadRule, answers, beside) ??
        chooseManager(policy, all, issue, answers, known, beside));
  if (!recorded) return pick(listed, instead);
  const successors = listed.filter((em) => !isSame(em, recorded));
  const successor = pick(successors, [
    `takes over from ${recorded.username}, who ${recorded.gone}`,
    ...instead,
  ]);
  if (successor?.kind === 'known') return { ...successor, lost: true };
  // Said as the next look will say it, to which nobody is recorded any more.
  const left = successor && pick(listed, instead);
  return left ? { ...left, lost: true } : undefined;
}

function isNamedElsewhere(username: string, policy: Policy, answers: Answers): boolean {
  return policy.roles.some(({ id, field }) => {
    const value = id === 'em' || field === null ? null : answers.get(field)?.value;
    return typeof value === 'string' && value.toLowerCase() === username.toLowerCase();
  });
}

/** Whom people name stands; only the choice waits. What was answered internally is not told. */
function notYet(
  policy: Policy,
  leadRule: string,
  answers: Answers,
  instead: readonly string[],
): ManagerFound | null {
  const rule = policy.leadRules.find(({ id }) => id === leadRule);
  if (rule?.noManager === undefined) return null;
  const internal = rule.when.fields.some((field) => isInternal(field, answers));
  const reason = internal ? 'not yet, from what was answered internally' : rule.noManager;
  return { kind: 'later', rule: rule.id, reason: [reason, ...instead].join('; ') };
}

/** A person may name anybody; that the policy does not list them is said. */
function asCommanded(
  person: Person,
  listed: readonly EngagementManager[],
  command: string | null,
): ManagerFound {
  const unlisted = listed.length > 0 && !listed.some((em) => isSame(em, person));
  const reason = unlisted
    ? 'assigned by a command; the policy does not list them as an Engagement Manager'
    : 'assigned by a command';
  return { kind: 'known', person, reason, ...(command === null ? {} : { command }) };
}

/**
 * The recorded one, who is asked for once a day while not among the assignees: whoever is blocked or no longer
 * a member cannot go on. Null when nobody is recorded.
 */
function recall(
  memory: Memory,
  known: Known,
  sure: Sure,
):
  | Extract<ManagerFound, { kind: 'known' }>
  | { readonly username: string; readonly gone: string }
  | null
  | undefined {
  if (!memory.em) return null;
  const { username, reason } = memory.em;
  if (sure === 'daily' && memory.emChecked !== null && !known.isOld(memory.emChecked)) {
    const person = known.person(username);
    if (person) return { kind: 'known', person, reason };
    return person === undefined ? undefined : { username, gone: troubleSaid.unknown };
  }
  const person = known.personFacts(username);
  if (person === undefined) return undefined;
  const trouble = troubleOf(person);
  if (!person || trouble) return { username, gone: troubleSaid[trouble ?? 'unknown'] };
  return { kind: 'known', person, reason, checked: true };
}
