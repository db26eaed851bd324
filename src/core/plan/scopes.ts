/** Labels of one scope exclude each other, in one family or across several, also where GitLab lets them stand together (Free). */
import type { LabelEvent } from '../model.ts';
import type { LabelFamily, Policy } from '../policy.ts';
import type { Known } from './lookups.ts';

/** What makes GitLab keep only one of several labels; families may share it, as outcomes do with stages on some boards. */
export function scopeOf(family: LabelFamily, label: string): string {
  const end = label.lastIndexOf('::');
  return end < 0 ? `family ${family.id}` : label.slice(0, end + 2);
}

/**
 * Of several labels of one scope the one put on last counts: gives the others, each with the event that
 * replaced it; none where no event tells. Undefined when label events have to be fetched first.
 */
export function findOverruled(
  policy: Policy,
  managed: readonly string[],
  known: Known,
): ReadonlyMap<string, LabelEvent> | undefined {
  const scopes = new Map<string, string[]>();
  for (const family of policy.labels.filter(({ scoped }) => scoped)) {
    for (const label of family.names.values()) {
      if (!managed.includes(label)) continue;
      const scope = scopeOf(family, label);
      scopes.set(scope, [...(scopes.get(scope) ?? []), label]);
    }
  }
  const crowded = [...scopes.values()].filter((together) => together.length > 1);
  if (crowded.length === 0) return new Map();
  const events = known.labelEvents();
  return (
    events &&
    new Map(
      crowded.flatMap((together) => {
        const newest = events.findLast(
          ({ action, label }) => action === 'add' && together.includes(label),
        );
        if (!newest) return [];
        return together
          .filter((label) => label !== newest.label)
          .map((label): [string, LabelEvent] => [label, newest]);
      }),
    )
  );
}
