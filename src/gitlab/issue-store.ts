/** Reads one issue as it is now and does the writes that a plan names. */
import type {
  AssigneeEvent,
  Change,
  IssueRef,
  IssueState,
  LabelEvent,
  Note,
} from '../core/model.ts';
import type { IssueStore, IssueWritten } from '../reconcile.ts';
import { isNotFound, TerminalError } from './errors.ts';
import type { Resources } from './resources.ts';
import {
  assigneeEventsSchema,
  createdNoteSchema,
  type IssueRead,
  issueSchema,
  labelEventsSchema,
  notesSchema,
  readAs,
} from './schema.ts';

const ISSUE = '/projects/:id/issues/:id';
const EVENTS = 'resource_label_events';

/** Every method throws `RetryableError` or `TerminalError` and nothing else. */
export function openIssueStore(api: Resources): IssueStore {
  return {
    fetchIssue: (ref) => fetchIssue(api, ref),
    fetchLabelEvents: (ref) => fetchLabelEvents(api, ref),
    fetchAssigneeEvents: (ref) => fetchAssigneeEvents(api, ref),
    updateIssue: (ref, change) => updateIssue(api, ref, change),
    linkIssue: (ref, other) => linkIssue(api, ref, other),
    createNote: (ref, body, internal) => createNote(api, ref, body, internal),
    async updateNote({ projectId, issueIid }, noteId, body) {
      await api.notes.edit(projectId, issueIid, noteId, { body });
    },
    async deleteNote({ projectId, issueIid }, noteId) {
      try {
        await api.notes.remove(projectId, issueIid, noteId);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },
  };
}

async function fetchIssue(api: Resources, ref: IssueRef): Promise<IssueState | null> {
  // Both at once; settled, so that a failing half never goes unheard.
  const [issue, notes] = await Promise.allSettled([readIssue(api, ref), readNotes(api, ref)]);
  const failed = [issue, notes].flatMap((half) =>
    half.status === 'rejected' ? [half.reason as unknown] : [],
  );
  if (failed.some(isNotFound)) return null;
  if (issue.status === 'rejected') throw issue.reason;
  if (notes.status === 'rejected') throw notes.reason;
  return toState(ref, issue.value, notes.value);
}

async function readIssue(api: Resources, ref: IssueRef): Promise<IssueRead> {
  const body: unknown = await api.issues.show(ref.issueIid, { projectId: ref.projectId });
  return readAs(issueSchema, body, `GET ${ISSUE}`);
}

async function readNotes(api: Resources, ref: IssueRef): Promise<readonly Note[]> {
  // An offset page shifts when a note is added or deleted meanwhile, so one note may come twice.
  const byId = new Map<number, Note>();
  const query = { sort: 'asc', order_by: 'created_at', activity_filter: 'only_comments' };
  for await (const page of api.pages(`${pathOf(ref)}/notes`, query)) {
    for (const note of readAs(notesSchema, page.items, `GET ${ISSUE}/notes`)) {
      byId.set(note.id, note);
    }
  }
  return [...byId.values()].sort(
    (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id,
  );
}

async function fetchLabelEvents(api: Resources, ref: IssueRef): Promise<readonly LabelEvent[]> {
  const byId = new Map<number, LabelEvent>();
  for await (const page of api.pages(`${pathOf(ref)}/${EVENTS}`)) {
    for (const { id, event } of readAs(labelEventsSchema, page.items, `GET ${ISSUE}/${EVENTS}`)) {
      byId.set(id, event);
    }
  }
  // GitLab promises no order; oldest first is what the port promises.
  return [...byId.entries()].sort(([a], [b]) => a - b).map(([, event]) => event);
}

/** One page, newest first: what is asked for has just happened. */
async function fetchAssigneeEvents(
  api: Resources,
  ref: IssueRef,
): Promise<readonly AssigneeEvent[]> {
  const query = { sort: 'desc', order_by: 'created_at', activity_filter: 'only_activity' };
  for await (const page of api.pages(`${pathOf(ref)}/notes`, query)) {
    return readAs(assigneeEventsSchema, page.items, `GET ${ISSUE}/notes`).toReversed();
  }
  return [];
}

/** Lists go as arrays: in the comma form a label whose name holds a comma would become two (§3.2). */
async function updateIssue(
  api: Resources,
  ref: IssueRef,
  change: Extract<Change, { kind: 'issue' }>,
): Promise<IssueWritten> {
  const wanted = {
    ...(change.addLabels.length > 0 && { addLabels: change.addLabels }),
    ...(change.removeLabels.length > 0 && { removeLabels: change.removeLabels }),
    ...(change.assigneeIds !== undefined && { assigneeIds: [...change.assigneeIds] }),
    ...(change.stateEvent !== undefined && { stateEvent: change.stateEvent }),
  };
  if (Object.keys(wanted).length === 0) return toWritten(await readIssue(api, ref));
  // The typings want label lists as one string; the wire takes JSON arrays.
  const options = wanted as { assigneeIds?: number[] };
  const body: unknown = await api.issues.edit(ref.projectId, ref.issueIid, options);
  return toWritten(readAs(issueSchema, body, `PUT ${ISSUE}`));
}

/** A link is a help and never worth failing for: one that is there already, or that may not be made, is left. */
async function linkIssue(api: Resources, ref: IssueRef, other: IssueRef): Promise<void> {
  try {
    await api.links.create(ref.projectId, ref.issueIid, other.projectId, other.issueIid);
  } catch (error) {
    const refused = error instanceof TerminalError && error.kind !== 'unauthorised';
    if (!refused) throw error;
  }
}

async function createNote(
  api: Resources,
  ref: IssueRef,
  text: string,
  internal: boolean,
): Promise<void> {
  const answer = await api.notes.create(ref.projectId, ref.issueIid, text, {
    internal,
    showExpanded: true,
  });
  const { id } = readAs(createdNoteSchema, answer.data, `POST ${ISSUE}/notes`);
  if (answer.status !== 202 && id !== undefined) return;
  throw new TerminalError(
    'refused',
    answer.status,
    'GitLab took the whole comment for quick actions and stored no note: this is a fault of the bot, please report it.',
  );
}

function toState(ref: IssueRef, issue: IssueRead, notes: readonly Note[]): IssueState {
  return {
    ref,
    webUrl: issue.web_url,
    title: issue.title,
    description: issue.description,
    state: issue.state,
    confidential: issue.confidential,
    serviceDesk: isServiceDesk(issue),
    labels: [...new Set(issue.labels)],
    assignees: issue.assignees,
    author: issue.author,
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
    notes,
  };
}

/** Any sign is enough: taking a customer's issue for an internal one would mail the bot's comment to them. */
function isServiceDesk(issue: IssueRead): boolean {
  return (
    Boolean(issue.service_desk_reply_to) ||
    issue.issue_type?.toLowerCase() === 'ticket' ||
    /^support-bot\d*$/.test(issue.author.username)
  );
}

function toWritten(issue: IssueRead): IssueWritten {
  return {
    labels: [...new Set(issue.labels)],
    assignees: issue.assignees,
    updatedAt: issue.updated_at,
  };
}

function pathOf({ projectId, issueIid }: IssueRef): string {
  return `projects/${projectId}/issues/${issueIid}`;
}
