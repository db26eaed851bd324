/** Finds a member of a project by the name that is shown, whatever its case and accents. */
import type { Person } from '../core/model.ts';
import { fold } from '../core/read/fold.ts';
import type { Resources } from './resources.ts';
import { peopleSchema, readAs } from './schema.ts';

const MEMBERS = '/projects/:id/members/all';
/** GitLab looks for parts of this length or more. */
const SHORTEST_PART = 3;
const MOST_PARTS = 4;

/**
 * The one member who is called so; `several` when there are more, null when there is none. GitLab's search
 * knows accents from plain letters, so when the whole name finds nobody, its parts are tried.
 */
export async function findMember(
  api: Resources,
  projectId: number,
  name: string,
): Promise<Person | null | 'several'> {
  const parts = (name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
    .filter(({ length }) => length >= SHORTEST_PART)
    .slice(0, MOST_PARTS);
  for (const query of new Set([name, ...parts])) {
    const [first, ...more] = await search(api, projectId, query, fold(name));
    if (first) return more.length > 0 ? 'several' : first;
  }
  return null;
}

async function search(
  api: Resources,
  projectId: number,
  query: string,
  wanted: string,
): Promise<readonly Person[]> {
  const found = new Map<number, Person>();
  for await (const page of api.pages(`projects/${projectId}/members/all`, { query })) {
    for (const { id, username, name } of readAs(peopleSchema, page.items, `GET ${MEMBERS}`)) {
      if (fold(name) === wanted) found.set(id, { id, username, name });
    }
  }
  return [...found.values()];
}
