/** What `undo` takes back: the newest things the bot did here, one for each time it is asked (`interfaces.md` §5). */
import type { AssigneeChange } from './assignees.ts';
import { form } from './commands/context.ts';
import type { Judged } from './commands/judge.ts';
import { isOnce, type Order } from './commands/order.ts';
import type { Act, Memory, TookBack } from './memory.ts';

/** An approval is taken back by whoever gave it; a look takes nothing back, nor does another `undo`. */
const kept: ReadonlySet<string> = new Set(['approve', 'help', 'explain', 'recheck', 'undo']);

/** What changes nothing is not the newest thing that was done. */
const looks: ReadonlySet<string> = new Set(['help', 'explain', 'recheck', 'undo']);

/** The acts up to now, oldest first. */
export interface ActsUntilNow {
  /** Remembered; a person's drag overtakes ours. */
  readonly remembered: readonly Act[];
  /** Done just before we were stopped. */
  readonly since: readonly Act[];
}

export interface Undoing {
  /** The command that asked → what it takes back. */
  readonly taken: ReadonlyMap<string, Act>;
  /** What was ordered last now: a command taken back; null: something else; undefined: nothing. */
  readonly newest: TookBack | null | undefined;
  /** The acts that are left. */
  readonly left: readonly Act[];
  readonly refusals: ReadonlyMap<string, string>;
  /** The commands as they count without those taken back. */
  readonly judged: readonly Judged[];
}

/**
 * `acts`: done until now. `doneUntil`: moves ordered until then are among them already, because we were
 * stopped after they were made. What a person changed since is not taken back.
 */
export function planUndo(
  judged: readonly Judged[],
  acts: ActsUntilNow,
  doneUntil: string | null,
): Undoing {
  const left = [...acts.remembered, ...acts.since];
  // What was said before we were stopped comes before what it led to.
  let since = acts.since.length;
  const taken = new Map<string, Act>();
  const refusals = new Map<string, string>();
  let newest: TookBack | null | undefined;
  for (const { id, order, fresh, note } of judged) {
    if (!order || !fresh) continue;
    const before = doneUntil !== null && note.createdAt <= doneUntil;
    if (!before) since = 0;
    if (!looks.has(order.kind)) newest = null;
    if (!kept.has(order.kind) && !(before && isOnce(order))) {
      left.splice(left.length - since, 0, { kind: 'command', id });
    }
    if (order.kind !== 'undo') continue;
    // Whom the undoing itself brought in, before we were stopped, is not what it takes back.
    const skipped = since > 0 && left.at(-1)?.kind === 'assign' ? 1 : 0;
    const at = left.length - 1 - skipped;
    const why = whyNot(left[at]);
    const [act] = why === null ? left.splice(at, 1) : [];
    if (act && since > skipped) since -= 1;
    if (act) {
      taken.set(id, act);
      newest = act.kind === 'command' ? { undo: id, command: act.id } : null;
    } else if (why !== null) refusals.set(id, why);
  }
  const undone = new Set(
    [...taken.values()].flatMap((act) => (act.kind === 'command' ? act.id : [])),
  );
  return {
    taken,
    newest,
    // A move that is ordered now is remembered once it was made.
    left: left.filter((act) => act.kind !== 'command' || !isOnceIn(judged, act.id)),
    refusals,
    judged: judged.map((each) =>
      undone.has(each.id)
        ? { ...each, order: null, verdict: { ...each.verdict, undone: true } }
        : each,
    ),
  };
}

/** The acts as they stand after a person chose the stage or pause: those of ours on it are theirs now. */
export function overtake(acts: readonly Act[]): readonly Act[] {
  return acts.map((act) =>
    act.kind === 'move' || act.kind === 'hold' ? { ...act, over: true } : act,
  );
}

/** Whom an undone act had assigned: by our own choice, or with the command. */
export function undoneAssignments(
  undone: readonly Act[],
  { placed }: Pick<Memory, 'placed'>,
): readonly number[] {
  return undone.flatMap((act) => {
    if (act.kind === 'assign') return act.ids;
    if (act.kind !== 'command') return [];
    return Object.entries(placed).flatMap(([id, by]) => (by === act.id ? [Number(id)] : []));
  });
}

/**
 * Whoever a command names is assigned with it, which is undone with it, and taking back is nothing done:
 * neither is an act of its own.
 */
export function assignedByChoice(
  { added, memory: { placed } }: AssigneeChange,
  broughtBack: number | null,
): readonly Act[] {
  const ids = added.flatMap(({ id }) => (placed[id] === '' && id !== broughtBack ? [id] : []));
  return ids.length > 0 ? [{ kind: 'assign', ids }] : [];
}

/** Null when it can be taken back. */
function whyNot(act: Act | undefined): string | null {
  if (!act) return 'There is nothing of mine here that I could take back.';
  if (act.kind === 'ending') {
    return 'The last thing I did was to close this issue, and a person has opened it again since; there is nothing more to take back.';
  }
  if ((act.kind === 'move' || act.kind === 'hold') && act.over) {
    return `The last thing I did was a move, and a person has moved the issue since, so I leave it. To move it back: ${form('back STAGE REASON')}.`;
  }
  return null;
}

function isOnceIn(judged: readonly Judged[], id: string): boolean {
  const order: Order | null | undefined = judged.find((each) => each.id === id)?.order;
  return order ? isOnce(order) : false;
}
