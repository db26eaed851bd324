/** Whether somebody has a role on the issue itself when their command is judged (`interfaces.md` §8). */
import type { Note } from '../../model.ts';
import type { Memory } from '../memory.ts';
import type { Order } from './order.ts';

export interface RolesAsked {
  readonly memory: Memory;
  /** Without memory: who has a role by what the issue shows; null while that is not known. */
  readonly shownRoles: Memory['roleIds'] | null;
  /** Notes that we have answered. */
  readonly replied: ReadonlySet<number>;
  readonly note: Note;
  /** The commands before this one. */
  readonly before: readonly { readonly order: Order | null }[];
}

/**
 * By memory; without it by what the issue shows and by who was named before the command. A comment that
 * has a reply of ours was refused once and gets no right by this: nobody gains by our forgetting.
 */
export function hasIssueRole(role: string, asked: RolesAsked): boolean {
  const { memory, shownRoles, replied, note, before } = asked;
  if (memory.known) return memory.roleIds[role] === note.author.id;
  if (replied.has(note.id)) return false;
  return (
    shownRoles?.[role] === note.author.id ||
    namedBefore(role, before) === note.author.username.toLowerCase()
  );
}

/** Whom the last accepted `lead` or `assign` of this role named; null: nobody. */
function namedBefore(role: string, before: RolesAsked['before']): string | null {
  const last = before.findLast(({ order }) => {
    if (order?.kind === 'lead') return role === 'lead' || order.role === role;
    return order?.kind === 'assign' && order.role === role;
  });
  if (last?.order?.kind !== 'lead' && last?.order?.kind !== 'assign') return null;
  return last.order.answers[0]?.text.replace(/^@/u, '').toLowerCase() ?? null;
}
