/** What is remembered of who is the engagement manager, and how that is taken back. */
import type { ManagerFound } from './manager-choice.ts';
import { isSame } from './manager-match.ts';
import type { Memory } from './memory.ts';

/** Whom the next look finds recorded, and when it was last made sure that they are still there. */
export function rememberManager(
  manager: ManagerFound,
  memory: Memory,
  assigned: readonly number[],
  now: string,
): Pick<Memory, 'em' | 'emChecked'> {
  if (manager.kind !== 'known') {
    const { em, emChecked } = memory;
    return manager.lost ? { em: null, emChecked: null } : { em, emChecked };
  }
  const { person, reason, checked, command } = manager;
  const kept = memory.em !== null && isSame(memory.em, person) ? memory.em.said : undefined;
  const said = command === undefined ? kept : { command, before: memory.em };
  const em = { username: person.username, reason, ...(said ? { said } : {}) };
  if (assigned.includes(person.id)) return { em, emChecked: null };
  return { em, emChecked: checked ? now : (memory.emChecked ?? now) };
}

/**
 * As if `undo` had come before the command that named the manager: who it was before is recorded again, and
 * may be assigned again where only our own write had put them off.
 */
export function unsayManager(memory: Memory, undone: readonly string[]): Memory {
  const { em, displaced } = memory;
  if (!em?.said || !undone.includes(em.said.command)) return memory;
  const refused = memory.refused.filter((id) => id !== displaced?.id);
  return { ...memory, em: em.said.before, emChecked: null, refused };
}
