/** What commands do on an issue that is closed: help and explain are shown, the rest is seen and never done (`rulings.md` 18). */
import type { Memory } from '../memory.ts';
import type { Judged } from './judge.ts';

/**
 * What is read at the look that finds the issue closed may have been written while it was open, so it counts;
 * from then on nothing new does, also not once the issue is opened again.
 */
export function hearClosed(
  judged: readonly Judged[],
  { closedAt }: Pick<Memory, 'closedAt'>,
): readonly Judged[] {
  if (closedAt === null) return judged;
  return judged.map((each) => {
    const { fresh, order, verdict } = each;
    if (!fresh || !order || order.kind === 'help' || order.kind === 'explain') return each;
    return { ...each, order: null, verdict: { ...verdict, accepted: false } };
  });
}
