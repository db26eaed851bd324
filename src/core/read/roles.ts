/**
 * What a text says about each system that it names: where they come from, where they go, what stays
 * (`domain.md` §8.13: "moving from GHE to .com", "Jenkins stays for now").
 */
import type { Policy, Question, Vocabulary } from '../policy.ts';
import type { Word } from './fold.ts';
import { findIn, type Hit, helpersIn, valueNamed, wordsOf } from './vocabulary.ts';

/** `out` is ruled out, `past` is how it is or was until now, `planned` what it will be some day. */
export type Role = 'from' | 'to' | 'past' | 'planned' | 'stays' | 'out' | 'none';

const roleOfFate: ReadonlyMap<string | null, Role> = new Map([
  ['ruled_out', 'out'],
  ['past', 'past'],
  ['planned', 'planned'],
]);

export interface Named extends Hit {
  readonly role: Role;
}

/** What the question is about, as the policy's `asked_for` says: `sources`, `present`, `replaced`, `destination` … */
export type Side = 'sources' | 'present' | 'replaced' | 'destination' | 'either';

/** Between "to" and the name there may be "the", "a new" and the like. */
const mostWordsBetween = 2;

export function sideOf(question: Question, policy: Policy): Side {
  const side = valueNamed(question.id.replaceAll('_', ' '), 'asked_for', policy);
  return side === 'sources' || side === 'present' || side === 'replaced' || side === 'destination'
    ? side
    : 'either';
}

/** Every value of the vocabulary that the text names, with what is said about it. */
export function findNamed(text: string, vocabulary: Vocabulary, policy: Policy): Named[] {
  const found = wordsOf(text);
  const hits = findIn(found, vocabulary, policy).map((hit) =>
    withHosting(hit, found, vocabulary, policy),
  );
  const roles = new Map<Hit, Role>();
  markDirections(found, hits, roles, policy);
  markFates(found, hits, roles, policy);
  return hits.map((hit) => ({ ...hit, role: roles.get(hit) ?? 'none' }));
}

/** Those that answer a question of this side; what is denied or ruled out answers none. */
export function onSide(named: readonly Named[], side: Side): Named[] {
  const told = named.filter(({ negated, role }) => !negated && role !== 'out');
  if (side === 'replaced') return told.filter(({ role }) => role !== 'to' && role !== 'stays');
  if (side === 'present') return told.filter(({ role }) => role !== 'to');
  if (side === 'sources') {
    const left = told.filter(({ role }) => role !== 'to');
    const moved = left.filter(({ role }) => role !== 'stays');
    return moved.length > 0 ? moved : left;
  }
  const reached = told.filter(({ role }) => role === 'to');
  if (reached.length > 0) return reached;
  if (side === 'either') return told;
  return told.filter(({ role }) => role !== 'from' && role !== 'past');
}

/** "Free, Premium planned": of one that is there and one that is planned, the one that is planned. */
export function plannedOf(named: readonly Named[]): readonly Named[] {
  const planned = named.filter(({ role }) => role === 'planned');
  return planned.length > 0 ? planned : named;
}

/** "Bitbucket, on-prem", "on-prem GitHub", "GitLab 15.11": the words around a name say which edition it is. */
function withHosting(
  hit: Hit,
  found: readonly Word[],
  vocabulary: Vocabulary,
  policy: Policy,
): Hit {
  const { at, length, text } = hit;
  for (const hosting of helpersIn(found, 'hosting', policy)) {
    const behind = hosting.at - (at + length);
    const before = at - (hosting.at + hosting.length);
    const near = (behind >= 0 && behind <= mostWordsBetween) || before === 0;
    if (!near || hosting.id === null || hosting.negated) continue;
    if (behind >= 0 && namesBetween(found, at + length, hosting.at, vocabulary, policy)) continue;
    const edition = editionOf(`${text} ${hosting.id.replaceAll('_', ' ')}`, vocabulary, policy);
    if (edition !== null) return { ...hit, id: edition, choices: [], remark: '' };
  }
  // A service in the cloud has no version of its own.
  const next = found[at + length];
  if (hit.id === null && next && !next.brk && /^v?\d{1,2}\.(?:\d+|x)/u.test(next.text)) {
    const edition = editionOf(`${text} on prem`, vocabulary, policy);
    if (edition !== null) return { ...hit, id: edition, choices: [], remark: '' };
  }
  return hit;
}

