/** How the API shows the world's things; shapes after GitLab's entities and JSON schemas. */

import { accessLevel } from './access.ts';
import { alertStatus } from './hook-health.ts';
import { issueLabels, labelNames } from './labels.ts';
import { avatarUrl, issueUrl } from './payload.ts';
import { userById } from './people.ts';
import type { Delivery } from './records.ts';
import type {
  Hook,
  Issue,
  IssueLink,
  Label,
  LabelEvent,
  Note,
  Project,
  User,
  World,
} from './world.ts';

export function showUser(world: World, user: User): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    state: user.state,
    locked: false,
    avatar_url: avatarUrl(world, user),
    web_url: `${world.url}/${user.username}`,
  };
}

/** `GET /users/:id`. */
export function showOther(world: World, user: User): Record<string, unknown> {
  return { ...showUser(world, user), bot: user.bot };
}

/** `GET /user`, which tells more of oneself. */
export function showSelf(world: World, user: User): Record<string, unknown> {
  return { ...showOther(world, user), bio: '', public_email: null, external: false };
}

export function showProject(world: World, project: Project, viewer: User): object {
  const level = accessLevel(world, project, viewer.id);
  const [path = '', ...above] = project.path.split('/').reverse();
  const namespace = above.reverse().join('/');
  const web = `${world.url}/${project.path}`;
  return {
    id: project.id,
    name: project.name,
    name_with_namespace: project.path.split('/').join(' / '),
    description: null,
    path,
    path_with_namespace: project.path,
    created_at: project.createdAt,
    last_activity_at: project.createdAt,
    default_branch: project.emptyRepo ? null : 'main',
    tag_list: [],
    topics: [],
    web_url: web,
    http_url_to_repo: `${web}.git`,
    ssh_url_to_repo: `git@sandbox.invalid:${project.path}.git`,
    avatar_url: null,
    star_count: 0,
    forks_count: 0,
    archived: project.archived,
    visibility: project.visibility,
    issues_enabled: project.issuesEnabled,
    issues_access_level: project.issuesEnabled ? 'enabled' : 'disabled',
    empty_repo: project.emptyRepo,
    open_issues_count: project.issues.filter((issue) => issue.state === 'opened').length,
    service_desk_enabled: project.issues.some((issue) => issue.serviceDeskReplyTo !== null),
    namespace: { id: 1, kind: 'group', full_path: namespace, web_url: `${world.url}/${namespace}` },
    permissions: {
      project_access: level === null ? null : { access_level: level, notification_level: 3 },
      group_access: null,
    },
    // GitLab shows it where the licence has description templates, to those who may read issues.
    ...(world.tier !== 'free' && project.issuesEnabled && { issues_template: null }),
  };
}

export function showIssue(
  world: World,
  project: Project,
  issue: Issue,
  labelDetails = false,
): object {
  const people = issue.assigneeIds.map((id) => showUser(world, userById(world, id)));
  const labels = labelDetails
    ? issueLabels(world, project, issue).map(showLabelBasic)
    : labelNames(world, project, issue);
  return {
    id: issue.id,
    iid: issue.iid,
    project_id: issue.projectId,
    title: issue.title,
    description: issue.description,
    state: issue.state,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: null,
    labels,
    milestone: null,
    assignees: people,
    author: showUser(world, userById(world, issue.authorId)),
    type: 'ISSUE',
    assignee: people[0] ?? null,
    user_notes_count: issue.notes.filter((note) => !note.system).length,
    merge_requests_count: 0,
    upvotes: 0,
    downvotes: 0,
    due_date: null,
    confidential: issue.confidential,
    discussion_locked: null,
    issue_type: 'issue',
    web_url: issueUrl(world, project, issue),
    time_stats: {
      time_estimate: 0,
      total_time_spent: 0,
      human_time_estimate: null,
      human_total_time_spent: null,
    },
    task_completion_status: { count: 0, completed_count: 0 },
    has_tasks: false,
    references: {
      short: `#${issue.iid}`,
      relative: `#${issue.iid}`,
      full: `${project.path}#${issue.iid}`,
    },
    severity: 'UNKNOWN',
    moved_to_id: null,
    service_desk_reply_to: issue.serviceDeskReplyTo,
  };
}

