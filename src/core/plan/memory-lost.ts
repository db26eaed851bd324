/** Whether we have been on an issue before although nothing of it is remembered (`rulings.md` 26). */
import type { Policy } from '../policy.ts';
import { isOurs } from './label-decisions.ts';
import type { Known } from './lookups.ts';
import type { Memory } from './memory.ts';
import type { SortedNotes } from './own-notes.ts';

/** Our replies, warnings and label events tell, an earlier user's too. Undefined: label events first. */
export function isMemoryLost(
  memory: Memory,
  { replied, warned }: SortedNotes,
  policy: Policy,
  botId: number,
  known: Known,
): boolean | undefined {
  if (memory.known) return false;
  if (replied.size > 0 || warned.size > 0) return true;
  return known.labelEvents()?.some((event) => isOurs(event, policy, botId));
}
