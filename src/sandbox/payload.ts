/** Webhook bodies, shaped like those of GitLab 17.2 and later (`gitlab-platform.md` §2). */
import { issueLabels } from './labels.ts';
import { userById } from './people.ts';
import type { Board, Issue, Label, Note, Project, User, World } from './world.ts';

/** Address of an issue's page. */
export function issueUrl(world: World, project: Project, issue: Issue): string {
  return `${world.url}/${project.path}/-/issues/${issue.iid}`;
}

/** Address of a board's page. */
export function boardUrl(world: World, project: Project, board: Board): string {
  return `${world.url}/${project.path}/-/boards/${board.id}`;
}

export function avatarUrl(world: World, user: User): string {
  return `${world.url}/uploads/-/system/user/avatar/${user.id}/avatar.png`;
}

function hookUser(world: World, user: User): object {
  return {
    id: user.id,
    name: user.name,
    username: user.username,
    avatar_url: avatarUrl(world, user),
    email: '[REDACTED]',
  };
}

function hookProject(world: World, project: Project): object {
  const web = `${world.url}/${project.path}`;
  const ssh = `git@sandbox.invalid:${project.path}.git`;
  return {
    id: project.id,
    name: project.name,
    description: '',
    web_url: web,
    avatar_url: null,
    git_ssh_url: ssh,
    git_http_url: `${web}.git`,
    namespace: project.path.split('/').at(-2) ?? '',
    visibility_level: project.visibility === 'public' ? 20 : 0,
    path_with_namespace: project.path,
    default_branch: 'main',
    ci_config_path: '',
    homepage: web,
    url: ssh,
    ssh_url: ssh,
    http_url: `${web}.git`,
  };
}

function hookRepository(world: World, project: Project): object {
  return {
    name: project.name,
    url: `git@sandbox.invalid:${project.path}.git`,
    description: '',
    homepage: `${world.url}/${project.path}`,
  };
}

function hookLabel(label: Label): object {
  return {
    id: label.id,
    title: label.name,
    color: label.color,
    project_id: label.projectId,
    created_at: label.createdAt,
    updated_at: label.createdAt,
    template: false,
    description: label.description,
    type: label.projectId === null ? 'GroupLabel' : 'ProjectLabel',
    group_id: label.groupId,
  };
}

function hookIssue(world: World, project: Project, issue: Issue): object {
  return {
    author_id: issue.authorId,
    closed_at: issue.closedAt,
    confidential: issue.confidential,
    created_at: issue.createdAt,
    description: issue.description,
    discussion_locked: null,
    due_date: null,
    id: issue.id,
    iid: issue.iid,
    last_edited_at: null,
    last_edited_by_id: null,
    milestone_id: null,
    moved_to_id: null,
    duplicated_to_id: null,
    project_id: issue.projectId,
    relative_position: null,
    state_id: issue.state === 'opened' ? 1 : 2,
    time_estimate: 0,
    title: issue.title,
    updated_at: issue.updatedAt,
    updated_by_id: issue.updatedById,
    weight: null,
    health_status: null,
    type: 'Issue',
    url: issueUrl(world, project, issue),
    total_time_spent: 0,
    time_change: 0,
    human_total_time_spent: null,
    human_time_change: null,
    human_time_estimate: null,
    assignee_ids: issue.assigneeIds,
    assignee_id: issue.assigneeIds[0] ?? null,
    labels: issueLabels(world, project, issue).map(hookLabel),
    state: issue.state,
    severity: 'unknown',
    customer_relations_contacts: [],
  };
}

/** The attributes that `changes` compares, in the shape in which it shows them. */
export function changeable(world: World, project: Project, issue: Issue): Map<string, unknown> {
  return new Map<string, unknown>([
    ['title', issue.title],
    ['description', issue.description],
    ['confidential', issue.confidential],
    ['state_id', issue.state === 'opened' ? 1 : 2],
    ['closed_at', issue.closedAt],
    ['updated_at', issue.updatedAt],
    ['updated_by_id', issue.updatedById],
    ['labels', issueLabels(world, project, issue).map(hookLabel)],
    ['assignees', issue.assigneeIds.map((id) => hookUser(world, userById(world, id)))],
  ]);
}

/** The `changes` map: whatever differs between two looks at the issue. */
export function changesBetween(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): Record<string, { previous: unknown; current: unknown }> {
  const entries = [...after].flatMap(([key, current]) => {
    const previous = before.get(key) ?? null;
    const same = JSON.stringify(previous) === JSON.stringify(current);
    return same ? [] : [[key, { previous, current }] as const];
  });
  return Object.fromEntries(entries);
}

/** Body of an Issue Hook. The `assignees` key is left out when there are none, as GitLab does. */
export function issuePayload(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  action: 'open' | 'close' | 'reopen' | 'update',
  changes: object,
): object {
  const assignees = issue.assigneeIds.map((id) => hookUser(world, userById(world, id)));
  return {
    object_kind: 'issue',
    event_type: issue.confidential ? 'confidential_issue' : 'issue',
    user: hookUser(world, user),
    project: hookProject(world, project),
    object_attributes: { ...hookIssue(world, project, issue), action },
    labels: issueLabels(world, project, issue).map(hookLabel),
    changes,
    repository: hookRepository(world, project),
    ...(assignees.length > 0 ? { assignees } : {}),
  };
}

/** Body of a Note Hook. Its `user` is the note's author even when somebody else edited it. */
export function notePayload(
  world: World,
  project: Project,
  issue: Issue,
  note: Note,
  action: 'create' | 'update',
): object {
  return {
    object_kind: 'note',
    event_type: note.internal || issue.confidential ? 'confidential_note' : 'note',
    user: hookUser(world, userById(world, note.authorId)),
    project_id: project.id,
    project: hookProject(world, project),
    object_attributes: {
      attachment: null,
      author_id: note.authorId,
      change_position: null,
      commit_id: null,
      created_at: note.createdAt,
      discussion_id: note.id.toString(16).padStart(40, '0'),
      id: note.id,
      line_code: null,
      note: note.body,
      noteable_id: issue.id,
      noteable_type: 'Issue',
      original_position: null,
      position: null,
      project_id: project.id,
      resolved_at: null,
      resolved_by_id: null,
      resolved_by_push: null,
      st_diff: null,
      system: note.system,
      type: null,
      updated_at: note.updatedAt,
      updated_by_id: null,
      description: note.body,
      url: `${issueUrl(world, project, issue)}#note_${note.id}`,
      action,
    },
    repository: hookRepository(world, project),
    issue: hookIssue(world, project, issue),
  };
}
