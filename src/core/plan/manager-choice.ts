/** Chooses an engagement manager where people name none: by the policy's table and the least open load. */
import type { Answers, IssueState, Person, PersonFacts } from '../model.ts';
import type { EngagementManager, Policy } from '../policy.ts';
import type { Known } from './lookups.ts';
import { isSame, matchManagers } from './manager-match.ts';
import { explainRank, rankManagers } from './manager-rank.ts';
import { troubleOf, troubleSaid } from './trouble.ts';

/** Who it is, or why nobody is yet. */
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

/** Of `all`. `instead`: of whom, and why, to be said with the choice. Undefined: people or loads first. */
export function chooseManager(
  policy: Policy,
  all: readonly EngagementManager[],
  issue: IssueState,
  answers: Answers,
  known: Known,
  instead: readonly string[],
): ManagerFound | undefined {
  const found = findFree(policy, all, answers, known, instead);
  if (!found || 'kind' in found) return found;
  const first = rankManagers(found.free, issue, policy, known);
  return first && { ...asChosen(first, found), checked: true };
}

/**
 * The one whom we chose among `chosen`, with the reason that we gave, as far as it can be told by the answers as they
 * stand now. Undefined: people or loads first.
 */
export function explainManager(
  policy: Policy,
  all: readonly EngagementManager[],
  answers: Answers,
  known: Known,
  instead: readonly string[],
  chosen: readonly [Person, ...Person[]],
): ManagerFound | undefined {
  const found = findFree(policy, all, answers, known, instead);
  if (!found) return undefined;
  const free = 'kind' in found ? [] : found.free;
  const person = chosen.find((each) => free.some((other) => isSame(other, each)));
  if ('kind' in found || !person) {
    return {
      kind: 'known',
      person: chosen[0],
      reason: 'chosen by me, by the answers as they stood',
    };
  }
  const among = explainRank(person, free, policy, known);
  return among === undefined ? undefined : asChosen({ person, among }, found);
}

interface Free {
  readonly free: readonly PersonFacts[];
  /** What they were matched on. */
  readonly what: string;
  /** Who was passed over, and instead of whom. */
  readonly skipped: readonly string[];
}

function asChosen(
  { person, among }: { readonly person: Person; readonly among: string },
  { what, skipped }: Free,
): Extract<ManagerFound, { kind: 'known' }> {
  return { kind: 'known', person, reason: [`covers ${what}${among}`, ...skipped].join('; ') };
}

/** Who covers the issue and can take it, or why nobody does. */
function findFree(
  policy: Policy,
  all: readonly EngagementManager[],
  answers: Answers,
  known: Known,
  instead: readonly string[],
): Free | ManagerFound | undefined {
  const nobody = (reason: string): ManagerFound => {
    return { kind: 'nobody', reason: [reason, ...instead].join('; ') };
  };
  if (policy.people.engagementManagers.length === 0) {
    return nobody('the policy lists no engagement managers yet');
  }
  const { left, missing, what } = matchManagers(all, policy, answers);
  if (missing.length > 0) return { kind: 'waiting', missing };
  if (left.length === 0) return nobody(`none of the engagement managers covers ${what}`);
  const today = known.now.slice(0, 10);
  const away = new Map(left.map((em) => [em, awayUntil(em.username, policy, today)]));
  const facts = left.map((em) => (away.get(em) ? null : known.personFacts(em.username)));
  if (facts.includes(undefined)) return undefined;
  const passedOver: string[] = [];
  const free: PersonFacts[] = [];
  for (const [index, em] of left.entries()) {
    const person = facts[index] ?? null;
    const until = away.get(em);
    const why = until ? `is away until ${until}` : whyNot(person, policy);
    if (why) passedOver.push(`${em.username} ${why}`);
    else if (person) free.push(person);
  }
  if (free.length === 0) return nobody(`nobody is free: ${passedOver.join(', ')}`);
  const skipped = [...(passedOver.length > 0 ? [passedOver.join(', ')] : []), ...instead];
  return { free, what, skipped };
}

/** The last day of a leave that has begun; null when they are there. */
function awayUntil(username: string, { people }: Policy, today: string): string | null {
  const until = people.leave
    .filter((leave) => isSame(leave, { username }) && leave.from <= today && today <= leave.until)
    .map((leave) => leave.until);
  return until.toSorted().at(-1) ?? null;
}

function whyNot(person: PersonFacts | null, policy: Policy): string | null {
  const trouble = troubleOf(person);
  if (trouble) return troubleSaid[trouble];
  return policy.assignment.skipBusy && person?.busy ? 'is marked busy' : null;
}
