/** Hooks that fail are switched off, for longer each time (`gitlab-platform.md` §1.5). */
import type { Hook, World } from './world.ts';

/** From this failure in a row on a hook is off for a while, … */
const FIRST_OFF = 4;
/** … and from this one on until somebody switches it on. */
const OFF_FOR_GOOD = 40;
const MINUTE_MS = 60_000;
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/** GitLab's `alert_status`. */
export function alertStatus(
  world: World,
  hook: Hook,
): 'executable' | 'temporarily_disabled' | 'disabled' {
  if (hook.failures >= OFF_FOR_GOOD) return 'disabled';
  const off = hook.disabledUntil !== null && hook.disabledUntil > world.now().toISOString();
  return off ? 'temporarily_disabled' : 'executable';
}

/** A success forgets everything that went wrong before. */
export function noteOutcome(world: World, hook: Hook, succeeded: boolean): void {
  if (!world.switchesHooksOff) return;
  hook.failures = succeeded ? 0 : hook.failures + 1;
  hook.disabledUntil = null;
  if (hook.failures < FIRST_OFF || hook.failures >= OFF_FOR_GOOD) return;
  const offMs = Math.min(MINUTE_MS * 2 ** (hook.failures - FIRST_OFF), LONGEST_MS);
  hook.disabledUntil = new Date(world.now().getTime() + offMs).toISOString();
}
