/** Labels that look like an approval: they stay, and it is said who can give one (`domain.md` §8.9). */
import { foldLabel } from '../label-spelling.ts';
import type { Assessment } from '../model.ts';
import type { Approval, Policy } from '../policy.ts';
import { form, quote } from './commands/context.ts';

/** Whether the label says, in whatever spelling, that this approval was given. */
export function claims({ labels }: Pick<Approval, 'labels'>, label: string): boolean {
  return labels.some((each) => foldLabel(each) === foldLabel(label));
}

/** One sentence a label for the approvals that it seems to give and that nobody gave. `labels`: as they will stand. */
export function sayClaims(
  { approvals, people }: Policy,
  labels: readonly string[],
  { reviews }: Assessment,
): readonly string[] {
  const missing = approvals.filter(({ id }) => reviews.get(id) !== 'approved');
  return labels.flatMap((label) => {
    const claimed = missing.filter((approval) => claims(approval, label));
    if (claimed.length === 0) return [];
    const how = claimed.map(({ id, title }) => {
      const named = (people.approvers.get(id) ?? []).map((username) => quote(`@${username}`));
      const who =
        named.length === 0 ? 'somebody whom the policy has yet to name' : named.join(' or ');
      return `${form(`approve ${id}`)} by ${who} (${title})`;
    });
    return [
      `The label ${quote(label)} stays, but a label is not an approval. What counts is a comment: ${how.join('; ')}.`,
    ];
  });
}
