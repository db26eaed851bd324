/** Who may use a command: by role in the project, by role on the issue, or by name (`interfaces.md` §8). */
import type { Note } from '../../model.ts';
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
  return `${form(spec.form)} is for ${right.said}. One of them can repeat the line.`;
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
