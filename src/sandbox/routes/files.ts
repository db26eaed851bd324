/** Files on the default branch: reading one, and committing many at once. */
import { createHash } from 'node:crypto';
import { MAINTAINER } from '../access.ts';
import { one, requiredText } from '../input.ts';
import { badRequest, notFound, Refusal } from '../refusal.ts';
import type { Project } from '../world.ts';
import {
  type Call,
  created,
  needs,
  ok,
  param,
  projectOf,
  type Route,
  takes,
  takesBody,
} from './call.ts';

export function fileRoutes(route: Route): void {
  route('GET', '/projects/:id/repository/files/:file_path', (call) => {
    takes(call, 'ref');
    const project = projectOf(call);
    const path = param(call, 'file_path');
    const text = project.files.get(path);
    const branch = one(call.query, 'ref') ?? 'HEAD';
    if (text === undefined || !['main', 'HEAD'].includes(branch)) throw notFound('File');
    return ok({
      file_name: path.slice(path.lastIndexOf('/') + 1),
      file_path: path,
      size: Buffer.byteLength(text),
      encoding: 'base64',
      content: Buffer.from(text).toString('base64'),
      content_sha256: createHash('sha256').update(text).digest('hex'),
      ref: branch,
      blob_id: sha(text),
      commit_id: sha(project.path),
      last_commit_id: sha(project.path),
      execute_filemode: false,
    });
  });
  route('POST', '/projects/:id/repository/commits', (call) => {
    takesBody(call, 'branch', 'commit_message', 'actions');
    const project = projectOf(call);
    needs(call, project, MAINTAINER);
    const message = requiredText(call.body, 'commit_message');
    if (requiredText(call.body, 'branch') !== 'main') throw badRequest('branch is invalid');
    project.files = withActions(project, readActions(call));
    return created({
      id: sha(message),
      short_id: sha(message).slice(0, 8),
      title: message,
      message,
    });
  });
}

interface FileAction {
  readonly action: string;
  readonly path: string;
  readonly content: string;
}

function readActions({ body }: Call): FileAction[] {
  const raw = body.get('actions');
  if (!Array.isArray(raw) || raw.length === 0) throw badRequest('actions is missing');
  return raw.map((each: unknown) => {
    const entry = new Map(Object.entries(Object(each)));
    const content = String(entry.get('content') ?? '');
    const decoded =
      entry.get('encoding') === 'base64' ? Buffer.from(content, 'base64').toString() : content;
    const action = String(entry.get('action'));
    return { action, path: String(entry.get('file_path')), content: decoded };
  });
}

/** All or nothing, as one commit is. */
function withActions(project: Project, actions: readonly FileAction[]): Map<string, string> {
  const files = new Map(project.files);
  for (const { action, path, content } of actions) {
    const exists = files.has(path);
    if (action === 'create' && exists) throw taken('A file with this name already exists');
    if (action !== 'create' && !exists) throw taken("A file with this name doesn't exist");
    if (action === 'delete') files.delete(path);
    else if (action === 'create' || action === 'update') files.set(path, content);
    else throw badRequest('actions[action] does not have a valid value');
  }
  return files;
}

function taken(message: string): Refusal {
  return new Refusal(400, { message });
}

function sha(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
