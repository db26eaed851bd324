/** How an issue ends: by a command of a person, or by their label; and what happens when it is opened again (`rulings.md` 18). */
import type { IssueState } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Asked } from './commands/standing.ts';
import type { Memory } from './memory.ts';

export interface Ending {
  /** To be remembered: an outcome that a command said, or the label on an issue that was closed. */
  readonly outcome: Memory['outcome'];
  readonly closedAt: string | null;
  readonly reopenedAt: string | null;
  /** Close it now. */
  readonly close: boolean;
  /** The outcome as it stands: the command's, else the one of a person's label. */
  readonly key: string | null;
}

export function findEnding(
  policy: Policy,
  issue: IssueState,
  peoplesLabels: readonly string[],
  orders: readonly Asked[],
  memory: Memory,
  now: string,
): Ending {
  const names =
    policy.labels.find(({ id }) => id === 'outcome')?.names ?? new Map<string, string>();
  const asked = orders.findLast(({ order }) => order.kind === 'outcome');
  const closed = issue.state === 'closed';
  const byLabel = [...names].find(([, name]) => peoplesLabels.includes(name))?.[0] ?? null;
  const said =
    asked?.order.kind === 'outcome'
      ? { outcome: asked.order.outcome, at: now, command: asked.id }
      : null;
  if (closed) {
    // Our own closing, after which we were stopped: its label is there, the memory is not.
    const ours = said && issue.labels.includes(names.get(said.outcome) ?? '') ? said : null;
    const standing = [...names].find(([, name]) => issue.labels.includes(name))?.[0] ?? null;
    const outcome = outcomeOf(byLabel ?? standing, memory.outcome ?? ours, now);
    const closedAt = memory.closedAt ?? now;
    const { reopenedAt } = memory;
    return { outcome, closedAt, reopenedAt, close: false, key: outcome?.outcome ?? null };
  }
  if (said) {
    return { outcome: said, closedAt: now, reopenedAt: null, close: true, key: said.outcome };
  }
  const reopened = memory.closedAt !== null || memory.outcome !== null;
  return {
    outcome: null,
    closedAt: null,
    reopenedAt: reopened ? now : memory.reopenedAt,
    close: false,
    key: byLabel,
  };
}

/** On a closed issue the label is the newest word, for only people change it there; taken off again it says nothing. */
function outcomeOf(
  byLabel: string | null,
  known: Memory['outcome'],
  now: string,
): Memory['outcome'] {
  if (byLabel === null) return known?.command === null ? null : known;
  if (known?.outcome === byLabel) return known;
  return { outcome: byLabel, at: now, command: null };
}
