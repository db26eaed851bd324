/** Keeps a little time between two looks at one issue, so that a burst of edits is read once and not edit by edit. */

export interface Pace {
  /** Milliseconds to wait before this issue may be looked at again; 0: now. */
  wait(key: string): number;
  /** The issue has just been looked at. */
  looked(key: string): void;
}

/** Above this many issues the oldest are forgotten; they are long due. */
const mostRemembered = 10_000;

/** `now` gives milliseconds. The first look at an issue never waits. */
export function createPace(gapMs: number, now: () => number): Pace {
  const last = new Map<string, number>();
  return {
    wait(key) {
      const at = last.get(key);
      return at === undefined ? 0 : Math.max(0, at + gapMs - now());
    },
    looked(key) {
      last.delete(key);
      last.set(key, now());
      for (const [oldest, at] of last) {
        if (last.size <= mostRemembered && now() - at < gapMs) break;
        last.delete(oldest);
      }
    },
  };
}
