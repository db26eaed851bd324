/** The people of the policy: known to GitLab, active, on leave, members of the served projects. */
import type { Policy } from '../core/policy.ts';
import { type Finding, findingsOn } from './finding.ts';

/** Every username that the policy names as one who is chosen, called or asked, in the order in which they stand there. */
export function peopleOf({ people }: Policy): readonly string[] {
  const names = [
    ...people.engagementManagers.map(({ username }) => username),
    ...[...people.byRole.values()].flat(),
    ...[...people.approvers.values()].flat(),
    ...people.mentionOnly.flatMap(({ usernames }) => usernames),
    ...people.leave.map(({ username }) => username),
  ];
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

/** `facts`: by lower-case username; null: GitLab knows nobody of that name. `today`: `YYYY-MM-DD`. */
export function checkPeople(
  policy: Policy,
  facts: ReadonlyMap<string, { readonly active: boolean } | null>,
  today: string,
): readonly Finding[] {
  const { fine, info, warning, failed } = findingsOn();
  const names = peopleOf(policy);
  if (names.length === 0) {
    return [
      warning(
        'people',
        'the policy names nobody, so nobody can be assigned or asked to approve',
        'name them under people: in your policy file (POLICY)',
      ),
    ];
  }
  const of = (name: string) => facts.get(name.toLowerCase()) ?? null;
  const unknown = names.filter((name) => of(name) === null);
  const blocked = names.filter((name) => of(name)?.active === false);
  const away = policy.people.leave.filter(({ from, until }) => from <= today && today <= until);
  const findings = [
    ...(unknown.length === 0
      ? []
      : [
          failed(
            'people at GitLab',
            `GitLab knows nobody called ${list(unknown)}`,
            'correct the usernames under people: in your policy file (POLICY)',
          ),
        ]),
    ...(blocked.length === 0
      ? []
      : [
          failed(
            'people active',
            `blocked or deactivated: ${list(blocked)}`,
            'take them out of people: in your policy file (POLICY), or let an administrator activate them',
          ),
        ]),
  ];
  const known = names.length - unknown.length;
  return [
    ...(findings.length > 0 ? findings : [fine('people', `${known} in the policy, all active`)]),
    ...(away.length === 0
      ? []
      : [
          info(
            'people on leave',
            away.map(({ username, until }) => `@${username} until ${until}`).join(', '),
          ),
        ]),
  ];
}

/** `members`: lower-case usernames. Those who are unknown or blocked anyway are told once, by `checkPeople`. */
export function checkMembers(
  project: string,
  people: readonly string[],
  members: ReadonlySet<string>,
): Finding {
  const { fine, failed } = findingsOn(project);
  const strangers = people.filter((name) => !members.has(name.toLowerCase()));
  if (people.length === 0) return fine('members', 'nobody to look for');
  return strangers.length === 0
    ? fine('members', `${people.length} of the policy's people, all members`)
    : failed(
        'members',
        `not members: ${list(strangers)}, so GitLab lets nobody assign them here`,
        'let a maintainer invite them (Manage → Members, role Developer; Planner to answer only), or take them out of people: in your policy file',
      );
}

function list(names: readonly string[]): string {
  return names.map((name) => `@${name}`).join(', ');
}
