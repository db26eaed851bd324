/** Who is the engagement manager: whoever is it already, else by the policy's table and the least open load. */
import type { Answers, IssueState, Person, PersonFacts } from '../model.ts';
import type { EngagementManager, Policy } from '../policy.ts';
import { isInternal } from '../say/value.ts';
import type { Known, Sure } from './lookups.ts';
import { matchManagers } from './manager-match.ts';
import { rankManagers } from './manager-rank.ts';
import type { Memory } from './memory.ts';
import { troubleOf, troubleSaid } from './trouble.ts';

export type ManagerFound = {
  /** The recorded one cannot go on: not to be remembered any longer. */
  readonly lost?: boolean;
  /** Looked up just now. */
  readonly checked?: boolean;
  /** The command to be carried out now. */
  readonly command?: string;
} & (
  | { readonly kind: 'known'; readonly person: Person; readonly reason: string }
  /** Not decided yet: these questions come first. */
  | { readonly kind: 'waiting'; readonly missing: readonly string[] }
  /** None is chosen while the lead rule that decides says so (`domain.md` §8.8 L6). */
  | { readonly kind: 'later'; readonly rule: string; readonly reason: string }
  /** Nobody can take it: said aloud, with the policy's fallback. */
  | { readonly kind: 'nobody'; readonly reason: string }
);

/** What people said just now about who it is. */
export interface ManagerSaid {
  /** Assigned later than the command that named another. */
  readonly manager: { readonly person: Person; readonly reason: string } | null;
  /** The command to be carried out now. */
  readonly command: string | null;
  /** The lead rule that holds by the answers, whatever a person said about the lead. */
  readonly leadRule: string;
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
  const field = policy.roles.find(({ id }) => id === 'em')?.field;
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
  const assigned = issue.assignees.filter((person) => listed.some((em) => same(em, person)));
  const kept = assigned.find((person) => memory.em !== null && same(memory.em, person));
  const keptTrouble = kept ? known.troubleSince(kept.username, sure) : null;
  if (keptTrouble === undefined) return undefined;
  if (kept && memory.em && !keptTrouble) {
    return { kind: 'known', person: kept, reason: memory.em.reason };
  }
  // Whom we assigned ourselves is here in another role, unless kept above: nobody chose them for this one.
  const chosen = assigned.find(({ id }) => !memory.assigned.includes(id));
  if (chosen) return { kind: 'known', person: chosen, reason: 'assigned to this issue' };
  if (standing?.person && !standing.trouble) {
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
    notYet(policy, said.leadRule, answers, beside) ??
    choose(policy, all, issue, answers, known, beside);
  if (!recorded) return pick(listed, instead);
  const others = listed.filter((em) => !same(em, recorded));
  const successor = pick(others, [
    `takes over from ${recorded.username}, who ${recorded.gone}`,
    ...instead,
  ]);
  if (successor?.kind === 'known') return { ...successor, lost: true };
  // Said as the next look will say it, to which nobody is recorded any more.
  const left = successor && pick(listed, instead);
  return left ? { ...left, lost: true } : undefined;
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
  const unlisted = listed.length > 0 && !listed.some((em) => same(em, person));
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

/** Whom the next look finds recorded, and when it was last made sure that they are still there. */
export function rememberManager(
  manager: ManagerFound,
  memory: Memory,
  assigned: readonly number[],
  now: string,
): Pick<Memory, 'em' | 'emChecked'> {
  if (manager.kind !== 'known') {
    const { em, emChecked } = memory;
    return manager.lost ? { em: null, emChecked: null } : { em, emChecked };
  }
  const { person, reason, checked, command } = manager;
  const kept = memory.em !== null && same(memory.em, person) ? memory.em.said : undefined;
  const said = command === undefined ? kept : { command, before: memory.em };
  const em = { username: person.username, reason, ...(said ? { said } : {}) };
  if (assigned.includes(person.id)) return { em, emChecked: null };
  return { em, emChecked: checked ? now : (memory.emChecked ?? now) };
}

/**
 * As if `undo` had come before the command that named the manager: who it was before is recorded again, and
 * may be assigned again where only our own write had put them off.
 */
export function unsayManager(memory: Memory, undone: readonly string[]): Memory {
  const { em, displaced } = memory;
  if (!em?.said || !undone.includes(em.said.command)) return memory;
  const refused = memory.refused.filter((id) => id !== displaced?.id);
  return { ...memory, em: em.said.before, emChecked: null, refused };
}

function same(em: Pick<EngagementManager, 'username'>, person: Pick<Person, 'username'>): boolean {
  return em.username.toLowerCase() === person.username.toLowerCase();
}

/** `instead`: of whom, and why, to be said with the choice. */
function choose(
  policy: Policy,
  all: readonly EngagementManager[],
  issue: IssueState,
  answers: Answers,
  known: Known,
  instead: readonly string[],
): ManagerFound | undefined {
  const nobody = (reason: string): ManagerFound => {
    return { kind: 'nobody', reason: [reason, ...instead].join('; ') };
  };
  if (policy.people.engagementManagers.length === 0) {
    return nobody('the policy lists no engagement managers yet');
  }
  const matched = matchManagers(all, policy, answers);
  if (matched.missing.length > 0) return { kind: 'waiting', missing: matched.missing };
  if (matched.left.length === 0) {
    return nobody(`none of the engagement managers covers ${matched.what}`);
  }
  const today = known.now.slice(0, 10);
  const away = new Map(matched.left.map((em) => [em, awayUntil(em.username, policy, today)]));
  const facts = matched.left.map((em) => (away.get(em) ? null : known.personFacts(em.username)));
  if (facts.includes(undefined)) return undefined;
  const passedOver: string[] = [];
  const free: PersonFacts[] = [];
  for (const [index, em] of matched.left.entries()) {
    const person = facts[index] ?? null;
    const until = away.get(em);
    const why = until ? `is away until ${until}` : whyNot(person, policy);
    if (why) passedOver.push(`${em.username} ${why}`);
    else if (person) free.push(person);
  }
  if (free.length === 0) return nobody(`nobody is free: ${passedOver.join(', ')}`);
  const skipped = [...(passedOver.length > 0 ? [passedOver.join(', ')] : []), ...instead];
  const first = rankManagers(free, issue, policy, known);
  if (!first) return undefined;
  const reason = [`covers ${matched.what}${first.among}`, ...skipped].join('; ');
  return { kind: 'known', person: first.person, reason, checked: true };
}

/** The last day of a leave that has begun; null when they are there. */
function awayUntil(username: string, { people }: Policy, today: string): string | null {
  const until = people.leave
    .filter((leave) => same(leave, { username }) && leave.from <= today && today <= leave.until)
    .map((leave) => leave.until);
  return until.toSorted().at(-1) ?? null;
}

function whyNot(person: PersonFacts | null, policy: Policy): string | null {
  const trouble = troubleOf(person);
  if (trouble) return troubleSaid[trouble];
  return policy.assignment.skipBusy && person?.busy ? 'is marked busy' : null;
}