/** An issue as the list of links shows it. */
export function showLinkedIssue(
  world: World,
  link: IssueLink,
  { project, issue }: { readonly project: Project; readonly issue: Issue },
): object {
  return {
    ...showIssue(world, project, issue),
    issue_link_id: link.id,
    link_type: 'relates_to',
    link_created_at: link.createdAt,
    link_updated_at: link.createdAt,
  };
}

export function showNote(world: World, issue: Issue, note: Note): object {
  return {
    id: note.id,
    type: null,
    body: note.body,
    attachment: null,
    author: showUser(world, userById(world, note.authorId)),
    created_at: note.createdAt,
    updated_at: note.updatedAt,
    system: note.system,
    noteable_id: issue.id,
    noteable_type: 'Issue',
    project_id: issue.projectId,
    resolvable: false,
    confidential: note.internal,
    internal: note.internal,
    imported: false,
    imported_from: 'none',
    noteable_iid: issue.iid,
    commands_changes: {},
  };
}

function showLabelBasic(label: Label): Record<string, unknown> {
  return {
    id: label.id,
    name: label.name,
    description: label.description,
    description_html: label.description ?? '',
    text_color: '#FFFFFF',
    color: label.color,
    archived: false,
  };
}

export function showLabel(label: Label): object {
  return {
    ...showLabelBasic(label),
    subscribed: false,
    priority: null,
    is_project_label: label.projectId !== null,
  };
}

export function showLabelEvent(world: World, issue: Issue, event: LabelEvent): object {
  return {
    id: event.id,
    user: showUser(world, userById(world, event.userId)),
    created_at: event.at,
    resource_type: 'Issue',
    resource_id: issue.id,
    label: showLabelBasic(event.label),
    action: event.action,
  };
}

export function showMember(
  world: World,
  user: User,
  level: number,
  expiresAt: string | null = null,
): object {
  return {
    ...showUser(world, user),
    access_level: level,
    created_at: null,
    expires_at: expiresAt,
    membership_state: 'active',
  };
}

/** Triggers beside those for issues, notes and pushes. */
export const OTHER_TRIGGERS: readonly string[] = [
  'deployment_events',
  'emoji_events',
  'feature_flag_events',
  'job_events',
  'merge_requests_events',
  'milestone_events',
  'pipeline_events',
  'releases_events',
  'resource_access_token_events',
  'tag_push_events',
  'wiki_page_events',
];

/** Tokens are never shown; `*_present` tells whether there is one. */
export function showHook(world: World, project: Project, hook: Hook): object {
  return {
    id: hook.id,
    url: hook.url,
    name: hook.name,
    description: hook.description,
    created_at: hook.createdAt,
    push_events: hook.pushEvents,
    push_events_branch_filter: null,
    repository_update_events: false,
    enable_ssl_verification: hook.sslVerification,
    alert_status: alertStatus(world, hook),
    disabled_until: hook.disabledUntil,
    url_variables: [],
    custom_webhook_template: hook.customTemplate,
    custom_headers: [],
    ...showSecrets(world, hook),
    project_id: project.id,
    issues_events: hook.triggers.has('issues_events'),
    confidential_issues_events: hook.triggers.has('confidential_issues_events'),
    note_events: hook.triggers.has('note_events'),
    confidential_note_events: hook.triggers.has('confidential_note_events'),
    ...Object.fromEntries(OTHER_TRIGGERS.map((name) => [name, hook.otherTriggers.has(name)])),
  };
}

/** Whether there is a secret is told since 19.0 (`gitlab-platform.md` §1.2). */
function showSecrets(world: World, hook: Hook): object {
  if (Number.parseInt(world.version, 10) < 19) return {};
  return { token_present: hook.token !== null, signing_token_present: hook.signingToken !== null };
}

/** A row of a webhook's log; one that got no answer at all is called an internal error. */
export function showHookEvent(delivery: Delivery): object {
  return {
    id: delivery.id,
    url: delivery.url,
    trigger: delivery.event.toLowerCase().replaceAll(' ', '_'),
    request_headers: delivery.headers,
    request_data: JSON.parse(delivery.body),
    response_headers: delivery.code === null ? {} : { Date: new Date(delivery.at).toUTCString() },
    response_body: '',
    execution_duration: 0.1,
    response_status: delivery.code === null ? 'internal error' : String(delivery.code),
  };
}
