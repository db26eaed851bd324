/** A served project: is it there, are issues on, what is the bot's role, what does the plan allow. */
import type { MemberFacts, ProjectFacts } from '../gitlab/doctor/project.ts';
import { type Finding, findingsOn } from './finding.ts';
import { isBefore, type Version } from './version.ts';

const PLANNER = 15;
const REPORTER = 20;
const MAINTAINER = 40;
const PLANNER_SINCE: Version = [17, 7];
const SOON_DAYS = 30;
const DAY_MS = 24 * 3_600_000;

const roles: readonly (readonly [level: number, name: string])[] = [
  [50, 'Owner'],
  [MAINTAINER, 'Maintainer'],
  [30, 'Developer'],
  [25, 'Security Manager'],
  [REPORTER, 'Reporter'],
  [PLANNER, 'Planner'],
  [10, 'Guest'],
  [5, 'Minimal access'],
];

/** `name`: as it stands in PROJECTS or the policy. */
export function checkMissing(name: string, username: string): Finding {
  return findingsOn(name).failed(
    'project',
    'GitLab shows no such project: it is not there, or not for this token',
    `correct PROJECTS (or projects in the policy), or let a maintainer there make @${username} a member (Manage → Members) with role Reporter`,
  );
}

export function checkProject(name: string, project: ProjectFacts): readonly Finding[] {
  const { fine, warning, failed } = findingsOn(project.path);
  if (project.archived) {
    return [
      failed(
        'project',
        'archived: nothing can be written there',
        'take it out of PROJECTS, or let an owner unarchive it (Settings → General → Advanced)',
      ),
    ];
  }
  const moved = !/^\d+$/.test(name) && name.toLowerCase() !== project.path.toLowerCase();
  return [
    moved
      ? warning(
          'project',
          `there, but not called ${name} any more`,
          `write ${project.path} instead, in PROJECTS or in the policy`,
        )
      : fine('project', `there, with id ${project.id}`),
    project.issuesEnabled
      ? fine('issues', 'switched on')
      : failed(
          'issues',
          'switched off',
          'let a maintainer switch them on (Settings → General → Visibility, project features, permissions)',
        ),
  ];
}

/** `me`: null when the bot is no member; `now`: milliseconds since 1970. */
export function checkRole(
  { path }: Pick<ProjectFacts, 'path'>,
  me: MemberFacts | null,
  bot: string,
  version: Version | null,
  now: number,
): Finding {
  const { fine, warning, failed } = findingsOn(path);
  const planner = version === null || !isBefore(version, PLANNER_SINCE);
  const give = `let a maintainer give @${bot} the role ${planner ? 'Planner or Reporter' : 'Reporter'} (Manage → Members)`;
  if (me === null) return failed('role', `@${bot} is not a member`, give);
  const role = roleName(me.level);
  if (me.level < (planner ? PLANNER : REPORTER)) {
    const found = `@${bot} is ${role}: it may not set labels and assignees, nor see confidential issues and internal notes`;
    return failed('role', found, give);
  }
  const days = me.expiresAt === null ? null : (Date.parse(me.expiresAt) - now) / DAY_MS;
  if (days !== null && days < SOON_DAYS) {
    return warning(
      'role',
      `@${bot} is ${role}, until ${me.expiresAt}`,
      'let a maintainer move the end of the membership (Manage → Members)',
    );
  }
  return fine('role', `@${bot} is ${role}`);
}

/** A person's own account with more than the bot needs: told and nothing more, for it may be the bot's on purpose. */
export function checkOwner(
  { path }: Pick<ProjectFacts, 'path'>,
  me: MemberFacts | null,
  { username, isBot }: { readonly username: string; readonly isBot: boolean | null },
): Finding | null {
  if (isBot !== false || me === null || me.level < MAINTAINER) return null;
  const found = `@${username} is a person's account for GitLab, and ${roleName(me.level)}: if it is yours, give the bot a user of its own with role Reporter before it runs (README, "A smaller token for running")`;
  return findingsOn(path).info('whose account', found);
}

export function roleName(level: number): string {
  return roles.find(([from]) => level >= from)?.[1] ?? `access level ${level}`;
}

/** `enterprise` false: a Community Edition, which has no paid plan. */
export function checkTier({ path, paid }: ProjectFacts, enterprise: boolean | null): Finding {
  const { fine, info } = findingsOn(path);
  if (enterprise === false || paid === false) {
    return info(
      'tier',
      'as on Free: one assignee an issue (the first of assignment.assign in the policy), scoped labels are not exclusive, the bot takes the others off itself',
    );
  }
  return paid === null
    ? info('tier', 'not to be told; what GitLab really set is read after each write')
    : fine('tier', 'Premium or above: several assignees, exclusive scoped labels');
}
