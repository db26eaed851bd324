/** Who leads because a person said so: by command, else by the label they put on (`rulings.md` 30). */
import type { Lead } from '../model.ts';
import type { Policy } from '../policy.ts';
import { quote } from './commands/context.ts';
import type { Standing } from './commands/standing.ts';
import type { LabelDecisions } from './label-decisions.ts';
import { holdOn } from './labels.ts';
import type { Memory } from './memory.ts';

/** Null: nobody said so, the policy's rules decide. `ruled` is what they come to. */
export function saidLead(
  policy: Policy,
  ruled: Lead,
  { lead }: Standing,
  decisions: LabelDecisions,
  memory: Memory,
): Lead | null {
  if (lead) {
    return {
      role: lead.role,
      rule: 'command',
      reason: `${quote(`@${lead.by}`)} said who leads discovery.`,
    };
  }
  const family = policy.labels.find(({ id }) => id === 'lead');
  const chosen = [...(family?.names ?? [])].find(([, name]) => decisions.peoples.includes(name));
  if (!family || !chosen) return null;
  const ours = ruled.role === 'unknown' ? '' : (family.names.get(ruled.role) ?? '');
  if (holdOn(family.id, ours, decisions, memory) === undefined) return null;
  const role = chosen[0] as Exclude<Lead['role'], 'unknown'>;
  return { role, rule: 'label', reason: `A person put the label ${quote(chosen[1])} on.` };
}
