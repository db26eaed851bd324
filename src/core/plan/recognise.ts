/** Whether an issue is a scoping issue, and whether we are to keep our hands off it. */
import { foldLabel } from '../label-spelling.ts';
import type { IssueState } from '../model.ts';
import type { Policy } from '../policy.ts';
import { titleMatches } from '../read/title.ts';

/** The hidden line of our own templates; `writeTemplate` writes it. */
const templateMarker = '<!-- scoping-bot:template';

/**
 * Null when the issue is ours to work on, else the reason why not.
 * An issue that carries our signed comment stays ours (`rulings.md` 29).
 */
export function whyHandsOff(issue: IssueState, policy: Policy, ours: boolean): string | null {
  // A closed issue of ours still answers `help` and `explain` (`rulings.md` 18).
  if (issue.state === 'closed' && !ours) return 'the issue is closed';
  const ignore = issue.labels.find((label) => foldLabel(label) === foldLabel(policy.ignoreLabel));
  if (ignore !== undefined) return `the label ${ignore} is set`;
  if (ours || isScopingIssue(issue, policy)) return null;
  return 'nothing marks it as a scoping issue (label, title or template)';
}

/** Any one of the policy's marks is enough (`interfaces.md` §7, `recognise`). */
export function isScopingIssue(
  issue: Pick<IssueState, 'title' | 'labels' | 'description'>,
  policy: Policy,
): boolean {
  const { labels, title, template } = policy.recognise;
  const names = new Set(labels.map(foldLabel));
  return (
    issue.labels.some((label) => names.has(foldLabel(label))) ||
    title.some((pattern) => titleMatches(pattern, issue.title)) ||
    (template && issue.description.includes(templateMarker))
  );
}
