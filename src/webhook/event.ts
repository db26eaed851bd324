/** A delivery → which issue to look at. Of the payload only the few fields that decide this are read. */
import { z } from 'zod';
import type { IssueRef } from '../core/model.ts';
import { thin } from './thin.ts';

/** Who caused the event, as far as the payload tells; user ids came late (`gitlab-platform.md` §2.6). */
export interface Actor {
  readonly id: number | null;
  readonly username: string | null;
}

/** Reasons hold names of fields and kinds of values, never their content. */
export type HookEvent =
  | {
      readonly kind: 'issue';
      readonly ref: IssueRef;
      readonly projectPath: string | null;
      readonly actor: Actor;
    }
  | { readonly kind: 'not_ours'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

const id = z.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullish();
const name = z.string().nullish();
/** Whatever stands there: who acted only saves work, so a strange value must not cost an event. */
const actor = z
  .object({ id: id.catch(null), username: name.catch(null) })
  .nullish()
  .catch(null);
const project = z.object({ id, path_with_namespace: name.catch(null) }).nullish();
const item = z.object({ iid: id, project_id: id, type: name });

const anyPayload = z.object({ object_kind: z.string() });
const itemPayload = z.object({ user: actor, project, object_attributes: item });
const notePayload = z.object({
  user: actor,
  project,
  project_id: id,
  object_attributes: z.object({
    noteable_type: name,
    author_id: id.catch(null),
    system: z.boolean().nullish().catch(null),
  }),
  issue: item.nullish(),
  work_item: item.nullish(),
});

type Item = z.output<typeof item>;
type Project = z.output<typeof project>;

const itemHooks = new Set(['issue hook', 'work item hook']);
const noteHooks = new Set(['note hook']);

/**
 * Reads one authentic delivery. `header` is `X-Gitlab-Event` when there was one; header and
 * `object_kind` must both be of a kind that can be about an issue. Never throws, whatever the bytes are.
 */
export function parseEvent(header: string | undefined, body: Uint8Array): HookEvent {
  const hook = header?.toLowerCase().replace(/^confidential /, '');
  if (hook !== undefined && !itemHooks.has(hook) && !noteHooks.has(hook)) {
    return notOurs('another kind of hook');
  }
  const small = thin(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  if (small === null) {
    return unreadable(`body: read ${body.byteLength} bytes, most of them not texts, need a hook`);
  }
  const payload = parseJson(small);
  if (payload === undefined) {
    return unreadable(`body: read ${body.byteLength} bytes that are not JSON, need a JSON object`);
  }
  const any = anyPayload.safeParse(payload);
  if (!any.success) return describeIssues(any.error, payload);

  const kind = any.data.object_kind;
  const isItem = kind === 'issue' || kind === 'work_item';
  if (!isItem && kind !== 'note') return notOurs('another object_kind');
  if (hook !== undefined && itemHooks.has(hook) !== isItem) {
    return unreadable(`object_kind: read "${kind}", which does not go with this X-Gitlab-Event`);
  }
  return isItem ? readItem(payload) : readNote(payload);
}

/** The bot's own writes come back as hooks; ids are compared where there are ids. */
export function isOwn(
  who: Actor,
  bot: { readonly id: number; readonly username: string },
): boolean {
  return who.id !== null ? who.id === bot.id : who.username === bot.username;
}

function readItem(payload: unknown): HookEvent {
  const read = itemPayload.safeParse(payload);
  if (!read.success) return describeIssues(read.error, payload);
  const { user, project, object_attributes: attributes } = read.data;
  return makeEvent('object_attributes', attributes, project, attributes.project_id, {
    id: user?.id ?? null,
    username: user?.username ?? null,
  });
}

function readNote(payload: unknown): HookEvent {
  const read = notePayload.safeParse(payload);
  if (!read.success) return describeIssues(read.error, payload);
  const { user, project, project_id, object_attributes: note, issue, work_item } = read.data;
  if (note.system === true) return notOurs('a system note');
  if (note.noteable_type == null) {
    return unreadable('object_attributes.noteable_type: read nothing, need text');
  }
  if (note.noteable_type !== 'Issue' && note.noteable_type !== 'WorkItem') {
    return notOurs('a note on something else');
  }
  const on = issue ?? work_item;
  if (!on) return unreadable('issue: read nothing, need the object that the note stands on');
  const projectId = project_id ?? on.project_id;
  return makeEvent(issue ? 'issue' : 'work_item', on, project, projectId, {
    id: note.author_id ?? user?.id ?? null,
    username: user?.username ?? null,
  });
}

/** By `type`, not by `object_kind` (`gitlab-platform.md` §2.1); before 17.2 there was no type. */
function makeEvent(
  place: string,
  on: Item,
  project: Project,
  projectId: number | null | undefined,
  who: Actor,
): HookEvent {
  if ((on.type ?? 'Issue').toLowerCase() !== 'issue') return notOurs('a work item of another type');
  const found = project?.id ?? projectId;
  if (found == null) return unreadable('project.id: read nothing, need a whole number above 0');
  if (on.iid == null) return unreadable(`${place}.iid: read nothing, need a whole number above 0`);
  const path = project?.path_with_namespace ?? null;
  return {
    kind: 'issue',
    ref: { projectId: found, issueIid: on.iid },
    projectPath: path,
    actor: who,
  };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function describeIssues(error: z.ZodError, payload: unknown): HookEvent {
  const [first] = error.issues;
  const path = first?.path ?? [];
  const where = path.length === 0 ? 'body' : path.join('.');
  const need = path.length === 0 ? 'a JSON object' : describeNeed(String(path.at(-1)));
  return unreadable(`${where}: read ${kindOf(at(payload, path))}, need ${need}`);
}

function describeNeed(field: string): string {
  if (field === 'iid' || field === 'id' || field.endsWith('_id')) return 'a whole number above 0';
  return ['object_kind', 'type', 'noteable_type'].includes(field) ? 'text' : 'an object';
}

function at(payload: unknown, path: readonly PropertyKey[]): unknown {
  let value = payload;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function notOurs(reason: string): HookEvent {
  return { kind: 'not_ours', reason };
}

function unreadable(reason: string): HookEvent {
  return { kind: 'unreadable', reason };
}
