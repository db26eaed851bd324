/** Writing, editing and deleting notes: quick actions, mentions, mail to customers, hooks. */
import { canEditNote, canSeeIssue, PLANNER, reaches } from './access.ts';
import { fireHooks } from './hooks.ts';
import { updateIssue } from './issues.ts';
import { mentioned, notify } from './mentions.ts';
import { notePayload } from './payload.ts';
import type { QuickAction } from './quick.ts';
import { splitQuickActions } from './quick.ts';
import { wishOf } from './quick-run.ts';
import { badRequest, forbidden, notFound, Refusal } from './refusal.ts';
import type { Issue, Note, Project, User, World } from './world.ts';
import { nextId, stamp } from './world.ts';

/** GitLab's limit for a note's text, in characters. */
const LONGEST = 1_000_000;

/** A note, or what its quick actions did when it held nothing else and so was not kept. */
export type Written = { readonly note: Note } | { readonly commands: readonly string[] };

/** Comments on an issue. Internal notes need Planner. Throws `Refusal` 400, 403 or 404. */
export function createNote(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  body: string,
  internal = false,
): Written {
  if (!canSeeIssue(world, project, issue, user)) throw notFound('Issue');
  if (internal && !reaches(world, project, user, PLANNER)) throw forbidden();
  refuseBadText(body);
  const { rest, actions } = splitQuickActions(body, world.quickActionReading);
  if (rest.trim() === '') return runAlone(world, project, issue, user, actions);
  const at = stamp(world);
  const note: Note = {
    id: nextId(world),
    body: actions.length === 0 ? body : rest,
    authorId: user.id,
    createdAt: at,
    updatedAt: at,
    internal,
    system: false,
    mentions: mentioned(world, project, rest),
  };
  issue.notes.push(note);
  issue.updatedAt = at;
  notify(world, project, issue, note, note.mentions);
  if (issue.serviceDeskReplyTo !== null && !internal) {
    world.customerMails.push({ issueId: issue.id, noteId: note.id });
  }
  fireNote(world, project, issue, note, 'create');
  run(world, project, issue, user, actions);
  return { note };
}

/**
 * Edits a note: its author or a Maintainer. Only people newly mentioned are notified. A text of
 * nothing but quick actions deletes the note, as GitLab does.
 */
export function updateNote(
  world: World,
  project: Project,
  issue: Issue,
  note: Note,
  user: User,
  body: string,
): Written {
  if (!canEditNote(world, project, note, user)) throw forbidden();
  refuseBadText(body);
  const { rest, actions } = splitQuickActions(body, world.quickActionReading);
  if (rest.trim() === '') {
    const written = runAlone(world, project, issue, user, actions);
    issue.notes = issue.notes.filter((each) => each.id !== note.id);
    return written;
  }
  const text = actions.length === 0 ? body : rest;
  if (text !== note.body) {
    const known = new Set(note.mentions);
    note.body = text;
    note.updatedAt = stamp(world);
    note.mentions = mentioned(world, project, text);
    issue.updatedAt = note.updatedAt;
    const fresh = note.mentions.filter((name) => !known.has(name));
    notify(world, project, issue, note, fresh);
    fireNote(world, project, issue, note, 'update');
  }
  run(world, project, issue, user, actions);
  return { note };
}

/** Deletes a note: its author or a Maintainer. No hook is sent. */
export function deleteNote(
  world: World,
  project: Project,
  issue: Issue,
  note: Note,
  user: User,
): void {
  if (!canEditNote(world, project, note, user)) throw forbidden();
  issue.notes = issue.notes.filter((each) => each.id !== note.id);
  issue.updatedAt = stamp(world);
}

function refuseBadText(body: string): void {
  if (body.trim() === '')
    throw new Refusal(400, { message: "400 Bad request - Note {note: [can't be blank]}" });
  if (body.length > LONGEST) throw badRequest('body is too long (maximum is 1000000 characters)');
}

function runAlone(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  actions: readonly QuickAction[],
): Written {
  const done = run(world, project, issue, user, actions);
  if (done === 0) throw new Refusal(400, { message: '400 Bad request - Commands did not apply' });
  return { commands: actions.map((action) => action.command) };
}

function run(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  actions: readonly QuickAction[],
): number {
  if (actions.length === 0) return 0;
  const { wish, done } = wishOf(world, project, issue, user, actions);
  if (done > 0) updateIssue(world, project, issue, user, wish);
  return done;
}

function fireNote(
  world: World,
  project: Project,
  issue: Issue,
  note: Note,
  action: 'create' | 'update',
): void {
  const hidden = note.internal || issue.confidential;
  const trigger = hidden ? 'confidential_note_events' : 'note_events';
  fireHooks(world, project, trigger, notePayload(world, project, issue, note, action));
}
