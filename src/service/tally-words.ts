/** Under which words an issue is counted for `/metrics`: its stage and the questions that are open on it. */
import type { Outcome } from '../reconcile.ts';

/** Ids of the policy only, as `stage:proposal` and `gap:users_planned`; none for an issue that is closed or not ours. */
export function tallyWords(outcome: Outcome): readonly string[] {
  if (outcome.kind !== 'planned' || outcome.issue.state === 'closed') return [];
  const { stage, open } = outcome.assessment;
  return [`stage:${stage.current ?? 'none'}`, ...open.map(({ field }) => `gap:${field}`)];
}

/** The counts of those words, apart. */
export function readTally(counts: ReadonlyMap<string, number>): {
  readonly stages: ReadonlyMap<string, number>;
  readonly gaps: ReadonlyMap<string, number>;
} {
  return { stages: startingWith('stage:', counts), gaps: startingWith('gap:', counts) };
}

function startingWith(
  prefix: string,
  counts: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const found = [...counts].filter(([word]) => word.startsWith(prefix));
  return new Map(found.map(([word, count]) => [word.slice(prefix.length), count]));
}
