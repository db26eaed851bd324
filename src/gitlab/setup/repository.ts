/** A project's repository as `setup` needs it: a few files on the default branch, by commit or by merge request. */
import { z } from 'zod';
import { TerminalError } from '../errors.ts';
import type { Resources } from '../resources.ts';
import { readAs } from '../schema.ts';

export interface RepositoryFound {
  /** Null when nothing was ever pushed, or when the token may not see the code. */
  readonly defaultBranch: string | null;
  readonly empty: boolean;
  /** Of the token's user, as far as GitLab tells; null: it does not. */
  readonly accessLevel: number | null;
}

export interface FileFound {
  readonly text: string;
  /** Handed back with a change, so that nobody's newer text is overwritten. */
  readonly lastCommit: string;
}

export interface FileChange {
  readonly path: string;
  readonly text: string;
  /** The file as it was read; null for a new one. */
  readonly before: FileFound | null;
}

export interface MergeRequestFound {
  readonly iid: number;
  readonly state: string;
}

/** They throw `RetryableError` or `TerminalError` and nothing else. Branches are names, paths begin without a slash. */
export interface Repository {
  look(projectId: number): Promise<RepositoryFound>;
  /** Whether the token may push to it; null when there is no such branch or the token may not see it. */
  canPush(projectId: number, branch: string): Promise<boolean | null>;
  /** Paths of the files right in this folder; none when there is no such folder. */
  listFiles(projectId: number, folder: string, branch: string): Promise<readonly string[]>;
  /** Null when there is none. */
  readFile(projectId: number, path: string, branch: string): Promise<FileFound | null>;
  /** One commit with all changes or none. `startFrom`: the branch that a new branch begins at. */
  commit(
    projectId: number,
    commit: {
      readonly branch: string;
      readonly startFrom?: string;
      readonly message: string;
      readonly changes: readonly FileChange[];
    },
  ): Promise<void>;
  /** The newest one between these branches, whatever became of it; null when there never was one. */
  newestMergeRequest(
    projectId: number,
    source: string,
    target: string,
  ): Promise<MergeRequestFound | null>;
  /** The source branch goes away with the merge. */
  openMergeRequest(
    projectId: number,
    wish: {
      readonly source: string;
      readonly target: string;
      readonly title: string;
      readonly description: string;
    },
  ): Promise<MergeRequestFound>;
}

const access = z.object({ access_level: z.number() }).nullish();
const projectSchema = z.object({
  default_branch: z.string().nullish(),
  empty_repo: z.boolean().nullish(),
  permissions: z.object({ project_access: access, group_access: access }).partial().nullish(),
});
const branchSchema = z.object({ can_push: z.boolean().nullish() });
const treeSchema = z.array(z.object({ path: z.string(), type: z.string() }));
const fileSchema = z.object({
  content: z.string(),
  last_commit_id: z.string(),
});
const mergeRequestSchema = z.object({ iid: z.number(), state: z.string() });

export function openRepository(api: Resources): Repository {
  const { requester } = api.projects;
  return {
    async look(projectId) {
      const { body } = await requester.get(`projects/${projectId}`, {});
      const read = readAs(projectSchema, body, 'GET /projects/:id');
      const { project_access: own, group_access: above } = read.permissions ?? {};
      const levels = [own, above].flatMap((each) => (each ? [each.access_level] : []));
      return {
        defaultBranch: read.default_branch ?? null,
        empty: read.empty_repo === true,
        accessLevel: levels.length > 0 ? Math.max(...levels) : null,
      };
    },
    canPush: (projectId, branch) =>
      orNull(async () => {
        const path = `projects/${projectId}/repository/branches/${encodeURIComponent(branch)}`;
        const { body } = await requester.get(path, {});
        return readAs(branchSchema, body, 'GET …/branches/:id').can_push === true;
      }),
    async listFiles(projectId, folder, branch) {
      const path = `projects/${projectId}/repository/tree`;
      const read = async (): Promise<string[]> => {
        const paths: string[] = [];
        for await (const { items } of api.pages(path, { path: folder, ref: branch })) {
          const entries = readAs(treeSchema, items, 'GET …/repository/tree');
          paths.push(...entries.filter(({ type }) => type === 'blob').map((each) => each.path));
        }
        return paths;
      };
      return (await orNull(read)) ?? [];
    },
    readFile: (projectId, path, branch) =>
      orNull(async () => {
        const address = `projects/${projectId}/repository/files/${encodeURIComponent(path)}`;
        const { body } = await requester.get(address, { searchParams: { ref: branch } });
        const read = readAs(fileSchema, body, 'GET …/repository/files/:id');
        const text = Buffer.from(read.content, 'base64').toString('utf8');
        return { text, lastCommit: read.last_commit_id };
      }),
    async commit(projectId, { branch, startFrom, message, changes }) {
      const actions = changes.map(({ path, text, before }) => ({
        action: before === null ? 'create' : 'update',
        file_path: path,
        content: text,
        ...(before === null ? {} : { last_commit_id: before.lastCommit }),
      }));
      const start = startFrom === undefined ? {} : { start_branch: startFrom };
      const body = { branch, ...start, commit_message: message, actions };
      await requester.post(`projects/${projectId}/repository/commits`, { body });
    },
    async newestMergeRequest(projectId, source, target) {
      const searchParams = { source_branch: source, target_branch: target, per_page: 1 };
      const path = `projects/${projectId}/merge_requests`;
      const { body } = await requester.get(path, { searchParams });
      const found = readAs(z.array(mergeRequestSchema), body, 'GET …/merge_requests');
      return found[0] ?? null;
    },
    async openMergeRequest(projectId, { source, target, title, description }) {
      const body = {
        source_branch: source,
        target_branch: target,
        title,
        description,
        remove_source_branch: true,
      };
      const answer = await requester.post(`projects/${projectId}/merge_requests`, { body });
      return readAs(mergeRequestSchema, answer.body, 'POST …/merge_requests');
    },
  };
}

/** What is not there, or not for this token's eyes. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const kind = error instanceof TerminalError ? error.kind : null;
    if (kind === 'not_found' || kind === 'forbidden') return null;
    throw error;
  }
}
