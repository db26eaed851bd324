/** What holds of the next stage's gates, each with its reason. */
import { describe, expect, it } from 'vitest';
import type { GateResult } from '../../../src/core/model.ts';
import type { Policy } from '../../../src/core/policy.ts';
import { fitting, type Given, judge, shipped } from './build.ts';

/** All questions of the shipped policy leave but those named: what is open is then in the test's hand. */
function askOnly(...ids: readonly string[]): Policy {
  return {
    ...shipped,
    questions: shipped.questions.filter(({ id }) => ids.includes(id)),
  };
}

const sow = { ...fitting, m_sources: ['svn'], customer_name: 'Northwind', sales_stage: 3 };
const asked = [...Object.keys(sow)];

function gate(
  id: string,
  given: Readonly<Record<string, Given>>,
  about: Parameters<typeof judge>[1] = {},
  policy = shipped,
): GateResult {
  const found = judge(given, about, policy).stage.gates.find((each) => each.id === id);
  if (!found) throw new Error(`no gate ${id}`);
  expect(found.reason.length).toBeGreaterThan(10);
  return found;
}

describe('the stage', () => {
  it('before the first label is treated as the first', () => {
    const { stage } = judge(sow, { stage: null });
    expect(stage).toMatchObject({ current: null, next: 'proposal' });
  });

  it('moves on when every gate holds', () => {
    const { stage } = judge(sow, {}, askOnly(...asked));
    expect(stage.gates.filter(({ passed }) => !passed)).toEqual([]);
    expect(stage).toMatchObject({
      current: 'technical_evaluation',
      next: 'proposal',
      passed: true,
    });
    expect(stage.gates.map(({ id }) => id)).toEqual(
      shipped.stages.find(({ id }) => id === 'proposal')?.enterWhen.map(({ id }) => id),
    );
  });

  it('has nothing after the last', () => {
    const { stage } = judge(sow, { stage: 'sow_approved' });
    expect(stage).toMatchObject({
      current: 'sow_approved',
      next: null,
      passed: false,
      gates: [],
    });
  });

  it('names the gates behind it that do not hold', () => {
    const { stage } = judge(sow, { stage: 'sow_approval' });
    const lapsed = stage.lapsed.map(({ id }) => id);
    expect(lapsed).toContain('estimate_given');
    expect(lapsed).not.toContain('crm_stage');
  });

  it('does not move while a single gate is open', () => {
    const { stage } = judge(sow, { emKnown: false }, askOnly(...asked));
    expect(stage.passed).toBe(false);
    expect(stage.gates.filter(({ passed }) => !passed).map(({ id }) => id)).toEqual(['em_known']);
  });
});

describe('the gate', () => {
  it('of intake counts every open intake question', () => {
    expect(gate('intake_complete', sow).passed).toBe(false);
    expect(gate('intake_complete', sow, {}, askOnly(...asked)).passed).toBe(true);
    const one = askOnly(...asked, 'segment');
    expect(gate('intake_complete', sow, {}, one).passed).toBe(false);
    expect(gate('discovery_complete', sow, {}, one).passed).toBe(true);
  });

  it('of discovery lets promised answers through, those without a date not', () => {
    const policy = askOnly(...asked, 'm_users');
    const promised = { state: 'deferred', owner: 'jo', by: '2026-11-30' } as const;
    expect(gate('discovery_complete', sow, {}, policy).passed).toBe(false);
    expect(gate('discovery_complete', { ...sow, m_users: promised }, {}, policy).passed).toBe(true);
    const vague = { state: 'deferred', owner: 'jo' } as const;
    expect(gate('discovery_complete', { ...sow, m_users: vague }, {}, policy).passed).toBe(false);
  });

  it.each([
    ['intake_complete', ['segment'], 'Still missing: Market segment.'],
    [
      'discovery_complete',
      ['goals', 'pain_points', 'constraints', 'm_users', 'm_repos'],
      'Still missing: Goals and how success is measured; Present pain points; Technical or organisational constraints; and 1 more.',
    ],
  ])('%s names what is missing, three questions at most', (id, more, said) => {
    expect(gate(id, sow, {}, askOnly(...asked, ...more)).reason).toBe(said);
  });

  it('of discovery counts what was answered internally without naming it', () => {
    const note = { id: 5, author: 'jo', internal: true };
    const vague = { state: 'unknown', where: { kind: 'comment', note } } as const;
    const told = { ...sow, constraints: vague };
    const alone = gate('discovery_complete', told, {}, askOnly(...asked, 'constraints'));
    expect(alone.reason).toBe(
      'Still missing: a clear answer to one question that was answered internally.',
    );
    const both = gate('discovery_complete', told, {}, askOnly(...asked, 'constraints', 'goals'));
    expect(both.reason).toMatch(/^Still missing: Goals [^;]*; and 1 more\.$/);
  });

  it('of the CRM says which stage it is, and waits while nobody has said', () => {
    expect(gate('crm_stage', sow)).toMatchObject({ passed: true });
    expect(gate('crm_stage', sow).reason).toContain('3');
    expect(gate('crm_stage', { ...sow, sales_stage: 2 }).passed).toBe(false);
    const { sales_stage: _, ...unsaid } = sow;
    expect(gate('crm_stage', unsaid).passed).toBe(false);
  });

  it('of the engagement manager does not pass when nobody looked', () => {
    expect(gate('em_known', sow, { emKnown: true }).passed).toBe(true);
    expect(gate('em_known', sow, { emKnown: false }).passed).toBe(false);
    expect(gate('em_known', sow, { emKnown: null }).passed).toBe(false);
  });

  it('of the offering waits for a person when a standard offering fits', () => {
    expect(gate('offering_decided', sow).passed).toBe(true);
    expect(gate('offering_decided', fitting).passed).toBe(false);
    const said = { peoplesLabels: ['fit::sku'], labels: ['fit::sku'] };
    expect(gate('offering_decided', fitting, said).passed).toBe(true);
    expect(gate('offering_decided', fitting, { labels: ['fit::sku'] }).passed).toBe(false);
  });

  it('of findings is closed by a block and by nothing less', () => {
    const warned = { ...sow, users_planned: 1, users_current: 2 };
    expect(gate('no_blocking_finding', warned).passed).toBe(true);
    const blocked = { ...sow, sm_hosting: 'own_dc' };
    expect(gate('no_blocking_finding', blocked).passed).toBe(false);
  });
});
