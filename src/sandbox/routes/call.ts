/** What a route handler gets and gives, and the look-ups that most of them start with. */
import { accessLevel, canSeeIssue, canSeeProject } from '../access.ts';
import { type Body, onlyKeys, type Query } from '../input.ts';
import { type Page, paginate } from '../paging.ts';
import { findProject } from '../people.ts';
import { forbidden, notFound } from '../refusal.ts';
import type { Issue, Note, Project, Token, User, World } from '../world.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Call {
  readonly world: World;
  readonly method: Method;
  /** Template below `/api/v4`. */
  readonly route: string;
  readonly user: User;
  readonly token: Token;
  readonly params: ReadonlyMap<string, string>;
  readonly query: Query;
  readonly body: Body;
  /** Full address of the request, for paging links. */
  readonly address: string;
}

/** A status code, a body (none for 204) and headers beside the usual ones. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: ReadonlyMap<string, string>;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Registers one endpoint; refusals are thrown. */
export type Route = (method: Method, route: string, handler: Handler) => void;

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

/** One page of `rows`, each shown by `show`. */
export function list<T>(call: Call, rows: readonly T[], show: (row: T) => unknown): Answer {
  const page: Page<T> = paginate(rows, call.query, call.address);
  return { status: 200, body: page.items.map(show), headers: page.headers };
}

/** Refuses query parameters that the handler does not read; paging is always allowed. */
export function takes(call: Call, ...names: string[]): void {
  onlyKeys(call.query, ['page', 'per_page', ...names], call.method, call.route);
}

/** Refuses body keys that the handler does not read. */
export function takesBody(call: Call, ...names: string[]): void {
  onlyKeys(call.body, names, call.method, call.route);
}

export function param(call: Call, name: string): string {
  return call.params.get(name) ?? '';
}

/** The project of `:id`; throws 404 when the user may not know of it. */
export function projectOf(call: Call): Project {
  const project = findProject(call.world, param(call, 'id'));
  if (project === null || !canSeeProject(call.world, project, call.user)) throw notFound('Project');
  return project;
}

/** The issue of `:iid` with its project; throws 404 when hidden. */
export function issueOf(call: Call): { project: Project; issue: Issue } {
  const project = projectOf(call);
  const issue = project.issues.find((each) => each.iid === Number(param(call, 'iid')));
  if (issue === undefined || !canSeeIssue(call.world, project, issue, call.user)) {
    throw notFound();
  }
  return { project, issue };
}

/** The note of `:note_id`; throws 404. */
export function noteOf(call: Call, issue: Issue): Note {
  const note = issue.notes.find((each) => each.id === Number(param(call, 'note_id')));
  if (note === undefined) throw notFound();
  return note;
}

/** Throws 403 below the access level. */
export function needs(call: Call, project: Project, level: number): void {
  if ((accessLevel(call.world, project, call.user.id) ?? 0) < level) throw forbidden();
}
