/** Who may see and do what: access levels as in `gitlab-platform.md` §3.1. */
import { groupsOf } from './people.ts';
import type { Issue, Note, Project, User, World } from './world.ts';

export const GUEST = 10;
export const PLANNER = 15;
export const DEVELOPER = 30;
export const MAINTAINER = 40;

/** Direct or inherited access level, whichever is higher; null for somebody who is not a member. */
export function accessLevel(world: World, project: Project, userId: number): number | null {
  const levels = [project, ...groupsOf(world, project)].flatMap((place) => {
    const level = place.members.get(userId);
    return level === undefined ? [] : [level];
  });
  return levels.length === 0 ? null : Math.max(...levels);
}

/** Whether the user's level reaches `wanted`. */
export function reaches(world: World, project: Project, user: User, wanted: number): boolean {
  return (accessLevel(world, project, user.id) ?? 0) >= wanted;
}

/** Private projects are there for members only. */
export function canSeeProject(world: World, project: Project, user: User): boolean {
  return project.visibility === 'public' || reaches(world, project, user, GUEST);
}

/** Confidential issues: author, assignees, and Planner upwards. */
export function canSeeIssue(world: World, project: Project, issue: Issue, user: User): boolean {
  if (!canSeeProject(world, project, user)) return false;
  if (!issue.confidential) return true;
  const involved = issue.authorId === user.id || issue.assigneeIds.includes(user.id);
  return involved || reaches(world, project, user, PLANNER);
}

/** Internal notes: Planner upwards, and whoever wrote the note. */
export function canSeeNote(
  world: World,
  project: Project,
  issue: Issue,
  note: Note,
  user: User,
): boolean {
  if (!canSeeIssue(world, project, issue, user)) return false;
  return !note.internal || note.authorId === user.id || reaches(world, project, user, PLANNER);
}

/** Title and description: the author too. Labels, assignees and the rest: Planner upwards. */
export function canEditIssue(world: World, project: Project, issue: Issue, user: User): boolean {
  return issue.authorId === user.id || reaches(world, project, user, PLANNER);
}

/** Notes are edited and deleted by their author, or by a Maintainer. System notes by nobody. */
export function canEditNote(world: World, project: Project, note: Note, user: User): boolean {
  return !note.system && (note.authorId === user.id || reaches(world, project, user, MAINTAINER));
}
