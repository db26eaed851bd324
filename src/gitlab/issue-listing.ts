/** Lists for the sweep: the issues that changed, and the projects to look in. */
import type { IssueRef } from '../core/model.ts';
import type { Resources } from './resources.ts';
import { type IssueRead, issuesSchema, projectSchema, projectsSchema, readAs } from './schema.ts';

/** Enough of an issue to tell whether it is a scoping issue. */
export interface ListedIssue {
  readonly ref: IssueRef;
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
  /** As GitLab gives it; the newest one seen is where the next sweep begins. */
  readonly updatedAt: string;
}

interface ProjectFound {
  readonly id: number;
  readonly path_with_namespace: string;
}

/** Every method throws `RetryableError` or `TerminalError` and nothing else. */
export interface IssueListing {
  /** Oldest change first, each issue once; `updatedAfter` is inclusive, null means from the beginning. */
  listUpdatedIssues(
    project: number | string,
    updatedAfter: string | null,
    state: 'opened' | 'closed' | 'all',
  ): AsyncIterable<ListedIssue>;
  fetchProject(pathOrId: number | string): Promise<ProjectFound>;
  /** Where the token's user is a member and issues are switched on (`rulings.md` 34). */
  listMemberProjects(): AsyncIterable<ProjectFound>;
}

export function openIssueListing(api: Resources): IssueListing {
  return {
    listUpdatedIssues: (project, updatedAfter, state) =>
      listUpdatedIssues(api, project, updatedAfter, state),
    async fetchProject(pathOrId) {
      const body: unknown = await api.projects.show(pathOrId);
      return readAs(projectSchema, body, 'GET /projects/:id');
    },
    listMemberProjects: () => listMemberProjects(api),
  };
}

/**
 * Page numbers slip while issues are being updated: one that moves to the end pulls the others forward,
 * past the page border. So each request begins at the last change seen, and page numbers count only
 * inside one same moment (a bulk edit gives many issues one time).
 */
async function* listUpdatedIssues(
  api: Resources,
  project: number | string,
  updatedAfter: string | null,
  state: 'opened' | 'closed' | 'all',
): AsyncGenerator<ListedIssue> {
  const seen = new Set<string>();
  let from = updatedAfter;
  for (;;) {
    let movedTo: string | null = null;
    for await (const page of api.pages(`projects/${encodeURIComponent(project)}/issues`, {
      order_by: 'updated_at',
      sort: 'asc',
      state,
      ...(from !== null && { updated_after: from }),
    })) {
      const issues = readAs(issuesSchema, page.items, 'GET /projects/:id/issues');
      yield* issues.filter((issue) => isNew(issue, seen)).map(toListed);
      const last = issues.at(-1)?.updated_at;
      if (page.last || last === undefined || !isLater(last, from)) continue;
      movedTo = last;
      break;
    }
    if (movedTo === null) return;
    from = movedTo;
  }
}

/** An issue that changes while it is listed comes once more at the end; the next sweep begins before that. */
function isNew(issue: IssueRead, seen: Set<string>): boolean {
  const key = `${issue.project_id}:${issue.iid}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function isLater(time: string, than: string | null): boolean {
  return than === null || Date.parse(time) > Date.parse(than);
}

export function toListed(issue: IssueRead): ListedIssue {
  return {
    ref: { projectId: issue.project_id, issueIid: issue.iid },
    title: issue.title,
    description: issue.description,
    labels: issue.labels,
    updatedAt: issue.updated_at,
  };
}

async function* listMemberProjects(api: Resources): AsyncGenerator<ProjectFound> {
  const seen = new Set<number>();
  for await (const page of api.pages('projects', {
    membership: true,
    archived: false,
    with_issues_enabled: true,
    simple: true,
    order_by: 'id',
    sort: 'asc',
  })) {
    for (const project of readAs(projectsSchema, page.items, 'GET /projects')) {
      if (seen.has(project.id)) continue;
      seen.add(project.id);
      yield project;
    }
  }
}
