/** Whether scope and price are still those that the customer accepted (`domain.md` §8.9: new source, new type, users ± 25 %). */
import type { Answers, Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Standing } from './commands/standing.ts';
import { type Accepted, type AcceptedScope, keyedHash } from './memory.ts';

export interface ScopeCheck {
  readonly stale: boolean;
  /** What is new, in words; '' when nothing is. */
  readonly why: string;
  /** What was accepted had to be taken from what stands there now, because memory was lost. */
  readonly unsure: boolean;
  /** To be remembered. */
  readonly accepted: Accepted | null;
}

/**
 * `assessment`: as it stands without staleness. `said`: the last commands that gave an estimate and an
 * acceptance. `forgottenUntil`: null when memory is whole; undefined then, and here, when that has to be looked up first.
 * Each acceptance is of what stood there when it was first seen: a change between the two counts as well.
 */
export function checkScope(
  { answers, serviceTypes }: Assessment,
  policy: Policy,
  before: Accepted | null,
  { estimate: command, accept }: Pick<Standing, 'estimate' | 'accept'>,
  forgottenUntil: () => number | null | undefined,
  key: string,
): ScopeCheck | undefined {
  const fields = policy.commands.find(({ id }) => id === 'accept')?.fields ?? new Map();
  const given = [...fields].filter(([, field]) => isGiven(answers, field));
  if (given.length === 0) return { stale: false, why: '', unsure: false, accepted: null };
  const hash = (text: string): string => keyedHash(text, key);
  const watch = policy.staleness;
  const estimate = hash(watch.estimate.map((field) => answers.get(field)?.raw ?? '').join(' | '));
  const now: AcceptedScope = {
    sources: valuesOf(answers, watch.sources).map(hash),
    services: serviceTypes.map(({ id }) => hash(id)),
    users: usersHash(answers, watch.users, hash),
  };
  const known = before && before.command === command ? before : null;
  const by: [string, AcceptedScope][] = given.map(([part, field]) => [
    field,
    known?.by[field] ?? (part === 'price' ? { ...now, estimate } : now),
  ]);
  if (!known) {
    const forgotten = before === null ? forgottenUntil() : null;
    if (forgotten === undefined) return undefined;
    const unsure = forgotten !== null;
    const taken = { command, by: Object.fromEntries(by) };
    const accepted = unsure ? { ...taken, unsure: accept ?? '' } : taken;
    return { stale: false, why: '', unsure, accepted };
  }
  const some = (differs: (then: AcceptedScope) => boolean): boolean =>
    by.some(([, then]) => differs(then));
  const changes: readonly [string, boolean][] = [
    ['another estimate', some((then) => (then.estimate ?? estimate) !== estimate)],
    ['a new source system', some((then) => hasMore(now.sources, then.sources))],
    ['a new service type', some((then) => hasMore(now.services, then.services))],
    ['another number of users', some((then) => usersMoved(answers, watch, then.users, hash))],
  ];
  const why = changes.flatMap(([words, changed]) => (changed ? [words] : [])).join(' and ');
  // Whoever says again that the customer accepts knows what they say it of.
  const unsure = known.unsure !== undefined && known.unsure === (accept ?? '');
  const kept = { command, by: Object.fromEntries(by) };
  const accepted = unsure ? { ...kept, unsure: accept ?? '' } : kept;
  return { stale: why !== '', why, unsure, accepted };
}

function hasMore(now: readonly string[], then: readonly string[]): boolean {
  return now.some((each) => !then.includes(each));
}

function isGiven(answers: Answers, field: string): boolean {
  const answer = answers.get(field);
  return answer?.state === 'answered' && answer.value === 'given';
}

function valuesOf(answers: Answers, field: string): readonly string[] {
  const value = answers.get(field)?.value;
  return Array.isArray(value) ? value.map(String) : [];
}

function numberOf(answers: Answers, field: string): number | null {
  const value = answers.get(field)?.value;
  return typeof value === 'number' && value > 0 ? Math.round(value) : null;
}

/** Numbers up to four digits are compared exactly, larger ones to so many: what was said is never kept. */
const exactDigits = 4;

function stepAt(number: number): number {
  return 10 ** Math.max(0, String(Math.floor(number)).length - exactDigits);
}

function usersHash(answers: Answers, field: string, hash: (text: string) => string): string | null {
  const found = numberOf(answers, field);
  if (found === null) return null;
  const step = stepAt(found);
  return hash(`users = ${Math.round(found / step) * step}`);
}

/** By more than the policy's share, either way; the remembered number is looked for around the present one. */
function usersMoved(
  answers: Answers,
  { users, percent }: Policy['staleness'],
  before: string | null,
  hash: (text: string) => string,
): boolean {
  const found = numberOf(answers, users);
  if (found === null || before === null || usersHash(answers, users, hash) === before) return false;
  const least = (found * 100) / (100 + percent);
  const most = percent < 100 ? (found * 100) / (100 - percent) : found * 100;
  let each = Math.ceil(least / stepAt(least)) * stepAt(least);
  for (; each <= most; each += stepAt(each)) {
    if (hash(`users = ${each}`) === before) return false;
  }
  return true;
}
