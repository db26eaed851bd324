/** What `check` prints. */
import { describe, expect, test } from 'vitest';
import { writeReport } from '../../../src/core/say/report.ts';
import type { Paint } from '../../../src/core/say/view.ts';
import { columnsOf, wrap } from '../../../src/core/say/wrap.ts';
import { answer, answers, assessment, noPaint, open, policy } from './build.ts';

const judged = assessment({
  serviceTypes: [{ id: 'migration_scm', from: 'inferred' }],
  answers: answers(
    answer('goals', 'one platform'),
    answer('users_planned', '4,567', { state: 'contradictory', value: null }),
    answer('target_end', 'ASAP \u001b[31m', { state: 'unanswered', value: null, invalid: true }),
  ),
  completeness: { answered: 1, needed: 4 },
  open: [
    open('users_planned', { reason: 'contradictory' }),
    open('target_end', { reason: 'invalid' }),
    open('m_repos'),
  ],
  findings: [
    { id: 'C6', severity: 'block', fields: [], message: 'It says `GitLab.com` and “own servers”.' },
    {
      id: 'C4',
      severity: 'info',
      fields: [],
      message:
        'The smallest reference architecture with high availability is made for 3,000 users, so this one costs more than it would have to.',
    },
  ],
  unplaced: [{ line: 3, text: 'x' }],
  typedUnderExample: new Map([['m_repos', '900']]),
  recommendation: {
    kind: 'sku',
    offering: 'migration_plus',
    also: [],
    confidence: 'medium',
    rule: 'K7',
    reasons: ['Only repositories are moved.'],
    wouldChange: ['More than 1,000 repositories.'],
  },
  stage: {
    current: 'technical_evaluation',
    next: 'proposal',
    passed: false,
    gates: [
      { id: 'discovery_complete', passed: false, reason: 'Discovery questions are still open.' },
      { id: 'no_blocking_finding', passed: true, reason: 'No finding stands in the way.' },
    ],
  },
});

describe('the report', () => {
  test('says what is open, what to check, what fits and what is next', () => {
    expect(writeReport(judged, policy, noPaint).join('\n')).toBe(
      `Technical Evaluation · 1 of 4 answers are here
Services: SCM migration (inferred)
Lead: Solutions Architect. A licence opportunity is open, so the Solutions Architect leads
discovery.

Still open · Solutions Architect
- two answers disagree (“4,567”): Number of planned users when GitLab is fully rolled out
  It sizes the environment and the estimate. For example “1,200 by Q3”. [users_planned]
- not readable (“ASAP [31m”): Wanted end date
  It shows whether the plan is possible at all. For example “2027-03-12”. [target_end]

Still open · Customer
- Total number of Git repositories
  It is the biggest driver of the estimate. For example “BB = 225, GLSM = 775”. “900” stands in the
  example column. [m_repos]

Please check
block It says “GitLab.com” and “own servers”. [C6]
info  The smallest reference architecture with high availability is made for 3,000 users, so this
      one costs more than it would have to. [C4]

Recommendation
Migration+ fits (medium confidence).
- Only repositories are moved.
What would change this:
- More than 1,000 repositories.

To move to Proposal
– Discovery: Discovery questions are still open.
✓ Nothing blocking: No finding stands in the way.

2 answers read, 1 line not placed, 1 typed into the example column. --json shows all of them.`,
    );
  });

  test('never goes beyond 100 columns, colours not counted', () => {
    const codes: Paint = {
      bold: (text) => `<${text}>`,
      dim: (text) => `<${text}>`,
      red: (text) => `<${text}>`,
      green: (text) => `<${text}>`,
      yellow: (text) => `<${text}>`,
    };
    const lines = writeReport(judged, policy, codes);
    const bare = lines.map((line) => line.replace(/^<(.*)>$/, '$1'));
    expect(Math.max(...bare.map(columnsOf))).toBeLessThanOrEqual(100);
    expect(lines.filter((line) => line.startsWith('<block')).length).toBe(1);
    expect(bare).toEqual(writeReport(judged, policy, noPaint));
  });
});

describe('wrapping', () => {
  test.each([
    ['one two three', 7, ['one two', 'three']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['日本語 日本', 6, ['日本語', '日本']],
    ['', 10, []],
  ])('%j at %i columns', (text, columns, lines) => {
    expect(wrap(text, columns)).toEqual(lines);
  });
});
