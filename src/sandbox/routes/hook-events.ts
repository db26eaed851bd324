/** The log of a webhook's deliveries, newest first (17.3 and later). */
import { showHookEvent } from '../entities.ts';
import { notFound } from '../refusal.ts';
import { isOlder } from '../version.ts';
import { list, type Route, takes } from './call.ts';
import { HOOK, hookOf, ours } from './hooks.ts';

export function hookEventRoutes(route: Route): void {
  route('GET', `${HOOK}/events`, (call) => {
    takes(call);
    if (isOlder(call.world, 17, 3)) throw notFound();
    const hook = hookOf(call, ours(call));
    const sent = call.world.deliveries.filter(
      ({ hookId, status }) => hookId === hook.id && (status === 'delivered' || status === 'failed'),
    );
    return list(call, sent.reverse(), showHookEvent);
  });
}
