/** Files on a branch: which there are, reading one, and committing many at once. */
import { createHash } from 'node:crypto';
import { filesOn, filesToChange, setFiles } from '../branches.ts';
import { one, requiredText, text } from '../input.ts';
import { badRequest, notFound, Refusal } from '../refusal.ts';
import { stamp } from '../world.ts';
import {
  type Call,
  created,
  list,
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
    const branch = one(call.query, 'ref') ?? 'HEAD';
    const text = filesOn(project, branch)?.get(path);
    if (text === undefined) throw notFound('File');
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
      last_commit_id: lastCommit(path, text),
      execute_filemode: false,
    });
  });
  route('POST', '/projects/:id/repository/commits', (call) => {
    takesBody(call, 'branch', 'start_branch', 'commit_message', 'actions');
    const project = projectOf(call);
    const message = requiredText(call.body, 'commit_message');
    const branch = requiredText(call.body, 'branch');
    const start = text(call.body, 'start_branch');
    const before = filesToChange(call.world, project, call.user, branch, start);
    setFiles(project, branch, withActions(before, readActions(call)));
    return created(showCommit(call, message));
  });
  route('GET', '/projects/:id/repository/tree', (call) => {
    takes(call, 'path', 'ref');
    const folder = one(call.query, 'path') ?? '';
    const files = filesOn(projectOf(call), one(call.query, 'ref') ?? 'HEAD');
    const names = entriesOf([...(files?.keys() ?? [])], folder);
    if (names.length === 0) throw notFound(files === null ? 'Tree' : 'invalid revision or path');
    return list(call, names, ({ name, path, type }) => {
      const mode = type === 'tree' ? '040000' : '100644';
      return { id: sha(path), name, type, path, mode };
    });
  });
}

/** The files and folders right below `folder`, which ends without a slash. */
function entriesOf(paths: readonly string[], folder: string) {
  const prefix = folder === '' ? '' : `${folder}/`;
  const entries = new Map<string, 'blob' | 'tree'>();
  for (const path of paths.filter((each) => each.startsWith(prefix))) {
    const [name = '', ...below] = path.slice(prefix.length).split('/');
    entries.set(name, below.length > 0 ? 'tree' : 'blob');
  }
  return [...entries].map(([name, type]) => ({ name, type, path: `${prefix}${name}` }));
}

export function showCommit({ world, user }: Call, message: string): object {
  const id = sha(message);
  const at = stamp(world);
  const mail = `${user.username}@sandbox.invalid`;
  return {
    id,
    short_id: id.slice(0, 8),
    title: message.split('\n')[0],
    message,
    created_at: at,
    parent_ids: [],
    author_name: user.name,
    author_email: mail,
    authored_date: at,
    committer_name: user.name,
    committer_email: mail,
    committed_date: at,
    web_url: `${world.url}/-/commit/${id}`,
  };
}

/** The last commit that touched a file; here it is one per text. */
function lastCommit(path: string, text: string): string {
  return sha(`${path}\n${text}`);
}

interface FileAction {
  readonly action: string;
  readonly path: string;
  readonly content: string;
  readonly lastCommit: string | null;
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
    const last = entry.get('last_commit_id');
    const path = String(entry.get('file_path'));
    return { action, path, content: decoded, lastCommit: last ? String(last) : null };
  });
}

/** All or nothing, as one commit is. */
function withActions(
  before: ReadonlyMap<string, string>,
  actions: readonly FileAction[],
): Map<string, string> {
  const files = new Map(before);
  for (const { action, path, content, lastCommit: known } of actions) {
    const exists = files.has(path);
    if (action === 'create' && exists) throw taken('A file with this name already exists');
    if (action !== 'create' && !exists) throw taken("A file with this name doesn't exist");
    if (
      action !== 'create' &&
      known !== null &&
      known !== lastCommit(path, files.get(path) ?? '')
    ) {
      throw taken(
        `You are attempting to ${action} a file ${path} that has changed since you started editing it.`,
      );
    }
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
