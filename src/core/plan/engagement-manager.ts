/** Who is the engagement manager: whoever is it already, else by the policy's table and the least open load. */
import { createHash } from 'node:crypto';
import type { Answers, IssueState, Load, Person, PersonFacts } from '../model.ts';
import type { EngagementManager, Policy } from '../policy.ts';
import { isInternal } from '../say/value.ts';
import type { Known } from './lookups.ts';
import type { Memory } from './memory.ts';

export type ManagerFound =
  | { readonly kind: 'known'; readonly person: Person; readonly reason: string }
  /** Not decided yet: these questions come first. */
  | { readonly kind: 'waiting'; readonly missing: readonly string[] }
  /** Nobody can take it: said aloud, with the policy's fallback. */
  | { readonly kind: 'nobody'; readonly reason: string };

/** Order of `rulings.md` 23. Undefined when people have to be looked up first. */
export function findManager(
  policy: Policy,
  issue: IssueState,
  answers: Answers,
  memory: Memory,
  known: Known,
): ManagerFound | undefined {
  const field = policy.roles.find(({ id }) => id === 'em')?.field;
  const named = field ? answers.get(field) : undefined;
  // `assign em` beats whoever is there: a person said so on the issue itself.
  if (named?.where?.kind === 'command' && typeof named.value === 'string') {
    const person = known.person(named.value);
    if (person === undefined) return undefined;
    if (person) return { kind: 'known', person, reason: 'assigned by a command' };
  }
  const listed = policy.people.engagementManagers;
  const assigned = issue.assignees.filter((person) => listed.some((em) => same(em, person)));
  const kept = assigned.find((person) => memory.em !== null && same(memory.em, person));
  if (kept && memory.em) return { kind: 'known', person: kept, reason: memory.em.reason };
  // Whom we assigned ourselves is here in another role, unless kept above: nobody chose them for this one.
  const chosen = assigned.find(({ id }) => !memory.assigned.includes(id));
  if (chosen) return { kind: 'known', person: chosen, reason: 'assigned to this issue' };
  if (named?.state === 'answered' && typeof named.value === 'string') {
    const person = known.person(named.value);
    if (person === undefined) return undefined;
    if (person) return { kind: 'known', person, reason: 'named in the issue' };
  }
  if (memory.em) {
    const person = known.person(memory.em.username);
    if (person === undefined) return undefined;
    if (person) return { kind: 'known', person, reason: memory.em.reason };
  }
  return choose(policy, issue, answers, known);
}

function same(em: Pick<EngagementManager, 'username'>, person: Person): boolean {
  return em.username.toLowerCase() === person.username.toLowerCase();
}

function choose(
  policy: Policy,
  issue: IssueState,
  answers: Answers,
  known: Known,
): ManagerFound | undefined {
  const all = policy.people.engagementManagers;
  if (all.length === 0) {
    return { kind: 'nobody', reason: 'the policy lists no engagement managers yet' };
  }
  const matched = match(policy, answers);
  if (matched.missing.length > 0) return { kind: 'waiting', missing: matched.missing };
  if (matched.left.length === 0) {
    return { kind: 'nobody', reason: `none of the engagement managers covers ${matched.what}` };
  }
  const facts = matched.left.map((em) => known.personFacts(em.username));
  if (facts.includes(undefined)) return undefined;
  const passedOver: string[] = [];
  const free: PersonFacts[] = [];
  for (const [index, em] of matched.left.entries()) {
    const person = facts[index] ?? null;
    const why = whyNot(person, policy);
    if (why) passedOver.push(`${em.username} ${why}`);
    else if (person) free.push(person);
  }
  if (free.length === 0) {
    return { kind: 'nobody', reason: `nobody is free: ${passedOver.join(', ')}` };
  }
  return rank(free, matched.what, passedOver, issue, policy, known);
}

function whyNot(person: PersonFacts | null, policy: Policy): string | null {
  if (!person) return 'is unknown to GitLab';
  if (!person.active) return 'is blocked';
  if (person.accessLevel === null) return 'is not a member of this project';
  return policy.assignment.skipBusy && person.busy ? 'is marked busy' : null;
}

