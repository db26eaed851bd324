/** Picking the fault that applies to a request or a hook, and counting it down. */
import type { Fault, FaultKind } from './records.ts';
import type { World } from './world.ts';

type Of<K extends FaultKind['kind']> = Extract<Fault, { kind: K }>;

/** The first fault of this kind that matches and has turns left; uses up one turn. Null when none. */
export function takeFault<K extends FaultKind['kind']>(
  world: World,
  kind: K,
  method: string,
  route: string,
): Of<K> | null {
  const fault = world.faults.find(
    (each): each is Of<K> => each.kind === kind && each.times > 0 && matches(each, method, route),
  );
  if (fault === undefined) return null;
  fault.times -= 1;
  return fault;
}

/** The first fault that concerns an API request; hook faults never do. */
export function takeRequestFault(world: World, method: string, route: string): Fault | null {
  const fault = world.faults.find(
    (each) => !each.kind.endsWith('_hook') && each.times > 0 && matches(each, method, route),
  );
  if (fault === undefined) return null;
  fault.times -= 1;
  return fault;
}

function matches(fault: Fault, method: string, route: string): boolean {
  const rightMethod = (fault.method ?? '*') === '*' || fault.method === method;
  return rightMethod && ((fault.route ?? '*') === '*' || fault.route === route);
}
