/** Which roles a pool takes where nobody is named, by the policy's pool rules (`domain.md` §8.8 L5). */
import type { PoolFound } from '../model.ts';
import type { Policy, Scope } from '../policy.ts';
import { holds } from './scope.ts';

/** The first rule of a role that holds for sure; a role without one takes care of itself. */
export function judgePools(policy: Policy, scope: Scope): readonly PoolFound[] {
  const found = new Map<PoolFound['role'], PoolFound>();
  for (const { id, role, when, reason } of policy.poolRules) {
    if (!found.has(role) && holds(when, scope)) found.set(role, { role, rule: id, reason });
  }
  return [...found.values()];
}
