/** When people and customers were asked about is no news by itself: a comment is not written again for it. */
import type { Memory } from './memory.ts';

/**
 * Whether two memories differ in nothing but when it was last made sure of what both know. Kept as it is, the
 * old time only means that the next look asks too, and the directory answers that one out of its own memory.
 */
export function differsInAskingOnly(next: Memory, before: Memory): boolean {
  return withoutTimes(next) === withoutTimes(before);
}

function withoutTimes(memory: Memory): string {
  const { customer, people } = memory;
  // Whoever is known only by how they are shown is looked for in the directory each time, so their time counts.
  const timeless = Object.entries(people).map(([key, { at, ...person }]) =>
    key.startsWith('name:') ? [key, person, at] : [key, person],
  );
  return JSON.stringify({
    ...memory,
    by: null,
    customer: customer && { hash: customer.hash, issues: customer.issues },
    people: timeless,
  });
}
