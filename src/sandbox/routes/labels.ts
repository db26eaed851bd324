/** The labels of a project. */
import { PLANNER } from '../access.ts';
import { showLabel } from '../entities.ts';
import { one, requiredText, text } from '../input.ts';
import { addLabel, findLabel, labelsFor } from '../labels.ts';
import { badRequest, Refusal } from '../refusal.ts';
import { created, list, needs, projectOf, type Route, takes, takesBody } from './call.ts';

export function labelRoutes(route: Route): void {
  route('GET', '/projects/:id/labels', (call) => {
    takes(call, 'search', 'with_counts', 'include_ancestor_groups');
    const project = projectOf(call);
    const own = one(call.query, 'include_ancestor_groups') === 'false';
    const search = one(call.query, 'search')?.toLowerCase() ?? '';
    const found = (own ? project.labels : labelsFor(call.world, project))
      .filter((label) => label.name.toLowerCase().includes(search))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    return list(call, found, showLabel);
  });
  route('POST', '/projects/:id/labels', (call) => {
    takesBody(call, 'name', 'color', 'description');
    const project = projectOf(call);
    needs(call, project, PLANNER);
    const name = requiredText(call.body, 'name').trim();
    const color = requiredText(call.body, 'color');
    if (name === '' || name.includes(',')) throw badRequest('name is invalid');
    if (!/^#(?:[0-9a-f]{6}|[0-9a-f]{3})$|^[a-z]+$/i.test(color)) {
      throw new Refusal(400, { message: { color: ['must be a valid color code'] } });
    }
    if (findLabel(call.world, project, name) !== null) {
      throw new Refusal(409, { message: 'Label already exists' });
    }
    const description = text(call.body, 'description') ?? null;
    return created(showLabel(addLabel(call.world, project, name, color, description)));
  });
}
