/** The gitbeaker resources that the bot uses, over our transport, and how lists are paged. */
import {
  IssueLabelEvents,
  IssueLinks,
  IssueNotes,
  Issues,
  ProjectIssueBoards,
  ProjectLabels,
  ProjectMembers,
  Projects,
  Users,
} from '@gitbeaker/rest';
import { TerminalError } from './errors.ts';
import { checkToken, openTransport, type TransportOptions } from './requester.ts';

export interface Resources {
  readonly issues: Issues;
  readonly notes: IssueNotes;
  readonly labelEvents: IssueLabelEvents;
  readonly links: IssueLinks;
  readonly labels: ProjectLabels;
  readonly boards: ProjectIssueBoards;
  readonly members: ProjectMembers;
  readonly projects: Projects;
  readonly users: Users;
  /**
   * One list, page by page, following `Link: rel="next"` and never judging by a page's length (§3.1).
   * gitbeaker's own `all()` gathers every page in memory and stops after an empty first page.
   */
  pages(path: string, query?: Query): AsyncGenerator<Page>;
}

type Query = Readonly<Record<string, string | number | boolean>>;

interface Page {
  readonly items: unknown;
  /** `X-Total`; null where GitLab leaves it out (above 10,000 rows, or a proxy took it). */
  readonly total: number | null;
  readonly last: boolean;
}

const PER_PAGE = 100;
/** Against an endless chain of pages; half a million rows. */
const MOST_PAGES = 5_000;

/** `url` is the base of the instance, sub-path allowed. Throws `TerminalError` when it or the token is unusable. */
export function openResources(url: string, token: string, transport: TransportOptions): Resources {
  checkToken(token);
  const options = {
    host: readBase(url),
    token,
    // No overall limit: each attempt has its own. No gitbeaker rate limits: the budget does that.
    queryTimeout: null,
    rateLimits: {},
    requesterFn: openTransport(transport),
  };
  const projects = new Projects(options);
  return {
    issues: new Issues(options),
    notes: new IssueNotes(options),
    labelEvents: new IssueLabelEvents(options),
    links: new IssueLinks(options),
    labels: new ProjectLabels(options),
    boards: new ProjectIssueBoards(options),
    members: new ProjectMembers(options),
    projects,
    users: new Users(options),
    pages: (path, query = {}) => readPages(projects, path, query),
  };
}

async function* readPages(
  { requester }: Projects,
  path: string,
  query: Query,
): AsyncGenerator<Page> {
  let searchParams: Record<string, unknown> = { per_page: PER_PAGE, ...query };
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const { body, headers } = await requester.get(path, { searchParams });
    const next = count + 1 < MOST_PAGES ? readNext(headers) : null;
    yield { items: body, total: readTotal(headers['x-total']), last: next === null };
    if (next === null) return;
    searchParams = { ...searchParams, ...next };
  }
}

/** What of the query the next page changes; the rest of the link's address is not trusted or needed. */
function readNext(headers: Record<string, string>): Record<string, string> | null {
  const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(headers.link ?? '')?.[1];
  if (link !== undefined) {
    const query = new URLSearchParams(link.split('?')[1] ?? '');
    const moves = ['page', 'cursor', 'id_after', 'id_before'].flatMap((name) => {
      const value = query.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    return moves.length > 0 ? Object.fromEntries(moves) : null;
  }
  const page = headers['x-next-page'];
  return page !== undefined && /^\d+$/.test(page) ? { page } : null;
}

function readTotal(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

function readBase(url: string): string {
  const base = URL.canParse(url) ? new URL(url) : null;
  if (base !== null && /^https?:$/.test(base.protocol) && base.username === '') {
    return `${base.origin}${base.pathname}`.replace(/\/+$/, '');
  }
  throw new TerminalError(
    'refused',
    0,
    'GITLAB_URL is not an http or https address: whoever runs the bot must correct it.',
  );
}
