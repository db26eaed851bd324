/** Who is called by name in the comment, and who is only named (`rulings.md` 25, `domain.md` §8.8 L10). */
import type { Assessment, Person, Role } from '../model.ts';
import type { Memory } from './memory.ts';
import type { People } from './people.ts';

/** Whose move it is, may be called, and was not called for this stage before. */
export function findLive(
  people: People,
  movers: readonly Role[],
  { callable }: Pick<Assessment, 'callable'>,
  stage: string | null,
  memory: Memory,
  botId: number,
): readonly number[] {
  const earlier = mentionedIn(stage, memory);
  const ids = personsOf(people, movers)
    .filter((person) => mayBeCalled(person, callable))
    .map(({ id }) => id);
  return [...new Set(ids)].filter(
    (id) => id !== botId && (!earlier.includes(id) || memory.live.includes(id)),
  );
}

/** With whoever is called now. */
export function rememberMentioned(
  memory: Memory,
  stage: string | null,
  live: readonly number[],
): Memory['mentioned'] {
  const all = [...new Set([...mentionedIn(stage, memory), ...live])];
  return { ...memory.mentioned, [stage ?? '']: all };
}

function mentionedIn(stage: string | null, { mentioned }: Memory): readonly number[] {
  return (Object.hasOwn(mentioned, stage ?? '') && mentioned[stage ?? '']) || [];
}

/** Whose move it is, and whom the policy does not let us call on such an issue. */
export function keptQuiet(
  people: People,
  movers: readonly Role[],
  { callable, lead }: Pick<Assessment, 'callable' | 'lead'>,
): readonly Person[] {
  const called = movers.filter((role) => !lead.candidates?.includes(role));
  return personsOf(people, called).filter((person) => !mayBeCalled(person, callable));
}

function personsOf({ byRole }: People, movers: readonly Role[]): readonly Person[] {
  return movers.flatMap((role) => byRole.get(role)?.person ?? []);
}

function mayBeCalled({ username }: Person, callable: Assessment['callable']): boolean {
  return callable === null || callable.includes(username.toLowerCase());
}
