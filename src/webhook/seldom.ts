/** Something that happens too often to be told each time: counted, and told once in a while. */

export interface Seldom {
  /** One more. How many there were since the last time told, when it is time to tell; else null. */
  one(): number | null;
}

/** The first is told at once, later ones every `everyMs` at most. `now` in milliseconds. */
export function tellSeldom(everyMs: number, now: () => number): Seldom {
  let untold = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    one() {
      untold += 1;
      if (now() - toldAt < everyMs) return null;
      const count = untold;
      toldAt = now();
      untold = 0;
      return count;
    },
  };
}
