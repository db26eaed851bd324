/** Whether the scope is still the one that the customer accepted (`domain.md` §8.9: new source, new type, users ± 25 %). */
import type { Answers, Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Standing } from './commands/standing.ts';
import { type AcceptedScope, keyedHash } from './memory.ts';

export interface ScopeCheck {
  readonly stale: boolean;
  /** What is new, in words; '' when nothing is. */
  readonly why: string;
  /** What was accepted had to be taken from what stands there now, because memory was lost. */
  readonly unsure: boolean;
  /** To be remembered. */
  readonly accepted: AcceptedScope | null;
}

/** Numbers are remembered as a hash of their size class, in steps of one percent: what was said is never kept. */
const step = Math.log(1.01);

/**
 * `assessment`: as it stands without staleness. `said`: the last commands that gave an estimate and an
 * acceptance. `lost`: whether memory was; undefined then, and here, when that has to be looked up first.
 */
export function checkScope(
  { answers, serviceTypes }: Assessment,
  policy: Policy,
  before: AcceptedScope | null,
  { estimate: command, accept }: Pick<Standing, 'estimate' | 'accept'>,
  lost: () => boolean | undefined,
  key: string,
): ScopeCheck | undefined {
  const { fields } = policy.commands.find(({ id }) => id === 'accept') ?? {};
  const accepting = [...(fields?.values() ?? [])];
  const accepted = accepting.length > 0 && accepting.every((field) => isGiven(answers, field));
  if (!accepted) return { stale: false, why: '', unsure: false, accepted: null };
  const hash = (text: string): string => keyedHash(text, key);
  const watch = policy.staleness;
  const now: AcceptedScope = {
    command,
    estimate: hash(watch.estimate.map((field) => answers.get(field)?.raw ?? '').join(' | ')),
    sources: valuesOf(answers, watch.sources).map(hash),
    services: serviceTypes.map(({ id }) => hash(id)),
    users: usersHash(answers, watch.users, hash),
  };
  if (!before || before.command !== command) {
    const unsure = before === null && lost();
    if (unsure === undefined) return undefined;
    const taken = unsure ? { ...now, unsure: accept ?? '' } : now;
    return { stale: false, why: '', unsure, accepted: taken };
  }
  const why = [
    ...(before.estimate === now.estimate ? [] : ['another estimate']),
    ...(now.sources.some((each) => !before.sources.includes(each)) ? ['a new source system'] : []),
    ...(now.services.some((each) => !before.services.includes(each)) ? ['a new service type'] : []),
    ...(usersMoved(answers, watch, before.users, hash) ? ['another number of users'] : []),
  ].join(' and ');
  // Whoever says again that the customer accepts knows what they say it of.
  const { unsure: since, ...sure } = before;
  const unsure = since !== undefined && since === (accept ?? '');
  return { stale: why !== '', why, unsure, accepted: unsure ? before : sure };
}

function isGiven(answers: Answers, field: string): boolean {
  const answer = answers.get(field);
  return answer?.state === 'answered' && answer.value === 'given';
}

function valuesOf(answers: Answers, field: string): readonly string[] {
  const value = answers.get(field)?.value;
  return Array.isArray(value) ? value.map(String) : [];
}

function sizeClass(answers: Answers, field: string): number | null {
  const value = answers.get(field)?.value;
  return typeof value === 'number' && value > 0 ? Math.round(Math.log(value) / step) : null;
}

function usersHash(answers: Answers, field: string, hash: (text: string) => string): string | null {
  const found = sizeClass(answers, field);
  return found === null ? null : hash(`users ${found}`);
}

/** Beyond the policy's share, either way; the remembered class is looked for around the present one. */
function usersMoved(
  answers: Answers,
  { users, percent }: Policy['staleness'],
  before: string | null,
  hash: (text: string) => string,
): boolean {
  const found = sizeClass(answers, users);
  if (found === null || before === null) return false;
  const below = Math.floor(Math.log(1 + percent / 100) / step);
  const above = Math.floor(-Math.log(1 - percent / 100) / step);
  for (let each = found - below; each <= found + above; each += 1) {
    if (hash(`users ${each}`) === before) return false;
  }
  return true;
}
