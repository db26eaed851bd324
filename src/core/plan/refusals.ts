/** The commands of each comment that could not be carried out, with the reasons: one reply a comment. */
import type { Judged } from './commands/judge.ts';

/** Refused when read, or (`found`, by command) impossible when it came to doing it. */
export function withRefusals(
  judged: readonly Judged[],
  found: readonly ReadonlyMap<string, string>[],
): readonly { readonly note: Judged['note']; readonly reasons: readonly string[] }[] {
  const byNote = new Map<Judged['note'], string[]>();
  for (const { id, note, refusal } of judged) {
    const reasons = [refusal, ...found.map((map) => map.get(id) ?? null)].filter(
      (reason) => reason !== null,
    );
    if (reasons.length > 0) byNote.set(note, [...(byNote.get(note) ?? []), ...reasons]);
  }
  return [...byNote].map(([note, reasons]) => ({ note, reasons }));
}
