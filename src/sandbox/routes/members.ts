/** Membership, inherited included. */
import { accessLevel } from '../access.ts';
import { showMember } from '../entities.ts';
import { one } from '../input.ts';
import { notFound } from '../refusal.ts';
import { list, ok, param, projectOf, type Route, takes } from './call.ts';

export function memberRoutes(route: Route): void {
  route('GET', '/projects/:id/members/all', (call) => {
    takes(call, 'query');
    const project = projectOf(call);
    const search = one(call.query, 'query')?.toLowerCase() ?? '';
    const members = call.world.users.flatMap((user) => {
      const level = accessLevel(call.world, project, user.id);
      const named = `${user.username} ${user.name}`.toLowerCase().includes(search);
      return level !== null && named ? [{ user, level }] : [];
    });
    return list(call, members, ({ user, level }) =>
      showMember(call.world, user, level, project.memberEnds.get(user.id)),
    );
  });
  route('GET', '/projects/:id/members/all/:user_id', (call) => {
    const project = projectOf(call);
    const user = call.world.users.find((each) => each.id === Number(param(call, 'user_id')));
    const level = user === undefined ? null : accessLevel(call.world, project, user.id);
    if (user === undefined || level === null) throw notFound();
    return ok(showMember(call.world, user, level, project.memberEnds.get(user.id)));
  });
}
