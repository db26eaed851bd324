/** Chance that can be had again: the same seed gives the same numbers. */

export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number from 0 to below `below`. */
  below(below: number): number;
  /** One of them. */
  of<T>(items: readonly T[]): T;
  /** True in that share of cases. */
  happens(share: number): boolean;
}

/** Mulberry32: thirty-two bits of state, even enough for choosing faults. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    of: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to choose from');
      return item;
    },
    happens: (share) => next() < share,
  };
}
