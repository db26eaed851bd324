/** What the comment says about stages, pauses, endings, commands and approvals. */
import type { OpenQuestion } from '../model.ts';
import type { CommentView, Ended, Move, OfferView, Pause } from '../say/view.ts';
import type { Judged } from './commands/judge.ts';
import type { ViewInput } from './view-input.ts';

type Moved = Pick<
  ViewInput,
  'policy' | 'issue' | 'move' | 'judged' | 'offers' | 'ending' | 'internal' | 'now'
>;

export function viewMoves({ move, judged, internal }: Moved): readonly Move[] {
  return move.history.map(({ stage, at, by, gaps, command, undo }) => ({
    stage,
    at,
    by: by === null ? 'bot' : by === '' ? 'person' : { username: by },
    gaps: gaps ?? [],
    reason: reasonOf(command, judged, internal),
    ...(undo ? { undo } : {}),
  }));
}

/** Null while the issue is on its way. */
export function viewPause({ move, judged, internal, now }: Moved): Pause | null {
  const { hold } = move;
  if (!hold) return null;
  return {
    until: hold.until,
    due: hold.until !== null && hold.until <= now.slice(0, 10),
    by: authorOf(hold.command, judged),
    reason: reasonOf(hold.command, judged, internal),
  };
}

/** Null while the issue has not ended. */
export function viewEnded({ ending, judged, internal, issue }: Moved): Ended | null {
  if (ending.key === null) return null;
  const command = ending.outcome?.command ?? null;
  return {
    outcome: ending.key,
    by: authorOf(command, judged),
    reason: reasonOf(command, judged, internal),
    closed: issue.state === 'closed' || ending.close,
  };
}

/** Answers in comments to questions that are open here. */
export function viewOffers(
  { offers, internal }: Moved,
  open: readonly OpenQuestion[],
): ReadonlyMap<string, OfferView> {
  return new Map(
    open.flatMap(({ field }): [string, OfferView][] => {
      const offer = offers.byField.get(field);
      if (!offer?.note) return [];
      const hidden = offer.note.internal && !internal;
      return [[field, { text: hidden ? null : offer.text, by: offer.note.author.username }]];
    }),
  );
}

/** Asked for in this stage; the delivery team's summary stands from the end of the road on. */
export function viewShow({
  policy,
  move,
  judged,
  ending,
}: Moved): NonNullable<CommentView['show']> {
  const asked = (kind: string): boolean =>
    judged.some(
      ({ order, verdict, fresh }) =>
        order?.kind === kind && (fresh || verdict.stage === (move.stage ?? '')),
    );
  const done = policy.stages.find(({ id }) => id === move.stage)?.done === true;
  return { help: asked('help'), explain: asked('explain'), handOff: done || ending.key === 'won' };
}

function authorOf(command: string | null | undefined, judged: readonly Judged[]): string | null {
  return judged.find(({ id }) => id === command)?.note.author.username ?? null;
}

/** People's words, '' where there are none or where they were said internally. */
function reasonOf(
  command: string | null | undefined,
  judged: readonly Judged[],
  internal: boolean,
): string {
  const found = judged.find(({ id }) => id === command);
  if (!found?.order || !('reason' in found.order)) return '';
  return found.note.internal && !internal ? '' : found.order.reason;
}
