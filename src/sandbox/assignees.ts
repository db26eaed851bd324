/** Which of the wanted assignees GitLab really sets (`gitlab-platform.md` §3.4). */
import { canSeeIssue } from './access.ts';
import type { Issue, Project, World } from './world.ts';

/**
 * On Free only the first id counts. People who cannot read the issue are left out; when nobody
 * of a non-empty list remains, the assignees stay as they were. `[]` and `[0]` unassign.
 */
export function ableToRead(
  world: World,
  project: Project,
  issue: Issue,
  wanted: readonly number[],
): number[] {
  if (wanted.length === 0 || (wanted.length === 1 && wanted[0] === 0)) return [];
  const counted = world.tier === 'free' ? wanted.slice(0, 1) : [...new Set(wanted)];
  const able = counted.filter((id) => {
    const user = world.users.find((each) => each.id === id);
    return user !== undefined && canSeeIssue(world, project, issue, user);
  });
  return able.length > 0 ? able : issue.assigneeIds;
}
