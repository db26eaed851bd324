/** What a look at an issue came to, as `plan` and `replay` tell it: lines for people, and data. */
import type { Change, Reach } from '../core/model.ts';
import type { Policy } from '../core/policy.ts';
import type { Outcome } from '../reconcile.ts';
import { toCheckJson } from './check-json.ts';
import { paint } from './paint.ts';

type Shown = Exclude<Outcome, { kind: 'gone' }>;

/** Keys may be added, none renamed. */
export function outcomeJson(outcome: Shown, policy: Policy): object {
  if (outcome.kind === 'hands_off') return { changes: [], hands_off: outcome.reason };
  const { changes, comment, assessment, issue } = outcome;
  return {
    changes,
    effects: {
      notifies_people: reaching(changes, 'notifies people'),
      visible: reaching(changes, 'visible'),
      silent: reaching(changes, 'silent'),
    },
    comment,
    ...toCheckJson(assessment, issue.title, policy),
  };
}

/** Lines for people. `names`: usernames by id of those who were looked up on the way. */
export function describeOutcome(
  outcome: Shown,
  names: ReadonlyMap<number, string>,
): readonly string[] {
  if (outcome.kind === 'hands_off') return [`The bot keeps its hands off: ${outcome.reason}.`];
  const { changes, comment, issue } = outcome;
  if (changes.length === 0) return ['Nothing to do: the issue is as it should be.'];
  const present = [issue.author, ...issue.assignees, ...issue.notes.map(({ author }) => author)];
  const known = new Map([...present.map((each) => [each.id, each.username] as const), ...names]);
  const lines = changes.flatMap((change) => [
    `${paint.bold(change.reach)}: ${change.why}`,
    ...details(change, comment, known).map((line) => `  ${line}`),
  ]);
  return [
    ...lines,
    countEffects(changes),
    '',
    paint.bold('The status comment would read:'),
    '',
    comment,
  ];
}

/** The status comment is shown once, below; everything else a change holds is shown with it. */
function details(
  change: Change,
  comment: string,
  names: ReadonlyMap<number, string>,
): readonly string[] {
  if (change.kind === 'create_note' && !change.body.startsWith(comment.trimEnd())) {
    const text = change.body.replace(/<!--.*-->/g, '').trim();
    return [
      ...(change.internal ? ['internal note'] : []),
      ...text.split('\n').map((line) => `│ ${line}`),
    ];
  }
  if (change.kind === 'link_issue') return [`issue ${change.issueIid} of this project`];
  if (change.kind !== 'issue') return [];
  const assignees = change.assigneeIds?.map((id) =>
    names.has(id) ? `@${names.get(id)}` : `user ${id}`,
  );
  return [
    ...change.addLabels.map((label) => paint.green(`+ ${label}`)),
    ...change.removeLabels.map((label) => paint.red(`- ${label}`)),
    ...(change.stateEvent ? ['closes the issue'] : []),
    ...(assignees ? [`assignees: ${assignees.join(', ') || 'nobody'}`] : []),
  ];
}

function countEffects(changes: readonly Change[]): string {
  const notifying = reaching(changes, 'notifies people');
  const counts = [
    `${notifying} ${notifying === 1 ? 'notifies' : 'notify'} people`,
    `${reaching(changes, 'visible')} visible`,
    `${reaching(changes, 'silent')} silent`,
  ];
  return `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}: ${counts.join(', ')}.`;
}

function reaching(changes: readonly Change[], wanted: Reach): number {
  return changes.filter(({ reach }) => reach === wanted).length;
}