function namesBetween(
  found: readonly Word[],
  from: number,
  to: number,
  vocabulary: Vocabulary,
  policy: Policy,
): boolean {
  return findIn(found.slice(from, to), vocabulary, policy).length > 0;
}

function editionOf(phrase: string, vocabulary: Vocabulary, policy: Policy): string | null {
  return valueNamed(phrase, vocabulary.id, policy);
}

/** "from A and B to C", "A -> C", "C (from A)", "A today". */
function markDirections(
  found: readonly Word[],
  hits: readonly Hit[],
  roles: Map<Hit, Role>,
  policy: Policy,
): void {
  const markers = helpersIn(found, 'directions', policy);
  let role: Role = 'none';
  let since = 0;
  let opened = false;
  let next = 0;
  for (const hit of hits) {
    for (; next < markers.length && (markers[next]?.at ?? 0) < hit.at; next++) {
      const marker = markers[next];
      if (!marker) break;
      const end = marker.at + marker.length;
      const previous = hits.findLast(({ at }) => at < marker.at);
      if (marker.id === 'opens') opened = true;
      if (marker.id === 'from') {
        // "GitLab.com (from GHE)": the name right before is where they go.
        const beside = previous && previous.at + previous.length === marker.at;
        if (beside && !roles.has(previous)) roles.set(previous, 'to');
        [role, since, opened] = ['from', end, true];
      }
      const reaches =
        marker.id === 'reaches' ||
        (marker.id === 'towards' && (previous !== undefined || opened || marker.at === 0)) ||
        (marker.id === 'closes' && opened && previous !== undefined);
      if (reaches) [role, since] = ['to', end];
    }
    if (role === 'to' && !isNear(found, since, hit)) role = 'none';
    if (role !== 'none' && !roles.has(hit)) roles.set(hit, role);
    if (role === 'to') since = hit.at + hit.length;
  }
  const first = hits.find((hit) => roles.get(hit) === 'to');
  for (const hit of first ? hits : []) {
    if (!roles.has(hit) && first && hit.at < first.at) roles.set(hit, 'from');
  }
}

/** Close behind "to", and in the same breath. */
function isNear(found: readonly Word[], since: number, { at }: Hit): boolean {
  if (at - since > mostWordsBetween) return false;
  return !found.slice(since, at + 1).some(({ brk, opens }) => brk && !opens);
}

/** "Jenkins stays", "we keep Jenkins", "SaaS is not an option", "self-managed today", in each clause for itself. */
function markFates(
  found: readonly Word[],
  hits: readonly Hit[],
  roles: Map<Hit, Role>,
  policy: Policy,
): void {
  const clause = clausesOf(found);
  for (const marker of helpersIn(found, 'fates', policy)) {
    const within = hits.some(({ at, length }) => marker.at >= at && marker.at < at + length);
    if (marker.id === 'read_only' || within) continue;
    const here = hits.filter(({ at }) => clause[at] === clause[marker.at]);
    const behind = here.filter(({ at }) => at > marker.at);
    const ahead = lastGroup(here.filter(({ at }) => at < marker.at));
    const earlier = lastGroup(hits.filter(({ at }) => at < marker.at));
    const [first, second] = marker.id === 'keeps' ? [behind, ahead] : [ahead, behind];
    const alone = clause.filter((each) => each === clause[marker.at]).length === marker.length;
    // "Self-managed, today" is about what stands before, "self-managed, currently 18.3" is not.
    const before = marker.id === 'past' && !alone ? [] : earlier;
    const meant = first.length > 0 ? first : second.length > 0 ? second : before;
    const role = roleOfFate.get(marker.id) ?? 'stays';
    const yields = role === 'past' || role === 'planned';
    for (const hit of meant) if (!yields || !roles.has(hit)) roles.set(hit, role);
  }
}

/** "Bamboo goes but Jenkins and Ant stay": the last names that stand together. */
function lastGroup(hits: readonly Hit[]): readonly Hit[] {
  let start = hits.length - 1;
  while (start > 0) {
    const [before, here] = [hits[start - 1], hits[start]];
    if (!before || !here || here.at - (before.at + before.length) > 1) break;
    start--;
  }
  return hits.slice(Math.max(0, start));
}

/** The number of the clause that each word stands in. */
function clausesOf(found: readonly Word[]): readonly number[] {
  let clause = 0;
  return found.map(({ brk }) => (brk ? ++clause : clause));
}
