/** The opportunity's stage in the CRM: told and remembered, never a reason to move or to stop (`domain.md` §8.9). */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../../src/policy/load.ts';
import { complete, labels, memoryOf, policy, settled, text, world } from './given.ts';

type Issue = ReturnType<typeof world>;

const board = loadPolicy({
  file: fileURLToPath(new URL('../../scenarios/proposal-board.yaml', import.meta.url)),
});

function at(stage: string, about: Parameters<typeof world>[0] = {}): Issue {
  return settled(world({ rows: { ...complete, 'Sales stage': stage }, ...about }));
}

function later(issue: Issue, stage: string): Issue {
  issue.now = new Date(Date.parse(issue.now) + 86_400_000).toISOString();
  issue.describe(text({ ...complete, 'Sales stage': stage }));
  return settled(issue);
}

function say(issue: Issue, body: string, internal = false): Issue {
  issue.now = new Date(Date.parse(issue.now) + 120_000).toISOString();
  issue.comment('axel-ae', body, { internal });
  return settled(issue);
}

describe('a CRM stage that went back', () => {
  it('is told with both stages, and the reason is asked for', () => {
    const issue = later(at('5-Negotiating'), '4-Proposal');
    expect(issue.statusComment()).toContain(
      'CRM stage told here: 4-Proposal. It went back from 5-Negotiating, as I saw on 2026-11-24. That needs a reason',
    );
    expect(issue.statusComment()).toContain('the Account Executive can tell it here in a comment');
  });

  it('is history once somebody has said why', () => {
    const issue = later(at('5-Negotiating'), '4-Proposal');
    say(issue, '/scoping recheck');
    expect(issue.statusComment()).toContain('That needs a reason');
    say(issue, 'Their budget was frozen until January.');
    expect(issue.statusComment()).toContain('It went back from 5-Negotiating');
    expect(issue.statusComment()).not.toContain('That needs a reason');
  });

  it('needs no further word when the reason stands beside the command', () => {
    const issue = at('5-Negotiating');
    say(issue, '/scoping set sales_stage 4\nTheir budget was frozen until January.');
    expect(issue.statusComment()).toContain('It went back from 5-Negotiating');
    expect(issue.statusComment()).not.toContain('That needs a reason');
  });

  it('is over when it has come as far again; the history stays', () => {
    const issue = later(later(at('5-Negotiating'), '3-Technical Evaluation'), '4-Proposal');
    expect(issue.statusComment()).toContain(
      'It went back from 5-Negotiating, as I saw on 2026-11-24',
    );
    later(issue, '5-Negotiating');
    expect(issue.statusComment()).not.toContain('went back');
    expect(issue.statusComment()).toMatch(
      /CRM stage so far.*\n\n- 2026-11-23: 5-Neg.*\n- 2026-11-24: 3-Tech.*\n- 2026-11-25: 4-Prop.*\n- 2026-11-26: 5-Neg/,
    );
  });

  it('moves no stage and holds nothing up', () => {
    const issue = at('5-Negotiating');
    expect(labels(issue, 'stage::')).toEqual(['stage::proposal']);
    later(issue, '4-Proposal');
    expect(labels(issue, 'stage::')).toEqual(['stage::proposal']);
    expect(labels(issue, 'discovery::')).toEqual(['discovery::complete']);
  });

  it('is remembered without the answer itself', () => {
    const issue = later(at('5-Negotiating'), '4-Proposal');
    expect(memoryOf(issue).crm.map(({ hash }) => hash)).toEqual([
      expect.stringMatching(/^[0-9a-f]{24}$/),
      expect.stringMatching(/^[0-9a-f]{24}$/),
    ]);
  });

  it('is not told to outsiders when it was reported internally', () => {
    const issue = say(at('5-Negotiating'), '/scoping set sales_stage 3', true);
    expect(issue.statusComment()).not.toMatch(/went back|3-Technical/u);
  });
});

describe('one that went forward, or is not told', () => {
  it('is history, and nothing is asked', () => {
    const issue = later(at('3-Technical Evaluation'), '4-Proposal');
    expect(issue.statusComment()).not.toContain('went back');
    expect(issue.statusComment()).toContain('- 2026-11-24: 4-Proposal');
    expect(later(issue, 'TBD').statusComment()).not.toContain('went back');
  });
});

describe('the label that mirrors it', () => {
  it('is one of the proposal board, and follows it both ways', () => {
    const issue = at('4-Proposal', { policy: board });
    expect(labels(issue, 'sales-stage::')).toEqual(['sales-stage::4']);
    later(issue, '3-Technical Evaluation');
    expect(labels(issue, 'sales-stage::')).toEqual(['sales-stage::3']);
    later(issue, 'TBD');
    expect(labels(issue, 'sales-stage::')).toEqual([]);
  });

  it('is none of the shipped policy', () => {
    expect(labels(at('4-Proposal', { policy }), 'sales-stage')).toEqual([]);
  });

  it('does not tell what was reported internally', () => {
    const issue = say(at('4-Proposal', { policy: board }), '/scoping set sales_stage 5', true);
    expect(labels(issue, 'sales-stage::')).toEqual([]);
  });
});
