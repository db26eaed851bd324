/** Who leads because a person said so: by command, else by the label they put on, while it stands (`rulings.md` 30). */
import type { Lead } from '../model.ts';
import type { Policy } from '../policy.ts';
import { roleTitle } from '../say/names.ts';
import { quote } from './commands/context.ts';
import type { Standing } from './commands/standing.ts';
import type { LabelDecisions } from './label-decisions.ts';
import { holdOn } from './labels.ts';
import type { Memory } from './memory.ts';

const LEADS: readonly Exclude<Lead['role'], 'unknown'>[] = ['sa', 'csm', 'ae', 'em'];

/**
 * `concluded`: whom the policy's rules name now. Null when no person's label says otherwise, or when our
 * conclusion has become another than it was when the person acted: then the label gives way as well.
 */
export function readLeadSaid(
  policy: Policy,
  concluded: Lead['role'],
  command: Standing['lead'],
  decisions: LabelDecisions,
  memory: Memory,
): Lead | null {
  if (command) {
    const { role: said, by } = command;
    const who = `${quote(`@${by}`)} said that the ${roleTitle(said, policy)} leads discovery.`;
    return { role: said, rule: 'command', reason: who, concluded: said };
  }
  const family = policy.labels.find(({ id, scoped }) => id === 'lead' && scoped);
  const role = LEADS.find((each) => decisions.peoples.includes(family?.names.get(each) ?? ''));
  if (!family || role === undefined || role === concluded) return null;
  const ours = family.names.get(concluded) ?? '';
  if (holdOn(family.id, ours, decisions, memory) === undefined) return null;
  const reason = `A person's label says that the ${roleTitle(role, policy)} leads discovery.`;
  return { role, rule: 'label', reason };
}
