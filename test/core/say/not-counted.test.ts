/** An answer that equals the example beside it: what the report and the comment say of it. */
import { describe, expect, it } from 'vitest';
import { assessText } from '../../../src/cli/check.ts';
import type { Assessment } from '../../../src/core/model.ts';
import { writeQuestion } from '../../../src/core/say/question.ts';
import { writeReport } from '../../../src/core/say/report.ts';
import { policy } from '../read/given.ts';

const same = (text: string): string => text;
const look = {
  paint: { bold: same, dim: same, red: same, green: same, yellow: same },
  columns: 400,
  all: true,
};

function judge(rows: readonly string[]): Assessment {
  const table = ['| Question | Answer | Example |', '|-|-|-|', ...rows].join('\n');
  return assessText(table, { title: 'Acme', label: [] }, policy, '2026-11-23T00:00:00.000Z');
}

const alone = judge([
  '| Service type | SCM migration | |',
  '| Number of repositories | 845 | 845 |',
]);
const several = judge([
  '| Service type | SCM migration | |',
  '| GitLab tier | Premium | Premium |',
  '| Segment | Enterprise | Enterprise |',
]);

describe('an answer like the example beside it', () => {
  it('is said not to count, in the report', () => {
    const report = writeReport(alone, policy, look).join('\n');
    expect(report).toContain('Not counted: “845” (table, line 4). It is the same as the example');
  });

  it('is said not to count, in the comment, with the line that makes it count', () => {
    const open = alone.open.find(({ field }) => field === 'm_repos');
    if (!open) throw new Error('The repositories are not asked for.');
    const view = { assessment: alone, outsidersCanRead: false } as Parameters<
      typeof writeQuestion
    >[1];
    const words = writeQuestion(open, view, policy);
    expect(words).toContain('Not counted: `845`. It is the same as the example beside it');
    expect(words).toContain('/scoping set m_repos');
  });

  it('is named when there are several (C45)', () => {
    const finding = several.findings.find(({ id }) => id === 'C45');
    expect(finding?.fields).toEqual(['tier', 'segment']);
    expect(finding?.message).toMatch(/Those rows: “[^“”]*tier[^“”]*” and “[^“”]*segment”/);
  });
});
