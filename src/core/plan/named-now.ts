/** Which roles a command to be carried out now gives to somebody. */
import type { Answers, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Judged } from './commands/judge.ts';
import type { People } from './people.ts';

/** Role → the command, `note:line`. */
export function findNamedNow(
  policy: Policy,
  answers: Answers,
  judged: readonly Judged[],
): ReadonlyMap<Role, string> {
  const now = new Set(judged.flatMap(({ id, fresh }) => (fresh ? [id] : [])));
  return new Map(
    policy.roles.flatMap(({ id: role, field }): [Role, string][] => {
      const where = field === null ? null : answers.get(field)?.where;
      if (where?.kind !== 'command' || !where.note) return [];
      const command = `${where.note.id}:${where.line ?? 0}`;
      return now.has(command) ? [[role, command]] : [];
    }),
  );
}

/** The same by person: user id → the command. */
export function asPersons(
  named: ReadonlyMap<Role, string>,
  { byRole }: People,
): ReadonlyMap<number, string> {
  return new Map(
    [...named].flatMap(([role, command]): [number, string][] => {
      const person = byRole.get(role)?.person;
      return person ? [[person.id, command]] : [];
    }),
  );
}
