/** Who leads discovery, by the policy's lead rules (`domain.md` §8.8). */
import type { Lead } from '../model.ts';
import type { Policy, Scope } from '../policy.ts';
import { holds } from './scope.ts';

/**
 * What a person said, with what the rules conclude beside it. Else the first rule that holds for sure
 * decides; when none does, the policy says what to say (L7).
 */
export function judgeLead(policy: Policy, scope: Scope, said: Lead | null): Lead {
  const concluded = conclude(policy, scope);
  return said === null ? concluded : { concluded: concluded.role, ...said };
}

function conclude(policy: Policy, scope: Scope): Lead {
  const rule = policy.leadRules.find(({ when }) => holds(when, scope));
  if (rule) return { role: rule.lead, rule: rule.id, reason: rule.reason };
  return { role: 'unknown', ...policy.leadUnknown };
}
