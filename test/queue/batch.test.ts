/** Bursts become few writes, and nobody is told "done" before it is. */
import { describe, expect, it } from 'vitest';
import { createBatch } from '../../src/queue/batch.ts';

function recorder() {
  const writes: (readonly number[])[] = [];
  let release = () => {};
  const batch = createBatch<number>((items) => {
    writes.push(items);
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  /** Lets whatever is due in this tick happen. */
  const tick = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { writes, batch, tick, release: () => release() };
}

describe('a batch', () => {
  it('writes all of one tick together, each key once', async () => {
    const { writes, batch, tick, release } = recorder();
    const added = [1, 2, 3, 2, 1].map((item) => batch.add(`${item}`, item));
    await tick();
    expect(writes).toEqual([[1, 2, 3]]);
    release();
    await Promise.all(added);
    expect(writes).toHaveLength(1);
  });

  it('writes again what comes during a write, because that write may have been too early for it', async () => {
    const { writes, batch, tick, release } = recorder();
    let second = false;
    const first = batch.add('1', 1);
    await tick();
    const again = batch.add('1', 1).then(() => {
      second = true;
    });
    const more = [2, 3].map((item) => batch.add(`${item}`, item));
    release();
    await first;
    await tick();
    expect(second).toBe(false);
    expect(writes).toEqual([[1], [1, 2, 3]]);
    release();
    await Promise.all([again, ...more, batch.drained()]);
    expect(second).toBe(true);
  });

  it('makes one of those that wait under the same key', async () => {
    const writes: (readonly number[])[] = [];
    const batch = createBatch<number>(async (items) => void writes.push(items), Math.max);
    await Promise.all([batch.add('a', 1), batch.add('b', 5), batch.add('a', 3), batch.add('b', 4)]);
    expect(writes).toEqual([[3, 5]]);
  });

  it('keeps one write small', async () => {
    const sizes: number[] = [];
    const batch = createBatch<number>(async (items) => {
      sizes.push(items.length);
    });
    await Promise.all(Array.from({ length: 1_200 }, (_, item) => batch.add(`${item}`, item)));
    expect(sizes).toEqual([500, 500, 200]);
  });

  it('tells everybody in a failed write, and goes on with the next', async () => {
    let calls = 0;
    const batch = createBatch<number>(async () => {
      calls += 1;
      if (calls === 1) throw new Error('away');
    });
    const failed = await Promise.allSettled([
      batch.add('1', 1),
      batch.add('1', 1),
      batch.add('2', 2),
    ]);
    expect(failed.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(batch.add('1', 1)).resolves.toBeUndefined();
  });
});
