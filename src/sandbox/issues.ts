/** Creating and changing issues, with everything GitLab does beside it: events, system notes, hooks. */
import { canEditIssue, canSeeProject, PLANNER, reaches } from './access.ts';
import { ableToRead } from './assignees.ts';
import { fireHooks } from './hooks.ts';
import { labelsAfter, labelsFor } from './labels.ts';
import { mentioned, notify } from './mentions.ts';
import { changeable, changesBetween, issuePayload } from './payload.ts';
import { carryOut } from './quick-run.ts';
import { badRequest, forbidden } from './refusal.ts';
import { writeSystemNotes } from './system-notes.ts';
import type { IssueWish } from './wish.ts';
import type { Issue, Project, User, World } from './world.ts';
import { nextId, stamp } from './world.ts';

/** Opens an issue. Guests may; what they say of labels and assignees is dropped, as GitLab does. */
export function createIssue(
  world: World,
  project: Project,
  user: User,
  wish: IssueWish & { title: string; serviceDeskReplyTo?: string },
): Issue {
  if (!canSeeProject(world, project, user)) throw forbidden();
  if (wish.title.trim() === '') throw badRequest('title is empty');
  const at = stamp(world);
  const issue: Issue = {
    id: nextId(world),
    iid: Math.max(0, ...project.issues.map((each) => each.iid)) + 1,
    projectId: project.id,
    title: wish.title,
    description: null,
    state: 'opened',
    confidential: false,
    authorId: user.id,
    assigneeIds: [],
    labelIds: [],
    serviceDeskReplyTo: wish.serviceDeskReplyTo ?? null,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    updatedById: null,
    notes: [],
    labelEvents: [],
  };
  project.issues.push(issue);
  const { stateEvent, ...rest } = carryOut(world, project, issue, user, wish);
  settle(world, project, issue, user, rest);
  notify(world, project, issue, null, mentioned(world, project, issue.description ?? ''));
  fireIssue(world, project, issue, user, 'open', new Map());
  if (stateEvent === 'close') changeState(world, project, issue, user, stateEvent);
  return issue;
}

/**
 * Applies a wish as one update, after a change of state as an event of its own. Author: title,
 * description, state. Planner upwards: everything. Throws `Refusal` 403 for others.
 */
export function updateIssue(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  wish: IssueWish,
): void {
  if (!canEditIssue(world, project, issue, user)) throw forbidden();
  if (wish.title?.trim() === '') throw badRequest('title is empty');
  const { stateEvent, ...rest } = carryOut(world, project, issue, user, wish);
  if (stateEvent !== undefined) changeState(world, project, issue, user, stateEvent);
  if (Object.keys(rest).length === 0) return;
  const before = changeable(world, project, issue);
  const known = new Set(mentioned(world, project, issue.description ?? ''));
  settle(world, project, issue, user, rest);
  touch(world, issue, user);
  writeSystemNotes(world, issue, user, before);
  const names = mentioned(world, project, issue.description ?? '');
  notify(
    world,
    project,
    issue,
    null,
    names.filter((name) => !known.has(name)),
  );
  fireIssue(world, project, issue, user, 'update', before);
}

function settle(world: World, project: Project, issue: Issue, user: User, wish: IssueWish): void {
  if (wish.title !== undefined) issue.title = wish.title;
  if (wish.description !== undefined) issue.description = wish.description;
  if (wish.confidential !== undefined) issue.confidential = wish.confidential;
  if (!reaches(world, project, user, PLANNER)) return;
  if (wish.labels !== undefined) {
    const after = labelsAfter(world, project, user, issue.labelIds, wish.labels);
    recordLabelEvents(world, project, issue, user, after);
    issue.labelIds = after;
  }
  if (wish.assigneeIds !== undefined) {
    issue.assigneeIds = ableToRead(world, project, issue, wish.assigneeIds);
  }
}

function recordLabelEvents(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  after: readonly number[],
): void {
  const byId = new Map(labelsFor(world, project).map((label) => [label.id, label]));
  const changed = [
    ...after.filter((id) => !issue.labelIds.includes(id)).map((id) => ['add', id] as const),
    ...issue.labelIds.filter((id) => !after.includes(id)).map((id) => ['remove', id] as const),
  ];
  for (const [action, id] of changed) {
    const label = byId.get(id);
    if (label === undefined) continue;
    const event = { id: nextId(world), userId: user.id, at: stamp(world), label, action };
    issue.labelEvents.push(event);
  }
}

function changeState(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  event: 'close' | 'reopen',
): void {
  const target = event === 'close' ? 'closed' : 'opened';
  if (issue.state === target) return;
  const before = changeable(world, project, issue);
  issue.state = target;
  issue.closedAt = event === 'close' ? stamp(world) : null;
  touch(world, issue, user);
  fireIssue(world, project, issue, user, event, before);
}

function touch(world: World, issue: Issue, user: User): void {
  issue.updatedAt = stamp(world);
  issue.updatedById = user.id;
}

function fireIssue(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  action: 'open' | 'close' | 'reopen' | 'update',
  before: ReadonlyMap<string, unknown>,
): void {
  const changes = changesBetween(before, changeable(world, project, issue));
  const trigger = issue.confidential ? 'confidential_issues_events' : 'issues_events';
  const payload = issuePayload(world, project, issue, user, action, changes);
  fireHooks(world, project, trigger, payload);
}
