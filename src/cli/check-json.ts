/** Assessment → the JSON of `interfaces.md` §4; keys may be added, none renamed or removed. */
import { type Exposed, maskExposed } from '../core/exposed.ts';
import type { Answer, Assessment, Place } from '../core/model.ts';
import type { Policy } from '../core/policy.ts';

/**
 * A plain object for `JSON.stringify`; keys of `answers` are the policy's field ids. As in the comment, secrets
 * and e-mail addresses are named and not repeated (C41).
 */
export function toCheckJson(
  assessment: Assessment,
  title: string,
  policy: Policy,
  exposed?: readonly Exposed[],
): Record<string, unknown> {
  const { recommendation, stage, lead } = assessment;
  return withoutExposed({
    policy_version: policy.version,
    title,
    service_types: assessment.serviceTypes,
    answers: Object.fromEntries([...assessment.answers].map(([id, answer]) => [id, plain(answer)])),
    open: assessment.open.map(({ field, reason, gate, owner, question, why, example }) => ({
      field,
      reason,
      gate,
      owner,
      question,
      why,
      example,
    })),
    findings: assessment.findings.map(({ wouldClear, ...finding }) => ({
      ...finding,
      would_clear: wouldClear ?? null,
    })),
    unplaced: assessment.unplaced,
    ...(exposed ? { exposed: exposed.map(({ kind, line }) => ({ kind, line })) } : {}),
    completeness: assessment.completeness,
    lead: { role: lead.role, reason: lead.reason, rule: lead.rule },
    recommendation: {
      kind: recommendation.kind,
      offering: recommendation.offering,
      also: recommendation.also,
      confidence: recommendation.confidence,
      rule: recommendation.rule,
      reasons: recommendation.reasons,
      would_change: recommendation.wouldChange,
      catalogue: policy.catalogueVersion,
    },
    stage: {
      current: stage.current,
      next: stage.next,
      passed: stage.passed,
      gates: stage.gates,
    },
  }) as Record<string, unknown>;
}

/** The same data with every text in it safe to repeat, keys too: a part of a breakdown is called what people call it. */
function withoutExposed(data: unknown): unknown {
  if (typeof data === 'string') return maskExposed(data);
  if (Array.isArray(data)) return data.map(withoutExposed);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [maskExposed(key), withoutExposed(value)]),
  );
}

function plain(answer: Answer): Record<string, unknown> {
  const { field: _field, statements, where, ...rest } = answer;
  return {
    ...rest,
    breakdown: rest.breakdown ?? null,
    where: where ? place(where) : null,
    ...(statements
      ? { statements: statements.map((each) => ({ raw: each.raw, where: place(each.where) })) }
      : {}),
  };
}

function place({ line, kind, label, note, from }: Place): Record<string, unknown> {
  return {
    line: line ?? null,
    kind,
    label: label ?? null,
    ...(note ? { note: note.id, author: note.author } : {}),
    ...(from ? { from } : {}),
  };
}
