/** Remembers who leads discovery and tells when that passes to somebody else (`domain.md` §8.8 L12). */
import type { Assessment, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import { roleTitle } from '../say/names.ts';
import type { Memory } from './memory.ts';

/** A lead that is not known for a while is no change. */
export function rememberLead({ lead }: Assessment, memory: Memory, now: string): Memory['lead'] {
  const before = memory.lead;
  if (lead.role === 'unknown' || before?.role === lead.role) return before;
  return { role: lead.role, previous: before?.role ?? null, at: now };
}

/** From whom to whom and why; said until the issue moves on to another stage. */
export function sayLeadChange(
  changed: Memory['lead'],
  { lead }: Assessment,
  history: Memory['history'],
  policy: Policy,
): string | null {
  if (!changed?.previous || changed.role !== lead.role) return null;
  if (history.some(({ at }) => at > changed.at)) return null;
  const [from, to] = [changed.previous, changed.role].map((role) =>
    roleTitle(role as Role, policy),
  );
  const when = changed.at.slice(0, 10);
  return `On ${when} discovery passed from the ${from} to the ${to}. ${lead.reason} Whoever was assigned stays.`;
}
