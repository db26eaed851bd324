/** What a person does in the browser: the same deeds as through the API, by name, with hooks fired alike. */
import { createIssue, updateIssue } from './issues.ts';
import { unlinkIssues } from './links.ts';
import { createNote, deleteNote, updateNote } from './notes.ts';
import { findProject, userNamed } from './people.ts';
import { notFound } from './refusal.ts';
import type { Issue, Note, Project, World } from './world.ts';

export interface NewIssue {
  readonly title: string;
  readonly description?: string;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly confidential?: boolean;
  /** Makes it a Service Desk issue of this customer. */
  readonly serviceDeskReplyTo?: string;
}

/** One person's hands. Everything throws `Refusal` when the person may not. */
export interface Actions {
  createIssue(project: string, issue: NewIssue): Issue;
  editDescription(issue: Issue, description: string): void;
  editTitle(issue: Issue, title: string): void;
  /** Null when the comment was nothing but quick actions. */
  comment(issue: Issue, body: string, how?: { internal?: boolean }): Note | null;
  editNote(issue: Issue, note: Note, body: string): void;
  deleteNote(issue: Issue, note: Note): void;
  /** Replaces all labels. */
  setLabels(issue: Issue, labels: readonly string[]): void;
  addLabels(issue: Issue, ...labels: string[]): void;
  removeLabels(issue: Issue, ...labels: string[]): void;
  /** Replaces all assignees; nobody = unassign. */
  assign(issue: Issue, ...usernames: string[]): void;
  setConfidential(issue: Issue, confidential: boolean): void;
  close(issue: Issue): void;
  reopen(issue: Issue): void;
  /** Takes the relation of two issues away. */
  unlink(issue: Issue, other: Issue): void;
  /** GitLab user status. */
  setBusy(busy: boolean): void;
}

/** Throws when there is no such user. */
export function actionsOf(world: World, username: string): Actions {
  const user = userNamed(world, username);
  const ids = (names: readonly string[]) => names.map((name) => userNamed(world, name).id);
  const update = (issue: Issue, wish: Parameters<typeof updateIssue>[4]) =>
    updateIssue(world, homeOf(world, issue), issue, user, wish);
  return {
    createIssue(path, { labels, assignees, ...rest }) {
      const project = findProject(world, path);
      if (project === null) throw notFound('Project');
      return createIssue(world, project, user, {
        ...rest,
        ...(labels === undefined ? {} : { labels: { set: labels } }),
        ...(assignees === undefined ? {} : { assigneeIds: ids(assignees) }),
      });
    },
    editDescription: (issue, description) => update(issue, { description }),
    editTitle: (issue, title) => update(issue, { title }),
    comment(issue, body, how) {
      const project = homeOf(world, issue);
      const written = createNote(world, project, issue, user, body, how?.internal ?? false);
      return 'note' in written ? written.note : null;
    },
    editNote(issue, note, body) {
      updateNote(world, homeOf(world, issue), issue, note, user, body);
    },
    deleteNote: (issue, note) => deleteNote(world, homeOf(world, issue), issue, note, user),
    setLabels: (issue, labels) => update(issue, { labels: { set: labels } }),
    addLabels: (issue, ...labels) => update(issue, { labels: { add: labels } }),
    removeLabels: (issue, ...labels) => update(issue, { labels: { remove: labels } }),
    assign: (issue, ...usernames) => update(issue, { assigneeIds: ids(usernames) }),
    setConfidential: (issue, confidential) => update(issue, { confidential }),
    close: (issue) => update(issue, { stateEvent: 'close' }),
    reopen: (issue) => update(issue, { stateEvent: 'reopen' }),
    unlink(issue, other) {
      const end = (of: Issue) => ({ project: homeOf(world, of), issue: of });
      unlinkIssues(world, end(issue), end(other), user);
    },
    setBusy(busy) {
      user.availability = busy ? 'busy' : 'not_set';
    },
  };
}

function homeOf(world: World, issue: Issue): Project {
  const project = findProject(world, issue.projectId);
  if (project === null) throw notFound('Project');
  return project;
}