interface Match {
  readonly left: readonly EngagementManager[];
  /** Answers that are missing and would tell the remaining ones apart. */
  readonly missing: readonly string[];
  /** What was matched on, for the reason: "EMEA, Enterprise". */
  readonly what: string;
}

/** An engagement manager who lists nothing under a heading covers all of it. */
function match(policy: Policy, answers: Answers): Match {
  let left = policy.people.engagementManagers;
  const missing: string[] = [];
  const what: string[] = [];
  for (const key of policy.assignment.match) {
    const field = key === 'service_type' ? 'service_types' : key;
    const answer = answers.get(field);
    const value = answer?.state === 'answered' || answer?.state === 'none' ? answer.value : null;
    const differ = new Set(left.map((em) => JSON.stringify(coverage(em, key)))).size > 1;
    if (value === null) {
      if (differ) missing.push(field);
      continue;
    }
    left = left.filter((em) => covers(em, key, value));
    if (key === 'pubsec_us' && value !== true) continue;
    what.push(
      isInternal(field, answers) ? 'what was answered internally' : name(policy, field, value),
    );
  }
  return { left, missing, what: what.join(', ') || 'this issue' };
}

/** The words of the policy for what was matched on. */
function name(policy: Policy, field: string, value: unknown): string {
  if (value === true) return 'US public sector';
  const vocabulary = policy.vocabularies.get(policy.questionById.get(field)?.vocabulary ?? '');
  const title = (id: unknown): string =>
    vocabulary?.values.find((each) => each.id === id)?.title ?? String(id);
  return Array.isArray(value) ? value.map(title).join(' and ') : title(value);
}

function coverage(em: EngagementManager, key: Policy['assignment']['match'][number]): unknown {
  if (key === 'pubsec_us') return em.pubsecUs;
  if (key === 'territory') return em.territories;
  return key === 'segment' ? em.segments : em.services;
}

function covers(
  em: EngagementManager,
  key: Policy['assignment']['match'][number],
  value: unknown,
): boolean {
  const list = coverage(em, key);
  if (!Array.isArray(list)) return list === (value === true);
  const wanted = Array.isArray(value) ? value : [value];
  return list.length === 0 || wanted.some((each) => list.includes(each));
}

/** Fewest open issues, or longest without a new one; ties the other way, then by a stable hash (`rulings.md` 24). */
function rank(
  free: readonly PersonFacts[],
  what: string,
  passedOver: readonly string[],
  issue: IssueState,
  policy: Policy,
  known: Known,
): ManagerFound | undefined {
  const loads = free.map((person) => known.load(person.username));
  if (loads.includes(undefined)) return undefined;
  const ranked = free
    .map((person, index) => ({ person, load: loads[index] ?? { open: 0, latest: null } }))
    .toSorted(
      (a, b) =>
        compare(a.load, b.load, policy.assignment.then) || stable(a.person, b.person, issue),
    );
  const first = ranked[0];
  if (!first) return undefined;
  const fewest = policy.assignment.then === 'least_open';
  const better = fewest
    ? `, has the fewest open issues (${first.load.open})`
    : ', whose last new issue is the longest ago';
  const among = ranked.length > 1 ? better : '';
  const skipped = passedOver.length > 0 ? `; ${passedOver.join(', ')}` : '';
  return { kind: 'known', person: first.person, reason: `covers ${what}${among}${skipped}` };
}

function compare(a: Load, b: Load, then: Policy['assignment']['then']): number {
  const byTurn = (a.latest ?? '').localeCompare(b.latest ?? '');
  const byLoad = a.open - b.open;
  return then === 'least_open' ? byLoad || byTurn : byTurn || byLoad;
}

function stable(a: Person, b: Person, issue: IssueState): number {
  const hash = (person: Person): string =>
    createHash('sha256')
      .update(`${issue.ref.projectId}:${issue.ref.issueIid}:${person.username}`)
      .digest('hex');
  return hash(a).localeCompare(hash(b));
}
