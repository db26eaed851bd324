/** Waiting for something, but not for ever. */

/** The promise's own outcome, or a rejection with `late()` after `ms` milliseconds; keeps no process alive. */
export function withDeadline<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
