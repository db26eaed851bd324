/** Which question names the person of a role. */
import type { FieldId, Role } from './model.ts';
import type { Policy } from './policy.ts';

/** Null: nobody asks who that is. */
export function roleField({ roles }: Policy, role: Role): FieldId | null {
  return roles.find(({ id }) => id === role)?.field ?? null;
}
