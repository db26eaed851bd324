/** What stages, roles and people are called in a sentence. */
import type { Owner, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import { inertInline } from './inert.ts';
import type { CommentView, RoleView } from './view.ts';

const USERNAME = /^[\w](?:[\w.-]*[\w])?$/;
const NAME_LENGTH = 60;

/** Used for roles that the policy does not list. */
const ROLE_TITLES: Readonly<Record<Owner, string>> = {
  sa: 'Solutions architect',
  csm: 'Customer success manager',
  ae: 'Account executive',
  em: 'Engagement manager',
  ta: 'Technical architect',
  coordinator: 'Coordinator',
  customer: 'Customer',
  lead: 'Whoever leads discovery',
};

export function roleTitle(role: Owner, policy: Policy): string {
  return policy.roles.find(({ id }) => id === role)?.title ?? ROLE_TITLES[role];
}

export function stageTitle(id: string | null, policy: Policy): string {
  const stage = policy.stages.find((candidate) => candidate.id === id);
  return stage?.title ?? id ?? policy.stages[0]?.title ?? '';
}

/** `@name` as code: names a person without calling them. */
export function quietName(username: string): string {
  return inertInline(`@${username.replace(/^@/, '')}`, NAME_LENGTH);
}

/** A live mention when the view allows it; only here does a comment call anybody. */
export function mention(person: Extract<RoleView, { username: string }>): string {
  const live = person.mention && person.known && USERNAME.test(person.username);
  return live ? `@${person.username}` : quietName(person.username);
}

export function personOf(
  role: Owner,
  roles: CommentView['roles'],
): Extract<RoleView, { username: string }> | null {
  const found = role === 'lead' ? undefined : roles.get(role as Role);
  return found && found.username !== null ? found : null;
}
