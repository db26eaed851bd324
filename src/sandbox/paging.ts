/** Offset paging with GitLab's headers (`gitlab-platform.md` §3.5). */
import { one, type Query } from './input.ts';
import { badRequest } from './refusal.ts';

/** Above this many rows GitLab leaves the totals and the last link out. */
const COUNTED = 10_000;

export interface Page<T> {
  readonly items: readonly T[];
  readonly headers: ReadonlyMap<string, string>;
}

/** One page of `rows` as the query asks; `address` is the full address of the request, for the links. */
export function paginate<T>(rows: readonly T[], query: Query, address: string): Page<T> {
  const perPage = Math.min(100, positive(query, 'per_page', 20));
  const page = positive(query, 'page', 1);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const next = page < pages ? String(page + 1) : '';
  const previous = page > 1 ? String(page - 1) : '';
  const counted = rows.length <= COUNTED;
  const targets = [
    ['prev', previous],
    ['next', next],
    ['first', '1'],
    ['last', counted ? String(pages) : ''],
  ] as const;
  const links = targets
    .filter(([, target]) => target !== '')
    .map(([relation, target]) => `<${withPage(address, target, perPage)}>; rel="${relation}"`);
  const headers = new Map([
    ['x-page', String(page)],
    ['x-per-page', String(perPage)],
    ['x-next-page', next],
    ['x-prev-page', previous],
    ['link', links.join(', ')],
  ]);
  if (counted) {
    headers.set('x-total', String(rows.length));
    headers.set('x-total-pages', String(pages));
  }
  return { items: rows.slice((page - 1) * perPage, page * perPage), headers };
}

function positive(query: Query, name: string, otherwise: number): number {
  const raw = one(query, name);
  if (raw === undefined) return otherwise;
  const value = Number(raw);
  if (!Number.isInteger(value)) throw badRequest(`${name} is invalid`);
  if (value < 1) throw badRequest(`${name} does not have a valid value`);
  return value;
}

function withPage(address: string, page: string, perPage: number): string {
  const url = new URL(address);
  url.searchParams.set('page', page);
  url.searchParams.set('per_page', String(perPage));
  return url.href;
}
