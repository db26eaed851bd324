/**
 * What `check` prints.
 * Long, because each part of the report is shown once in full and once in short.
 */
import { describe, expect, test } from 'vitest';
import type { Place } from '../../../src/core/model.ts';
import { writeReport } from '../../../src/core/say/report.ts';
import type { Look } from '../../../src/core/say/report-lines.ts';
import { writeSummary } from '../../../src/core/say/report-summary.ts';
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
    lapsed: [],
    gates: [
      { id: 'discovery_complete', passed: false, reason: 'Discovery questions are still open.' },
      { id: 'no_blocking_finding', passed: true, reason: 'No finding stands in the way.' },
    ],
  },
});

const look: Look = { paint: noPaint, columns: 100, all: false };

describe('the report', () => {
  test('says what the state is and what to do, then the most urgent first', () => {
    expect(
      writeReport(judged, policy, look).join('\n'),
    ).toBe(`Technical Evaluation · 1 of 4 answers are here
Not ready for Proposal: 2 problems to settle, 2 questions open.
Next: settle what does not go together, then ask the Solutions Architect (1) and the Customer (1).

Service         SCM migration (concluded from the text)
Lead            Solutions Architect. A licence opportunity is open, so the Solutions Architect leads
                discovery.
Recommendation  Migration+ fits (medium confidence). Checked against the catalogue of 2026-11.

Settle first
  ✗ It says “GitLab.com” and “own servers”. [C6]
  ✗ Number of planned users when GitLab is fully rolled out
      Does not go together: “4,567” (table, line 12).
    It sizes the environment and the estimate. For example “1,200 by Q3”.
    → Put it right, or comment: /scoping set users_planned …

Open questions

  Solutions Architect
  • Wanted end date
    Not readable: “ASAP [31m” (table, line 12).
    It shows whether the plan is possible at all. For example “2027-03-12”.
    → Put it right in the row (line 12), or comment:
      /scoping set target_end …

  Customer
  • Total number of Git repositories
    It is the biggest driver of the estimate. For example “BB = 225, GLSM = 775”.
    → “900” stands in the example column: move it over if it is the answer. Or comment:
      /scoping set m_repos …

  Answer in the description, in any form: a row, a list item or a heading with the words of the
  question. Or send the line that begins with /scoping as a comment on the issue.

Please check
  i The smallest reference architecture with high availability is made for 3,000 users, so this one
    costs more than it would have to. [C4]

What I read
  2 answers: 1 of the 4 needed now, 2 beyond what is needed now. --all shows each with its words and
  its line.

Lines I could not place
  If one of them answers a question, put it behind the words of that question.
  line 3: “x”

Recommendation
  Migration+ fits (medium confidence).
  • Only repositories are moved.
  What would change this:
  • More than 1,000 repositories.

To move to Proposal
  – Discovery: Discovery questions are still open.
  ✓ Nothing blocking: No finding stands in the way.`);
  });

  test('shows in full the most pressing questions, in the order of the judgement, and names the rest', () => {
    const fields = ['customer_name', 'sales_stage', 'goals', 'pain_points', 'm_users', 'm_repos'];
    const more = [...fields, 'm_lfs', 'm_sso', 'integrations'].map((field) => open(field));
    const many = assessment({ open: more, completeness: { answered: 0, needed: 9 } });
    const text = writeReport(many, policy, look).join('\n');
    expect(text).toContain('Ask first (7 of 9 open questions)');
    expect(text.match(/\/scoping set \w+/g)).toHaveLength(7);
    expect(text).toContain('Then (2 more questions; --all shows them in full)');
    expect(text).toContain('• Customer: Identity provider.');
    const all = writeReport(many, policy, { ...look, all: true }).join('\n');
    expect(all.match(/\/scoping set \w+/g)).toHaveLength(9);
    expect(all).not.toContain('Then (');
  });

  test('points to the row that waits for the answer, by its words and its line', () => {
    const where: Place = { kind: 'table', line: 14, label: 'Total repos' };
    const empty = answer('m_repos', '', { state: 'unanswered', value: null, where });
    const asked = { open: [open('m_repos')], answers: answers(empty) };
    const lines = writeReport(assessment(asked), policy, look);
    expect(lines).toContain('    → Fill in the row “Total repos” (line 14), or comment:');
    expect(lines).toContain('      /scoping set m_repos …');
  });

  test('offers each reading of an unclear answer as a line to send', () => {
    const unclear = answer('m_sources', 'GitHub', {
      state: 'ambiguous',
      value: null,
      choices: ['github_cloud', 'github_server'],
      remark: 'GitHub can be the cloud or an own server.',
    });
    const asked = [open('m_sources', { reason: 'ambiguous' })];
    const lines = writeReport(
      assessment({ open: asked, answers: answers(unclear) }),
      policy,
      look,
    ).map((line) => line.trim());
    expect(lines).toContain(
      'Unclear: “GitHub” (table, line 12). GitHub can be the cloud or an own server.',
    );
    expect(lines).toContain('/scoping set m_sources GitHub.com');
    expect(lines).toContain('/scoping set m_sources GitHub Enterprise Server');
  });

  test('shows both places of a contradiction before anything is asked', () => {
    const inList: Place = { kind: 'bullet', line: 13 };
    const inTable: Place = { kind: 'table', line: 25 };
    const both = answer('m_users', '300', {
      state: 'contradictory',
      value: null,
      statements: [
        { raw: '300', where: inList },
        { raw: '450', where: inTable },
      ],
    });
    const asked = [open('m_users', { reason: 'contradictory' }), open('goals')];
    const given = { open: asked, answers: answers(both) };
    const text = writeReport(assessment(given), policy, look).join('\n');
    expect(text).toContain('Not ready for Proposal: 1 problem to settle, 1 question open.');
    expect(text).toMatch(
      /two places disagree\.\n +“300” \(list, line 13\)\n +“450” \(table, line 25\)/,
    );
    expect(text.indexOf('Settle first')).toBeLessThan(text.indexOf('Open questions'));
  });

  test('tells the answers that are needed now from all that were read', () => {
    const where: Place = { kind: 'bullet', line: 3, label: 'Repos' };
    const read = {
      applicable: ['goals', 'pain_points', 'm_repos', 'm_sso', 'm_users'],
      answers: answers(
        answer('goals', 'one platform'),
        answer('pain_points', 'see the deck', { state: 'reference', value: null }),
        answer('m_repos', '~700', { value: 700, approximate: true, where }),
        answer('m_sso', 'TBD', { state: 'deferred', value: null }),
        answer('integrations', 'Jira', { value: ['Jira'] }),
      ),
      open: [open('m_sso', { reason: 'deferred' }), open('m_users')],
      completeness: { answered: 2, needed: 5 },
    };
    const short = writeReport(assessment(read), policy, look).join('\n');
    expect(short).toContain('2 questions open (1 more is half answered, which holds nothing up).');
    expect(short).toContain(
      '5 answers: 2 of the 5 needed now, 1 half answered, 1 not usable yet, 1 beyond what is needed now.',
    );
    expect(short).toContain('• Repos: “~700” → about 700 (list, line 3)');
    expect(short).not.toContain('one platform');
    const all = writeReport(assessment(read), policy, { ...look, all: true }).join('\n');
    expect(all).toContain('“one platform” (table, line 12)');
    expect(all).toContain('“TBD” → to come (table, line 12)');
  });

  test('says an answer once when it was taken as it stands', () => {
    const long = `beginning with the plants: ${'one platform, '.repeat(20)}by December`;
    const read = assessment({
      ...judged,
      answers: answers(
        answer('goals', long),
        answer('integrations', 'Jira, Jenkins', { value: ['Jira', 'Jenkins'] }),
      ),
    });
    const all = writeReport(read, policy, { ...look, columns: 400, all: true }).join('\n');
    expect(all.split('beginning with the plants')).toHaveLength(2);
    expect(all).toContain('“Jira, Jenkins” (');
    expect(all).not.toContain('“Jira” and “Jenkins”');
  });

  test('never repeats a secret, wherever it stands', () => {
    const token = ['glpat', 'abcdefghij0123456789'].join('-');
    const leaking = assessment({
      answers: answers(answer('goals', `use ${token}`)),
      unplaced: [{ line: 9, text: `Login: ${token}` }],
    });
    const text = writeReport(leaking, policy, { ...look, all: true }).join('\n');
    expect(text).not.toContain(token);
    expect(text).toMatch(/line 9: “Login: \[/);
  });

  test('says when nothing is missing, and what is left when no question is', () => {
    const stage = {
      current: 'technical_evaluation',
      next: 'proposal',
      passed: true,
      gates: [],
      lapsed: [],
    };
    const ready = { stage, completeness: { answered: 4, needed: 4 } };
    expect(writeReport(assessment(ready), policy, look).slice(0, 2)).toEqual([
      'Technical Evaluation · all 4 answers are here',
      'Ready for Proposal: nothing is missing.',
    ]);
    const gates = [{ id: 'offering_decided', passed: false, reason: 'nobody has decided' }];
    const held = assessment({ stage: { ...stage, passed: false, gates } });
    expect(writeReport(held, policy, look)[1]).toBe(
      'All questions are answered. Left for Proposal: Nobody has decided.',
    );
  });

  test.each([100, 60, 40])('never goes beyond %i columns, colours not counted', (columns) => {
    const around = (text: string): string => `<${text}>`;
    const codes: Paint = { bold: around, dim: around, red: around, green: around, yellow: around };
    const lines = writeReport(judged, policy, { paint: codes, columns, all: true });
    const bare = lines.map((line) => line.replace(/^<(.*)>$/, '$1'));
    expect(Math.max(...bare.map(columnsOf))).toBeLessThanOrEqual(columns);
    expect(lines.some((line) => line.startsWith('<  ✗'))).toBe(true);
    expect(bare).toEqual(writeReport(judged, policy, { paint: noPaint, columns, all: true }));
  });
});

describe('the table over several files', () => {
  const checked = [
    { file: 'acme.md', assessment: judged },
    { file: `${'deep/'.repeat(30)}new.md`, assessment: assessment() },
    { file: 'gone.md', trouble: 'there is no such file' },
  ];

  test('has a line for each file: answers, open, blocking, recommendation', () => {
    const lines = writeSummary(checked, policy, look);
    expect(lines[1]).toMatch(/^acme\.md +1 of 4 +2 +2 {2}Migration\+ \(medium\)$/);
    expect(lines[2]).toMatch(/^….*\/new\.md +0 of 0 +0 +0 {2}too early to say$/);
    expect(lines[3]).toMatch(/^gone\.md +cannot be read: there is no such file$/);
  });

  test.each([100, 60, 40])('fits into %i columns', (columns) => {
    const lines = writeSummary(checked, policy, { ...look, columns });
    expect(lines).toHaveLength(4);
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(columns);
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
