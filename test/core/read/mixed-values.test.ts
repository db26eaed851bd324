/** Values as they stand in tables about several systems and places. */
import { describe, expect, it } from 'vitest';
import { readAnswer } from './given.ts';

describe('figures by place', () => {
  it('keep a name with an ampersand whole', () => {
    expect(readAnswer('Number of repositories: R&D = 1900, Plant = 260', 'm_repos')).toMatchObject({
      value: 2160,
      breakdown: { 'r&d': 1900, plant: 260 },
    });
  });

  it.each([
    ['Plant 1.2 TB, Office 90 GB', 1_290_000_000_000],
    ['site 1: 1 TB, site 2: 500 GB', 1_500_000_000_000],
    ['150 GB total, biggest 12 GB', 150_000_000_000],
    ['Git 100 GB, LFS 50 GB', 100_000_000_000],
  ])('of a size add up, kinds of data do not: %s', (text, value) => {
    expect(readAnswer(`Total repository size: ${text}`, 'm_total_size')).toMatchObject({ value });
  });

  it.each(['none in use', 'no registry today', 'Not used'])(
    'say that there is none: %s',
    (text) => {
      const answer = readAnswer(`Typical registry size: ${text}`, 'mg_registry');
      expect(answer).toMatchObject({ state: 'answered', value: 0 });
    },
  );
});

describe('a to-do with more beside it', () => {
  it.each([
    ['to-do, @anna runs it next week', 'deferred'],
    ['TODO - will ask', 'deferred'],
    ['to-do (from the sheet)', 'unanswered'],
  ])('%s is %s', (text, state) => {
    expect(readAnswer(`Evaluate report: ${text}`, 'evaluate_report')?.state).toBe(state);
  });
});

describe('keys in italics', () => {
  it.each(['* *SA:* @jtran', '*SA*: @jtran', '- _SA_ – @jtran'])('%s', (body) => {
    expect(readAnswer(body, 'solutions_architect')).toMatchObject({ value: 'jtran' });
  });
});

it('prose in several rows is one answer', () => {
  const body =
    '| Question | Answer |\n|-|-|\n| Runners | 30 shell |\n| Runner strategy | keep them |\n';
  expect(readAnswer(body, 'mg_runners')?.raw).toBe('30 shell\nkeep them');
});
