/** A few of a project's issues and what was written on them, at a bounded price. */
import type { IssueRef, Note } from '../../core/model.ts';
import { type ListedIssue, toListed } from '../issue-listing.ts';
import type { Resources } from '../resources.ts';
import { issuesSchema, notesSchema, readAs } from '../schema.ts';

/** Every method is one request, and throws `RetryableError` or `TerminalError` and nothing else. */
export interface IssueLook {
  /** The open ones that were created last, at most a hundred, newest first. */
  newestOpen(projectId: number): Promise<readonly ListedIssue[]>;
  /** People's and bots' comments, oldest first: the first hundred. */
  firstComments(ref: IssueRef): Promise<readonly Note[]>;
}

const PER_PAGE = 100;

export function openIssueLook({ projects }: Resources): IssueLook {
  const get = async (path: string, query: Readonly<Record<string, string>>): Promise<unknown> => {
    const searchParams = { ...query, per_page: PER_PAGE };
    return (await projects.requester.get(path, { searchParams })).body;
  };
  return {
    async newestOpen(projectId) {
      const query = { state: 'opened', order_by: 'created_at', sort: 'desc' };
      const body = await get(`projects/${projectId}/issues`, query);
      return readAs(issuesSchema, body, 'GET /projects/:id/issues').map(toListed);
    },
    async firstComments({ projectId, issueIid }) {
      const query = { sort: 'asc', order_by: 'created_at', activity_filter: 'only_comments' };
      const body = await get(`projects/${projectId}/issues/${issueIid}/notes`, query);
      return readAs(notesSchema, body, 'GET /projects/:id/issues/:id/notes');
    },
  };
}
