/** The opportunity's stage in the CRM is shown beside ours, never as ours (`domain.md` §8.9). */
import { describe, expect, it } from 'vitest';
import { writeCrmStage } from '../../../src/core/say/crm-stage.ts';
import { answer, answers, assessment, policy, view } from './build.ts';

const told = { ...policy, crmStage: { field: 'sales_stage', title: 'CRM stage' } };

function said(over: Parameters<typeof answer>[2], outsidersCanRead = true): string {
  const given = answers(answer('sales_stage', '3', { value: 3, ...over }));
  return writeCrmStage(
    view({ assessment: assessment({ answers: given }), outsidersCanRead }),
    told,
  );
}

describe('the CRM stage', () => {
  it('is said as it was reported', () => {
    expect(said({})).toBe('CRM stage told here: 3, Technical Evaluation.');
  });

  it('is left out while nobody told it for sure, or the policy names no such question', () => {
    expect(said({ state: 'ambiguous', value: null })).toBe('');
    expect(writeCrmStage(view(), { ...told, crmStage: null })).toBe('');
  });

  it('is not repeated to outsiders when it was told in an internal note', () => {
    const note = { id: 5, author: 'axel-ae', internal: true };
    const where = { kind: 'command', line: 1, note } as const;
    expect(said({ where })).toBe('');
    expect(said({ where }, false)).toContain('Technical Evaluation');
  });
});
