/** The branches of a project's repository: what stands on them and who may push. */
import { accessLevel, DEVELOPER } from './access.ts';
import { forbidden, notImitated, Refusal } from './refusal.ts';
import type { Project, User, World } from './world.ts';

/** The only name that the sandbox gives a default branch. */
export const DEFAULT_BRANCH = 'main';

/** Text by path; null when there is no such branch. `HEAD` is the default branch. */
export function filesOn(project: Project, branch: string): Map<string, string> | null {
  const isDefault = branch === DEFAULT_BRANCH || branch === 'HEAD';
  if (isDefault) return project.emptyRepo ? null : project.files;
  return project.branches.get(branch) ?? null;
}

export function canPush(world: World, project: Project, branch: string, user: User): boolean {
  const needed = branch === DEFAULT_BRANCH ? project.pushLevel : DEVELOPER;
  return (accessLevel(world, project, user.id) ?? 0) >= needed;
}

/**
 * What a commit on `branch` builds upon: its files, or those of `start` for a new branch.
 * Throws `Refusal` 403 for whoever may not push there, 400 in GitLab's words for a branch that is not as said.
 */
export function filesToChange(
  world: World,
  project: Project,
  user: User,
  branch: string,
  start: string | undefined,
): Map<string, string> {
  if (!canPush(world, project, branch, user)) {
    const level = accessLevel(world, project, user.id) ?? 0;
    if (level < DEVELOPER) throw forbidden();
    const message = '403 Forbidden - You are not allowed to push into this branch';
    throw new Refusal(403, { message });
  }
  const there = filesOn(project, branch);
  if (there !== null && start !== undefined && start !== branch) {
    const message = `A branch called '${branch}' already exists. Switch to that branch in order to make changes`;
    throw new Refusal(400, { message });
  }
  const base = there ?? (start === undefined ? null : filesOn(project, start));
  if (base !== null) return base;
  if (!project.emptyRepo) {
    const message = 'You can only create or edit files when you are on a branch';
    throw new Refusal(400, { message });
  }
  if (branch !== DEFAULT_BRANCH) {
    throw notImitated('POST', '/projects/:id/repository/commits', 'a first branch of this name');
  }
  return new Map();
}

export function setFiles(project: Project, branch: string, files: Map<string, string>): void {
  if (branch === DEFAULT_BRANCH) {
    project.files = files;
    project.emptyRepo = false;
  } else project.branches.set(branch, files);
}
