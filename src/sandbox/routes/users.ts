/** Who am I, who are they, are they busy. */
import { showOther, showSelf, showUser } from '../entities.ts';
import { one } from '../input.ts';
import { findUser } from '../people.ts';
import { notFound } from '../refusal.ts';
import type { User, World } from '../world.ts';
import { type Call, list, ok, param, type Route, takes } from './call.ts';

export function userRoutes(route: Route): void {
  route('GET', '/user', (call) => ok(showSelf(call.world, call.user)));
  route('GET', '/users', (call) => {
    takes(call, 'username');
    const wanted = one(call.query, 'username')?.toLowerCase();
    const found = call.world.users.filter(
      (user) => wanted === undefined || user.username.toLowerCase() === wanted,
    );
    return list(call, found, (user) => showUser(call.world, user));
  });
  route('GET', '/users/:user_id', (call) => ok(showOther(call.world, userOf(call, false))));
  route('GET', '/users/:user_id/status', (call) => {
    const user = userOf(call, true);
    return ok({
      emoji: user.statusMessage === '' ? null : 'speech_balloon',
      message: user.statusMessage === '' ? null : user.statusMessage,
      availability: user.availability,
      message_html: '',
      clear_status_at: null,
    });
  });
}

function userOf(call: Call, byNameToo: boolean): User {
  const wanted = param(call, 'user_id');
  const user =
    byId(call.world, Number(wanted)) ?? (byNameToo ? findUser(call.world, wanted) : null);
  if (user === null) throw notFound('User');
  return user;
}

function byId(world: World, id: number): User | null {
  return world.users.find((user) => user.id === id) ?? null;
}
