/** The little time between two looks at one issue. */
import { describe, expect, it } from 'vitest';
import { createPace } from '../../src/queue/pace.ts';

describe('the pace', () => {
  it('never holds the first look at an issue up', () => {
    const pace = createPace(1_000, () => 5_000);

    expect(pace.wait('1:1')).toBe(0);
  });

  it('holds the second look up for what is left of the gap, and no other issue', () => {
    let now = 10_000;
    const pace = createPace(1_000, () => now);
    pace.looked('1:1');

    now += 300;

    expect(pace.wait('1:1')).toBe(700);
    expect(pace.wait('1:2')).toBe(0);
    now += 700;
    expect(pace.wait('1:1')).toBe(0);
  });

  it('forgets issues whose gap is over', () => {
    let now = 0;
    const pace = createPace(1_000, () => now);
    pace.looked('1:1');
    now = 2_000;
    pace.looked('1:2');
    now = 500;

    expect(pace.wait('1:1')).toBe(0);
    expect(pace.wait('1:2')).toBeGreaterThan(0);
  });
});
