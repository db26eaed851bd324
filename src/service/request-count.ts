/** How many requests to GitLab a look makes, itself and in whatever it calls; what looks share is the asker's. */
import { AsyncLocalStorage } from 'node:async_hooks';

interface Count {
  requests: number;
}

const looks = new AsyncLocalStorage<Count>();

/** Runs `look`; its argument tells how many requests there have been in it so far. */
export function countingRequests<T>(look: (sofar: () => number) => Promise<T>): Promise<T> {
  const count = { requests: 0 };
  return looks.run(count, () => look(() => count.requests));
}

/** One attempt on the wire has ended; outside a look it is nobody's. */
export function countRequest(): void {
  const count = looks.getStore();
  if (count) count.requests += 1;
}
