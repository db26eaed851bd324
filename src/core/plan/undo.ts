/** What `undo` takes back: the newest things the bot did here, one for each time it is asked (`interfaces.md` §5). */
import type { Judged } from './commands/judge.ts';
import { isOnce } from './commands/order.ts';
import type { Act } from './memory.ts';

/** An approval is taken back by whoever gave it; a look takes nothing back. */
const kept: ReadonlySet<string> = new Set(['approve', 'help', 'explain', 'recheck']);

export interface Undoing {
  /** The command that asked → what it takes back. */
  readonly taken: ReadonlyMap<string, Act>;
  /** The acts that are left. */
  readonly left: readonly Act[];
  readonly refusals: ReadonlyMap<string, string>;
  /** The commands as they count without those taken back. */
  readonly judged: readonly Judged[];
}

export function planUndo(judged: readonly Judged[], acts: readonly Act[]): Undoing {
  const left = [...acts];
  const taken = new Map<string, Act>();
  const refusals = new Map<string, string>();
  for (const { id, order, fresh } of judged) {
    if (!order || !fresh) continue;
    if (!isOnce(order) && !kept.has(order.kind)) left.push({ kind: 'command', id });
    if (order.kind !== 'undo') continue;
    const act = left.pop();
    if (act) taken.set(id, act);
    else refusals.set(id, 'There is nothing of mine here that I could take back.');
  }
  const undone = new Set(
    [...taken.values()].flatMap((act) => (act.kind === 'command' ? act.id : [])),
  );
  return {
    taken,
    left,
    refusals,
    judged: judged.map((each) =>
      undone.has(each.id)
        ? { ...each, order: null, verdict: { ...each.verdict, undone: true } }
        : each,
    ),
  };
}
