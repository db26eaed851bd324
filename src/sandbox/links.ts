/** Relations between issues: made once, known to both ends, undone by people. */
import { canSeeIssue, PLANNER, reaches } from './access.ts';
import { forbidden, notFound, Refusal } from './refusal.ts';
import { writeSystemNote } from './system-notes.ts';
import type { Issue, IssueLink, Project, User, World } from './world.ts';
import { nextId, stamp } from './world.ts';

interface End {
  readonly project: Project;
  readonly issue: Issue;
}

/**
 * Relates two issues, with a system note on each; no hook tells of it. Needs Planner at both ends.
 * Throws `Refusal` 403, 404 for a target that is hidden, 409 for a link that is there already.
 */
export function linkIssues(world: World, source: End, target: End | null, user: User): IssueLink {
  if (!reaches(world, source.project, user, PLANNER)) throw forbidden();
  if (target === null || !canSeeIssue(world, target.project, target.issue, user)) {
    throw new Refusal(404, {
      message: 'No matching issue found. Make sure that you are adding a valid issue URL.',
    });
  }
  if (!reaches(world, target.project, user, PLANNER)) throw forbidden();
  if (source.issue === target.issue || findLink(world, source.issue, target.issue) !== undefined) {
    throw new Refusal(409, { message: 'Issue(s) already assigned' });
  }
  const link = {
    id: nextId(world),
    sourceId: source.issue.id,
    targetId: target.issue.id,
    createdAt: stamp(world),
  };
  world.links.push(link);
  writeSystemNote(world, source.issue, user, `marked this issue as related to ${name(target)}`);
  writeSystemNote(world, target.issue, user, `marked this issue as related to ${name(source)}`);
  return link;
}

/** Takes the relation of two issues away, from either end. Throws `Refusal` 404 when there is none. */
export function unlinkIssues(world: World, source: End, target: End, user: User): void {
  if (!reaches(world, source.project, user, PLANNER)) throw forbidden();
  const link = findLink(world, source.issue, target.issue);
  if (link === undefined) throw notFound();
  world.links.splice(world.links.indexOf(link), 1);
  writeSystemNote(world, source.issue, user, `removed the relation with ${name(target)}`);
  writeSystemNote(world, target.issue, user, `removed the relation with ${name(source)}`);
}

/** The links of an issue with the issue at the other end, oldest first. */
export function linksOf(world: World, issue: Issue): { link: IssueLink; other: End }[] {
  return world.links.flatMap((link) => {
    if (link.sourceId !== issue.id && link.targetId !== issue.id) return [];
    const otherId = link.sourceId === issue.id ? link.targetId : link.sourceId;
    const other = endOf(world, otherId);
    return other === null ? [] : [{ link, other }];
  });
}

function findLink(world: World, one: Issue, two: Issue): IssueLink | undefined {
  return world.links.find(
    ({ sourceId, targetId }) =>
      (sourceId === one.id && targetId === two.id) || (sourceId === two.id && targetId === one.id),
  );
}

function endOf(world: World, issueId: number): End | null {
  for (const project of world.projects) {
    const issue = project.issues.find(({ id }) => id === issueId);
    if (issue !== undefined) return { project, issue };
  }
  return null;
}

function name({ issue }: End): string {
  return `#${issue.iid}`;
}
