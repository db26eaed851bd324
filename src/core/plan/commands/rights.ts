/** Who may use a command: by role in the project, by role on the issue, or by name (`interfaces.md` §8). */
import type { Note, Reading } from '../../model.ts';
import type { CommandSpec, Policy } from '../../policy.ts';
import type { Known } from '../lookups.ts';
import { form, quote } from './context.ts';
import { hasIssueRole, type RolesAsked } from './issue-roles.ts';
import type { Order } from './order.ts';

interface Asking extends RolesAsked {
  readonly policy: Policy;
  readonly known: Known;
  readonly note: Note;
  readonly spec: CommandSpec;
  readonly order: Order;
  readonly described: Reading;
}

/** Null: may. Undefined: their role has to be looked up first. Else the missing right, by name. */
export function whyNotAllowed(asking: Asking): string | null | undefined {
  const { policy, known, note, spec, order } = asking;
  const right = policy.commandRights.get(spec.right);
  if (!right) return `Nobody may use ${form(spec.id)} here; the policy gives nobody that right.`;
  if (right.approvers && order.kind === 'approve') return whyNoApprover(order.approval, asking);
  const level = known.role(note.author.id);
  if (level === undefined) return undefined;
  // Whoever may not even answer has no say here, whatever the description calls them.
  const least = policy.commandRights.get('answer')?.level ?? 0;
  const onIssue = right.also.some((role) => hasIssueRole(role, asking));
  if (onIssue && level !== null && level >= least) return null;
  if (right.level !== undefined && level !== null && level >= right.level) return null;
  const late = right.also.length > 0 ? namedLate(asking) : null;
  const how =
    late === null
      ? 'One of them can repeat the line.'
      : `The description names you, but not since I first read it, and such a row gives no right; one of them can write ${form(`assign ${late} @${note.author.username}`)}.`;
  return `${form(spec.form)} is for ${right.said}. ${how}`;
}

/** The role for which the description has come to name the author since our first look; null: none. */
function namedLate({ policy, memory, described, note }: Asking): string | null {
  const { username, id } = note.author;
  const late = policy.roles.find(({ id: role, field }) => {
    const { state, value } = (field !== null && described.answers.get(field)) || {};
    const named = state === 'answered' && String(value).toLowerCase() === username.toLowerCase();
    return named && memory.wrote !== null && memory.wrote[role] !== id;
  });
  return late?.id ?? null;
}

function whyNoApprover(approval: string, { policy, note }: Asking): string | null {
  const named = policy.people.approvers.get(approval) ?? [];
  const title = policy.approvals.find(({ id }) => id === approval)?.title ?? approval;
  const name = note.author.username.toLowerCase();
  if (named.some((username) => username.toLowerCase() === name)) {
    if (note.updatedAt === note.createdAt) return null;
    return 'An approval counts only in a comment that was not edited. Please write it in a new one.';
  }
  if (named.length === 0) {
    return `Nobody is named in the policy yet who approves for ${title}; somebody who keeps the policy can add them.`;
  }
  const who = named.map((username) => quote(`@${username}`)).join(', ');
  return `An approval for ${title} counts only from ${who}.`;
}
