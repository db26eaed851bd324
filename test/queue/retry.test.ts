/** When to try again, and what may be said about why. */

import { describe, expect, it } from 'vitest';
import { backOff, describeError, isForeseen, readRetryAfter } from '../../src/queue/retry.ts';
import { fc } from '../support/property.ts';

describe('the time before the next try', () => {
  it('doubles from a second to a minute', () => {
    const times = [1, 2, 3, 6, 7, 8, 1_000].map((attempt) => backOff(attempt, 0, 0));
    expect(times).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('stays within a minute and above what GitLab asked for, always', () => {
    const named = fc.integer({ min: 0, max: 10_000_000 });
    const random = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), named, random, (attempt, ask, chance) => {
        const ms = backOff(attempt, ask, chance);
        return ms >= Math.max(800, ask) && ms <= Math.max(60_000, ask);
      }),
    );
  });

  it('is read from an error that names one, and from no other', () => {
    const naming = (retryAfterMs: unknown) => Object.assign(new Error('x'), { retryAfterMs });
    const errors = [
      naming(2_500),
      naming(null),
      naming('9'),
      naming(-1),
      new Error('x'),
      null,
      'x',
    ];
    expect(errors.map(readRetryAfter)).toEqual([2_500, 0, 0, 0, 0, 0, 0]);
    expect(errors.map(isForeseen)).toEqual([true, true, true, true, false, false, false]);
  });
});

describe('an error in the log', () => {
  it('keeps its words only when they are ours', () => {
    const error = Object.assign(new RangeError('Acme\n    at Acme'), { status: 502 });
    expect(describeError(error, true)).toEqual({
      error: 'RangeError',
      status: 502,
      reason: 'Acme\n    at Acme',
    });
    expect(JSON.stringify(describeError(new Error('Acme pays 4000'), false))).not.toContain('Acme');
    expect(JSON.stringify(describeError(error, false))).not.toContain('Acme');
    expect(describeError('Acme', false)).toEqual({ error: 'string' });
  });
});
