/** Projects that the token may see. */
import { accessLevel, canSeeProject } from '../access.ts';
import { showProject } from '../entities.ts';
import { one, word } from '../input.ts';
import type { Project } from '../world.ts';
import { type Call, list, ok, projectOf, type Route, takes } from './call.ts';

export function projectRoutes(route: Route): void {
  route('GET', '/projects', (call) =>
    list(call, filterProjects(call), (project) => showProject(call.world, project, call.user)),
  );
  route('GET', '/projects/:id', (call) => {
    takes(call);
    return ok(showProject(call.world, projectOf(call), call.user));
  });
}

/** None here is archived or has issues switched off. Newest first unless asked otherwise. */
function filterProjects(call: Call): Project[] {
  const { world, user, query } = call;
  takes(
    call,
    ...['membership', 'simple', 'search', 'min_access_level', 'archived', 'with_issues_enabled'],
    ...['order_by', 'sort'],
  );
  word(query, 'order_by', ['id', 'created_at']);
  const sign = word(query, 'sort', ['asc', 'desc']) === 'asc' ? 1 : -1;
  const search = one(query, 'search')?.toLowerCase() ?? '';
  const least = Number(one(query, 'min_access_level') ?? 0);
  const members = one(query, 'membership') === 'true' || least > 0;
  if (one(query, 'archived') === 'true') return [];
  return world.projects
    .filter((project) => canSeeProject(world, project, user))
    .filter((project) => project.path.toLowerCase().includes(search))
    .filter((project) => {
      const level = accessLevel(world, project, user.id);
      return !members || (level !== null && level >= least);
    })
    .sort((a, b) => sign * (a.id - b.id));
}
