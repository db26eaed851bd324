/** Why somebody who was named cannot be assigned or called (`domain.md` §8.8 L15), and how that is said. */
import type { PersonFacts } from '../model.ts';

export type Trouble = 'unknown' | 'blocked' | 'outside';

export const troubleSaid: Readonly<Record<Trouble, string>> = {
  unknown: 'is unknown to GitLab',
  blocked: 'is blocked',
  outside: 'is not a member of this project',
};

/** Null when nothing stands in the way. */
export function troubleOf(facts: PersonFacts | null): Trouble | null {
  if (!facts) return 'unknown';
  if (!facts.active) return 'blocked';
  return facts.accessLevel === null ? 'outside' : null;
}
