/** Which questions are asked, whom, in which order, and how complete the answers are. */
import { describe, expect, it } from 'vitest';
import { dueDates } from '../../../src/core/judge/gaps.ts';
import type { AnswerState, OpenQuestion } from '../../../src/core/model.ts';
import type { Policy } from '../../../src/core/policy.ts';
import { type Given, judge, shipped } from './build.ts';

const scm = { service_types: ['migration_scm'] } as const;
const openOf = (given: Readonly<Record<string, Given>>, field: string): OpenQuestion | undefined =>
  judge(given).open.find((question) => question.field === field);

/** The shipped policy with the proposal questions asked from the second stage on and the SOW's from a third. */
function withThirdStage(): Policy {
  const [first, second] = shipped.stages;
  if (!first || !second) throw new Error('the shipped policy has two stages');
  const third = { ...second, id: 'sow_approval', asks: ['sow'] as const };
  const questions = shipped.questions.map((question) =>
    question.id === 'partner' ? { ...question, gate: 'sow' as const } : question,
  );
  return { ...shipped, questions, stages: [first, second, third] };
}

describe('a question', () => {
  it('is not asked while it hangs on an answer that is missing', () => {
    expect(judge(scm).applicable).not.toContain('sm_hosting');
    expect(judge({ ...scm, deployment_target: 'self_managed' }).applicable).toContain('sm_hosting');
    expect(judge({ ...scm, deployment_target: 'gitlab_com' }).applicable).not.toContain(
      'sm_hosting',
    );
  });

  it('that was never written shows among the answers as unanswered, one that does not apply does not', () => {
    const { answers } = judge(scm);
    expect(answers.get('m_users')).toMatchObject({ state: 'unanswered', where: null });
    expect(answers.has('sm_hosting')).toBe(false);
  });

  it.each<AnswerState>(['answered', 'none', 'not_applicable', 'reference', 'partial'])(
    'is not asked again when its answer is %s',
    (state) => {
      expect(openOf({ ...scm, m_users: { state, value: null } }, 'm_users')).toBeUndefined();
    },
  );

  it.each<AnswerState>(['unanswered', 'deferred', 'unknown', 'ambiguous', 'contradictory'])(
    'is asked with the reason when its answer is %s',
    (state) => {
      const found = openOf({ ...scm, m_users: { state } }, 'm_users');
      expect(found).toMatchObject({ reason: state, gate: 'discovery' });
    },
  );

  it('is asked as invalid when the words can never answer it', () => {
    const found = openOf(
      { ...scm, target_end: { state: 'unanswered', invalid: true } },
      'target_end',
    );
    expect(found?.reason).toBe('invalid');
  });

  it('carries the policy’s words', () => {
    const asked = shipped.questionById.get('m_users');
    expect(openOf(scm, 'm_users')).toMatchObject({
      question: asked?.ask,
      why: asked?.why,
      example: asked?.example,
    });
  });

  it('that must be known does not take "not applicable" for an answer', () => {
    const { open, answers } = judge({ ...scm, goals: { state: 'not_applicable' } });
    expect(open.find(({ field }) => field === 'goals')?.reason).toBe('contradictory');
    expect(answers.get('goals')).toMatchObject({ state: 'contradictory', raw: 'as written' });
    expect(answers.get('goals')?.remark).toContain('not applicable');
  });

  it('that need not be known does', () => {
    expect(openOf({ ...scm, m_sso: { state: 'not_applicable' } }, 'm_sso')).toBeUndefined();
  });
});

describe('the order of questions', () => {
  it('is intake first, then discovery, each as the policy has it', () => {
    const { open } = judge(scm);
    const gates = open.map(({ gate }) => gate);
    expect(new Set(gates)).toEqual(new Set(['intake', 'discovery']));
    expect(gates.lastIndexOf('intake')).toBeLessThan(gates.indexOf('discovery'));
    const order = shipped.questions.map(({ id }) => id);
    for (const gate of ['intake', 'discovery']) {
      const fields = open.filter((question) => question.gate === gate).map(({ field }) => field);
      expect(fields).toEqual(order.filter((id) => fields.includes(id)));
    }
  });

  it('goes on with the proposal’s questions in the second stage, and the SOW’s in the third', () => {
    const policy = withThirdStage();
    const gatesIn = (stage: string | null): ReadonlySet<string> =>
      new Set(judge(scm, { stage }, policy).open.map(({ gate }) => gate));
    expect(gatesIn(null)).toEqual(new Set(['intake', 'discovery']));
    expect(gatesIn('technical_evaluation')).toEqual(new Set(['intake', 'discovery']));
    expect(gatesIn('proposal')).toEqual(new Set(['intake', 'discovery', 'proposal']));
    expect(gatesIn('sow_approval')).toEqual(new Set(['intake', 'discovery', 'proposal', 'sow']));
  });

  it('never holds questions that block nothing', () => {
    const optional = shipped.questions.filter(({ gate }) => gate === 'none').map(({ id }) => id);
    const { open, applicable } = judge(scm, { stage: 'proposal' });
    expect(applicable).toContain('m_lfs');
    expect(open.filter(({ field }) => optional.includes(field))).toEqual([]);
  });
});

