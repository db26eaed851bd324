/** One row about two days: each clause goes to the question that its own words name. */
import { describe, expect, it } from 'vitest';
import { parse, read } from './given.ts';

const datesIn = (description: string): readonly unknown[] => {
  const { answers } = read(description);
  return ['target_start', 'target_end'].map((field) => answers.get(field)?.value ?? null);
};

describe('a row about the whole time', () => {
  it.each<[string, readonly unknown[]]>([
    [
      'timeline: would love to be live before 2027-06-01, but flexible. start in feb/march',
      ['2027-03-31', '2027-05-31'],
    ],
    ['Timeline: start in March 2027, go-live by 2027-06-30', ['2027-03-31', '2027-06-30']],
    ['- Timing: done by 2027-06-30', [null, '2027-06-30']],
    ['- Zeitplan: Beginn im März 2027, fertig bis 30.06.2027', ['2027-03-31', '2027-06-30']],
    ['Timeline: 2027-02-01 to 2027-05-28', ['2027-02-01', '2027-05-28']],
    ['Timeline: Q2 2027', ['2027-06-30', null]],
    ['Start date: 2027-02-01', ['2027-02-01', null]],
  ])('%s', (text, dates) => {
    expect(datesIn(`${text}\n`)).toEqual(dates);
  });
});

describe('a date', () => {
  it('in words that only speak of a start is the whole month', () => {
    expect(parse('target_start', 'start in March 2027')).toMatchObject({ max: '2027-03-31' });
    expect(parse('target_start', 'start of March 2027')).toMatchObject({ max: '2027-03-10' });
  });

  it('does not begin with words that name no time', () => {
    const { min } = parse('target_end', 'would love to be done by 2027-06-01');
    expect(min).toBe('2027-06-01');
  });
});
