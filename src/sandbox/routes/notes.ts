/** Notes of an issue: list, read, write, edit, delete. */
import { canSeeNote } from '../access.ts';
import { showNote } from '../entities.ts';
import { flag, requiredText, word } from '../input.ts';
import { createNote, deleteNote, updateNote, type Written } from '../notes.ts';
import { paginate } from '../paging.ts';
import { notFound } from '../refusal.ts';
import type { Issue, Note } from '../world.ts';
import {
  type Answer,
  type Call,
  issueOf,
  noteOf,
  ok,
  type Route,
  takes,
  takesBody,
} from './call.ts';

const NOTES = '/projects/:id/issues/:iid/notes';
const NOTE = `${NOTES}/:note_id`;

export function noteRoutes(route: Route): void {
  route('GET', NOTES, listNotes);
  route('POST', NOTES, (call) => {
    takesBody(call, 'body', 'internal', 'confidential');
    const { project, issue } = issueOf(call);
    const internal = flag(call.body, 'internal') ?? flag(call.body, 'confidential') ?? false;
    const body = requiredText(call.body, 'body');
    const written = createNote(call.world, project, issue, call.user, body, internal);
    return show(call, issue, written, 201);
  });
  route('GET', NOTE, (call) => {
    const { project, issue } = issueOf(call);
    const note = noteOf(call, issue);
    if (!canSeeNote(call.world, project, issue, note, call.user)) throw notFound('Note');
    return ok(showNote(call.world, issue, note));
  });
  route('PUT', NOTE, (call) => {
    takesBody(call, 'body');
    const { project, issue } = issueOf(call);
    const note = noteOf(call, issue);
    const body = requiredText(call.body, 'body');
    const written = updateNote(call.world, project, issue, note, call.user, body);
    return show(call, issue, written, 200);
  });
  route('DELETE', NOTE, (call) => {
    const { project, issue } = issueOf(call);
    deleteNote(call.world, project, issue, noteOf(call, issue), call.user);
    return { status: 204 };
  });
}

/** Unreadable notes are taken out after paging, so that a page may be short (`gitlab-platform.md` §3.1). */
function listNotes(call: Call): Answer {
  takes(call, 'sort', 'order_by', 'activity_filter');
  const { project, issue } = issueOf(call);
  const filter = word(call.query, 'activity_filter', [
    'all_notes',
    'only_comments',
    'only_activity',
  ]);
  const by = word(call.query, 'order_by', ['created_at', 'updated_at']) ?? 'created_at';
  const sign = word(call.query, 'sort', ['asc', 'desc']) === 'asc' ? 1 : -1;
  const key = (note: Note) => (by === 'created_at' ? note.createdAt : note.updatedAt);
  const rows = issue.notes
    .filter((note) => filter !== 'only_comments' || !note.system)
    .filter((note) => filter !== 'only_activity' || note.system)
    .sort((a, b) => sign * (key(a) === key(b) ? a.id - b.id : key(a) < key(b) ? -1 : 1));
  const page = paginate(rows, call.query, call.address);
  const readable = page.items.filter((note) =>
    canSeeNote(call.world, project, issue, note, call.user),
  );
  const body = readable.map((note) => showNote(call.world, issue, note));
  return { status: 200, body, headers: page.headers };
}

function show(call: Call, issue: Issue, written: Written, status: number): Answer {
  if ('note' in written) return { status, body: showNote(call.world, issue, written.note) };
  const summary = written.commands.map((command) => `Applied ${command}.`);
  const changes = Object.fromEntries(written.commands.map((command) => [command, true]));
  return { status: 202, body: { commands_changes: changes, summary } };
}
