/** Whose turn it is among the engagement managers who cover an issue and are free. */
import { createHash } from 'node:crypto';
import type { IssueState, Load, Person, PersonFacts } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Known } from './lookups.ts';
import { isSame } from './manager-match.ts';

/**
 * Fewest open issues, or longest without a new one; ties the other way, then by a stable hash (`rulings.md` 24).
 * `among` ends the reason: why this one of several. Undefined when loads have to be looked up first.
 */
export function rankManagers(
  free: readonly PersonFacts[],
  issue: IssueState,
  policy: Policy,
  known: Known,
): { readonly person: Person; readonly among: string } | undefined {
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
  const { id, username, name } = first.person;
  const among = ranked.length > 1 ? better(first.load.open, policy) : '';
  return { person: { id, username, name }, among };
}

/**
 * The same `among` for whom we have chosen already and whose load counts this issue; '' where others have got fewer
 * issues meanwhile. Undefined when loads have to be looked up first.
 */
export function explainRank(
  { username }: Person,
  free: readonly PersonFacts[],
  policy: Policy,
  known: Known,
): string | undefined {
  if (free.length === 1) return '';
  const loads = free.map((each) => ({ of: each.username, load: known.load(each.username) }));
  const open = loads.flatMap(({ of, load }) =>
    load ? [isSame({ username }, { username: of }) ? load.open - 1 : load.open] : [],
  );
  if (open.length < free.length) return undefined;
  const own = open[loads.findIndex(({ of }) => isSame({ username }, { username: of }))] ?? 0;
  const stillFewest = policy.assignment.then !== 'least_open' || open.every((each) => each >= own);
  return stillFewest ? better(own, policy) : '';
}

function better(open: number, { assignment }: Policy): string {
  return assignment.then === 'least_open'
    ? `, has the fewest open issues (${open})`
    : ', whose last new issue is the longest ago';
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
