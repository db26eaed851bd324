/** Open issues of a project whose title names a customer; remembered for a while, forgotten when news comes. */
import type { IssueRef, OtherIssue } from '../core/model.ts';
import { fold } from '../core/read/fold.ts';
import { Cache } from './cache.ts';
import type { Resources } from './resources.ts';
import { issuesSchema, readAs } from './schema.ts';

const KEPT_MS = 60_000;
/** For an issue that knows the others already: asked again once a day, it shares the answer with its siblings. */
const SEEN_KEPT_MS = 12 * 3_600_000;
/** Of a name that half of all titles hold, so many pages of 100 are enough. */
const MOST_PAGES = 5;

export class CustomerBook {
  readonly #api: Resources;
  readonly #found: Cache<readonly OtherIssue[]>;
  /** Issues that this process has related to another one and not looked at since. */
  readonly #news = new Set<string>();

  constructor(api: Resources, now: () => number) {
    this.#api = api;
    this.#found = new Cache(now);
  }

  /** Every open issue with the words of the name in its title, the asking one included. */
  fetch(ref: IssueRef, name: string, seen = false): Promise<readonly OtherIssue[]> {
    const key = `${ref.projectId}:${fold(name)}`;
    if (this.#news.delete(keyOf(ref))) this.#found.forget(key);
    return this.#found.get(key, seen ? SEEN_KEPT_MS : KEPT_MS, () =>
      this.#search(ref.projectId, name),
    );
  }

  tell(ref: IssueRef): void {
    this.#news.add(keyOf(ref));
  }

  hasNews(ref: IssueRef): boolean {
    return this.#news.has(keyOf(ref));
  }

  async #search(projectId: number, name: string): Promise<readonly OtherIssue[]> {
    const words = name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    const query = { state: 'opened', in: 'title', search: words.join(' ') };
    const found = new Map<number, OtherIssue>();
    let pages = 0;
    for await (const page of this.#api.pages(`projects/${projectId}/issues`, query)) {
      const issues = readAs(issuesSchema, page.items, 'GET /projects/:id/issues');
      for (const { iid, title, labels, confidential } of issues) {
        found.set(iid, { iid, title, labels, confidential });
      }
      pages += 1;
      if (pages === MOST_PAGES) break;
    }
    return [...found.values()];
  }
}

function keyOf({ projectId, issueIid }: IssueRef): string {
  return `${projectId}:${issueIid}`;
}
