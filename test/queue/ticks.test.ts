/** Work at intervals: asked for by everybody, done by whoever knows the task. */
import { afterEach, describe, expect, it } from 'vitest';
import { createTicks, type TickData, type Ticks } from '../../src/queue/ticks.ts';
import { until } from './until.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe('a task at intervals', () => {
  let asked: { name: string; windowMs: number }[] = [];
  let added: { data: TickData; id: string }[] = [];
  let ticks: Ticks | null = null;
  afterEach(() => {
    ticks?.stop();
    [asked, added] = [[], []];
  });

  function open(): Ticks {
    ticks = createTicks(
      {
        isFirst: async (name, windowMs) => asked.push({ name, windowMs }) !== 2,
        add: async (data, id) => added.push({ data, id }),
      },
      quiet,
    );
    return ticks;
  }

  it('is asked for at once and again, under one name that lasts for most of the interval, by the first that asks', async () => {
    const stop = open().every('sweep', 20, async () => {});
    expect(asked).toEqual([{ name: 'tick:sweep', windowMs: 18 }]);
    await until(() => asked.length === 3);
    stop();
    const tick = { data: { task: 'sweep', everyMs: 20 }, id: 'tick:sweep' };
    await until(() => added.length === 2);
    expect(added).toEqual([tick, tick]);
    expect(await ticks?.run({ task: 'sweep', everyMs: 20 })).toBe(false);
  });

  it('does not run beside itself', async () => {
    let runs = 0;
    let end = () => {};
    const first = new Promise<void>((resolve) => {
      end = resolve;
    });
    const data = { task: 'sweep', everyMs: 60_000 };
    open().every('sweep', 60_000, async () => {
      runs += 1;
      await first;
    });
    const going = ticks?.run(data);
    expect(await ticks?.run(data)).toBe(true);
    end();
    await going;
    expect(runs).toBe(1);
    await ticks?.run(data);
    expect(runs).toBe(2);
  });
});