describe('who is asked', () => {
  it('is the one who leads, once that is known', () => {
    expect(openOf(scm, 'goals')?.owner).toBe('lead');
    expect(openOf({ ...scm, opportunity_kind: 'growth' }, 'goals')?.owner).toBe('sa');
    const renewal = { ...scm, opportunity_kind: 'renewal', existing_customer: true };
    expect(openOf(renewal, 'goals')?.owner).toBe('csm');
  });

  it('is the named owner, whoever leads', () => {
    expect(openOf({ ...scm, opportunity_kind: 'growth' }, 'segment')?.owner).toBe('ae');
    expect(openOf(scm, 'm_repos')?.owner).toBe('customer');
    expect(openOf(scm, 'teams_waves')?.owner).toBe('em');
  });
});

describe('a deferred answer', () => {
  const later = (over: Partial<Extract<Given, object>> = {}): Given => ({
    state: 'deferred',
    value: null,
    owner: 'jo',
    by: '2026-11-30',
    ...over,
  });

  it('with an owner and a near date holds nothing up', () => {
    const { open } = judge({ ...scm, m_users: later() });
    expect(open.find(({ field }) => field === 'm_users')).toMatchObject({
      reason: 'deferred',
      excused: true,
    });
  });

  it.each([
    ['today', '2026-11-23', true],
    ['in 14 days', '2026-12-07', true],
    ['in 15 days', '2026-12-08', false],
    ['yesterday', '2026-11-22', false],
  ])('promised for %s', (_, by, excused) => {
    expect(openOf({ ...scm, m_users: later({ by }) }, 'm_users')?.excused).toBe(excused);
  });

  it('without an owner or without a date holds the gate up', () => {
    const { owner: _o, ...nobody } = later() as { owner: string };
    const { by: _b, ...noDate } = later() as { by: string };
    expect(openOf({ ...scm, m_users: nobody }, 'm_users')?.excused).toBe(false);
    expect(openOf({ ...scm, m_users: noDate }, 'm_users')?.excused).toBe(false);
  });

  it('is excused three times at most, in the order of importance', () => {
    const fields = ['m_repos', 'm_projects', 'm_users', 'm_total_size', 'm_sso'];
    const given = Object.fromEntries(fields.map((field) => [field, later()]));
    const { open } = judge({ ...scm, ...given });
    const excused = open.filter((question) => question.excused).map(({ field }) => field);
    expect(excused).toEqual(['m_repos', 'm_projects', 'm_users']);
  });

  it('that is no longer near does not use up one of the three', () => {
    const fields = ['m_projects', 'm_users', 'm_total_size'];
    const given = Object.fromEntries(fields.map((field) => [field, later()]));
    const { open } = judge({ ...scm, m_repos: later({ by: '2027-03-01' }), ...given });
    const excused = open.filter((question) => question.excused).map(({ field }) => field);
    expect(excused).toEqual(fields);
  });

  it('is never excused at intake: nobody can be found without it', () => {
    expect(openOf({ ...scm, segment: later() }, 'segment')?.excused).toBe(false);
  });

  it('falls due in the order of the dates', () => {
    const { open, answers } = judge({
      ...scm,
      m_users: later({ by: '2026-12-02' }),
      m_repos: later({ by: '2026-11-25' }),
      m_projects: later({ by: '2026-11-30' }),
    });
    expect(dueDates(open, answers)).toEqual([
      { field: 'm_repos', date: '2026-11-25' },
      { field: 'm_projects', date: '2026-11-30' },
      { field: 'm_users', date: '2026-12-02' },
    ]);
  });
});

describe('how complete the answers are', () => {
  it('counts the questions of the gates that are asked now', () => {
    const { completeness, applicable } = judge(scm);
    const asked = applicable.filter((id) =>
      ['intake', 'discovery'].includes(shipped.questionById.get(id)?.gate ?? ''),
    );
    expect(completeness).toEqual({ answered: 1, needed: asked.length });
    const later = judge(scm, { stage: 'proposal' }).completeness;
    expect(later.needed).toBeGreaterThan(completeness.needed);
  });

  it.each<[AnswerState, number]>([
    ['answered', 2],
    ['none', 2],
    ['not_applicable', 2],
    ['reference', 1],
    ['partial', 1],
    ['deferred', 1],
    ['unknown', 1],
    ['ambiguous', 1],
    ['contradictory', 1],
    ['unanswered', 1],
  ])('with one further answer that is %s is %i', (state, answered) => {
    const { completeness } = judge({ ...scm, m_sso: { state, value: null } });
    expect(completeness.answered).toBe(answered);
  });

  it('does not count what does not apply, however well it is answered', () => {
    const { completeness } = judge({ ...scm, a_hours: 40, sm_hosting: 'own_dc' });
    expect(completeness.answered).toBe(1);
  });
});
