/** Whose role on the issue gives them rights: whoever was put there by somebody who may, by the policy, or by the issue as it was first read. */

import type { Answer, Answers, Assessment, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import { roleField } from '../role-field.ts';
import type { Memory } from './memory.ts';
import type { People } from './people.ts';

/**
 * Who may move the issue although their role in the project would not do. Anybody from the role Planner up
 * edits a description, so a row that came or changed after our first look gives its person no right: a
 * command does (`assign`, `lead`), and so does the policy's own list for that role.
 */
export function rememberRoles(
  policy: Policy,
  people: People,
  { answers, lead }: Assessment,
  { wrote }: Memory,
): Pick<Memory, 'roleIds'> & { readonly wrote: Readonly<Record<string, number>> } {
  const written = wrote ?? findWritten(policy, people, answers);
  const ids = [...people.byRole].flatMap(([role, { person, inferred }]): [string, number][] => {
    if (!person || inferred) return [];
    const given =
      written[role] === person.id ||
      isListed(policy, role, person.username) ||
      isCommanded(policy, role, person.username, answers);
    return given ? [[role, person.id]] : [];
  });
  const leader = ids.find(([role]) => role === lead.role)?.[1];
  const roleIds = Object.fromEntries(leader === undefined ? ids : [...ids, ['lead', leader]]);
  return { roleIds, wrote: written };
}

/** Whom the description itself names: role → user id. */
function findWritten(
  policy: Policy,
  { byRole }: People,
  answers: Answers,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    policy.roles.flatMap(({ id: role, field }): [string, number][] => {
      const said = field === null ? undefined : answers.get(field);
      const person = byRole.get(role)?.person;
      if (!person || !said || said.where?.kind === 'command') return [];
      return names(said, person.username) ? [[role, person.id]] : [];
    }),
  );
}

function isListed({ people }: Policy, role: Role, username: string): boolean {
  const managers = role === 'em' ? people.engagementManagers.map((each) => each.username) : [];
  const listed = [...managers, ...(people.byRole.get(role) ?? [])];
  return listed.some((each) => each.toLowerCase() === username.toLowerCase());
}

function isCommanded(policy: Policy, role: Role, username: string, answers: Answers): boolean {
  const field = roleField(policy, role);
  const said = field === null ? undefined : answers.get(field);
  return said?.where?.kind === 'command' && names(said, username);
}

function names({ state, value }: Answer, username: string): boolean {
  return state === 'answered' && String(value).toLowerCase() === username.toLowerCase();
}
