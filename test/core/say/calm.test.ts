/** Policy sentences cannot mention or reference anything, not even spelt as entities. */
import { describe, expect, it } from 'vitest';
import { calm } from '../../../src/core/say/calm.ts';

describe('a policy sentence', () => {
  it.each(['#1', '&#35;1', '~bug', '&#126;bug', '~&lt;', '@someone', '!12', '%milestone'])(
    'has %s as code',
    (word) => {
      const written = calm(`see ${word} now`);

      expect(written).toMatch(/see `[^`]+`;? now/);
      expect(calm(written)).toBe(written);
    },
  );

  it('keeps ordinary words and punctuation', () => {
    expect(calm('At most 500 projects, R&D included.')).toBe(
      'At most 500 projects, R&amp;D included.',
    );
  });
});
