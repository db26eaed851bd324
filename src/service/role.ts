/** Which part of the service a process does: hooks are taken in and issues are worked together or apart. */

/** `web` takes hooks in, `worker` works the queue and sweeps, `all` does both. */
export type Role = (typeof roles)[number];
export const roles = ['all', 'web', 'worker'] as const;

export function takesHooks(role: Role): boolean {
  return role !== 'worker';
}

export function works(role: Role): boolean {
  return role !== 'web';
}
