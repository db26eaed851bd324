/** Status comments under other users' names: of an earlier user of the bot whom the policy does not name, or copied. */
import type { ForeignMark, IssueState, Person } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readMemory } from './memory-note.ts';
import { isStatus, oursBy } from './own-notes.ts';

/** Each author once, in the order of their comments. `key`: what signs the memory; null: it is not known here. */
export function findForeignMarks(
  { ref, notes }: Pick<IssueState, 'ref' | 'notes'>,
  bot: Person,
  policy: Policy,
  key: string | null,
): readonly ForeignMark[] {
  const isOurs = oursBy(bot, policy);
  const found = new Map<number, ForeignMark>();
  for (const { author, body } of notes.filter((note) => isStatus(note) && !isOurs(note))) {
    const signed = key !== null && readMemory(body, ref, key)?.by === author.id;
    found.set(author.id, { author, signed: signed || found.get(author.id)?.signed === true });
  }
  return [...found.values()];
}
