/** Lines without a colon that say nothing but values. */
import { describe, expect, it } from 'vitest';
import { read, saidIn } from './given.ts';

describe('a line of values', () => {
  it('in a list answers what its words name', () => {
    expect(saidIn('- Enterprise, DACH\n')).toEqual({
      segment: 'Enterprise',
      territory: 'DACH',
    });
  });

  it('is shown, and not believed, when it is one word alone', () => {
    const { answers, unplaced } = read('- Ultimate\n');
    expect(answers.get('tier')).toBeUndefined();
    expect(unplaced).toEqual([{ line: 1, text: 'Ultimate' }]);
  });

  it('with a question’s own words in front of each answers those', () => {
    expect(saidIn('Region EMEA, segment Mid-Market. Not public sector.\n')).toEqual({
      territory: 'EMEA',
      segment: 'Mid-Market',
      pubsec_us: 'Not public sector',
    });
  });

  it.each(['Ultimate\n', '- Ultimate performance matters\n', 'The segment is loud.\n'])(
    'is no answer when it may be prose: %s',
    (text) => {
      expect(saidIn(text)).toEqual({});
    },
  );
});
