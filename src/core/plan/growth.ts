/** Keeps what is remembered small enough for a comment, however long an issue lives: settled things go first. */
import type { Memory, Verdict } from './memory.ts';

/** Newest acts that can be taken back. */
const mostActs = 20;
/** Newest moves that the comment lists. */
const mostMoves = 200;
/** Newest verdicts. */
const mostVerdicts = 2500;
/** Older verdicts that say no, that were taken back or are on an approval: without them an old command could begin to count. */
const mostOldRefusals = 1500;

/**
 * The same memory within bounds. A command whose verdict goes is one that counts: it is judged again as it
 * stands, `settled` says that what it did once is done and that it gets no reply.
 */
export function withinBounds(memory: Memory): Memory {
  const { acts, history, verdicts, settled } = memory;
  const byAge = Object.entries(verdicts).toSorted(([a], [b]) => noteOf(a) - noteOf(b));
  const recent = byAge.filter(([id]) => noteOf(id) > settled);
  const surplus = recent.length - mostVerdicts;
  const until = surplus > 0 ? noteOf(recent[surplus - 1]?.[0] ?? '') : 0;
  const old = Math.max(settled, until);
  const refusals = byAge.filter(([id, verdict]) => noteOf(id) <= old && saysNo(verdict));
  const kept = new Set(refusals.slice(-mostOldRefusals).map(([id]) => id));
  return {
    ...memory,
    acts: acts.slice(-mostActs),
    history: history.slice(-mostMoves),
    verdicts: Object.fromEntries(
      Object.entries(verdicts).filter(([id]) => noteOf(id) > old || kept.has(id)),
    ),
    settled: old,
  };
}

function saysNo({ accepted, undone, given }: Verdict): boolean {
  return !accepted || undone === true || given !== undefined;
}

/** `note:line` */
function noteOf(id: string): number {
  return Number(id.split(':')[0]);
}
