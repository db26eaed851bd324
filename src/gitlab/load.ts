/** How many open issues a person has in a project and when the last one came, choices of this process included at once (`rulings.md` 24). */
import type { Load } from '../core/model.ts';
import { Cache } from './cache.ts';
import type { Resources } from './resources.ts';
import { issueDatesSchema, readAs } from './schema.ts';

interface Counted extends Load {
  readonly askedAt: number;
}

const KEPT_MS = 300_000;
/** Counting by hand, where GitLab gives no total, ends at this many pages of 100. */
const MOST_PAGES = 20;

export class LoadBook {
  readonly #api: Resources;
  readonly #now: () => number;
  readonly #counts: Cache<Counted>;
  /** When this process chose somebody, by project and person. */
  readonly #choices = new Map<string, number[]>();

  constructor(api: Resources, now: () => number) {
    this.#api = api;
    this.#now = now;
    this.#counts = new Cache(now);
  }

  async fetch(projectId: number, username: string): Promise<Load> {
    const key = keyOf(projectId, username);
    const counted = await this.#counts.get(key, KEPT_MS, () => this.#count(projectId, username));
    // GitLab was asked before these choices were made, so it did not count them.
    const since = (this.#choices.get(key) ?? []).filter((at) => at >= counted.askedAt);
    const newest = since.at(-1);
    return {
      open: counted.open + since.length,
      latest: newest === undefined ? counted.latest : new Date(newest).toISOString(),
    };
  }

  countAssignment(projectId: number, username: string): void {
    const now = this.#now();
    const key = keyOf(projectId, username);
    const recent = (this.#choices.get(key) ?? []).filter((at) => now - at <= KEPT_MS);
    this.#choices.set(key, [...recent, now]);
  }

  async #count(projectId: number, username: string): Promise<Counted> {
    const askedAt = this.#now();
    const [first, newest] = await Promise.all([
      this.#page(projectId, username, 1, 'opened').next(),
      // The turn counts closed ones too: whoever ends one early is not next again for that.
      this.#page(projectId, username, 1, 'all').next(),
    ]);
    const dates = first.done ? [] : readDates(first.value.items);
    const latest = newest.done ? undefined : readDates(newest.value.items)[0]?.created_at;
    const total = first.done || first.value.last ? dates.length : first.value.total;
    const open = total ?? (await this.#countByHand(projectId, username));
    return { askedAt, open, latest: latest ?? null };
  }

  async #countByHand(projectId: number, username: string): Promise<number> {
    let open = 0;
    let pages = 0;
    for await (const page of this.#page(projectId, username, 100, 'opened')) {
      open += readDates(page.items).length;
      pages += 1;
      if (pages === MOST_PAGES) break;
    }
    return open;
  }

  #page(projectId: number, username: string, perPage: number, state: 'opened' | 'all') {
    return this.#api.pages(`projects/${projectId}/issues`, {
      assignee_username: username,
      state,
      order_by: 'created_at',
      sort: 'desc',
      per_page: perPage,
    });
  }
}

function readDates(items: unknown): readonly { created_at: string }[] {
  return readAs(issueDatesSchema, items, 'GET /projects/:id/issues');
}

function keyOf(projectId: number, username: string): string {
  return `${projectId}:${username.toLowerCase()}`;
}
