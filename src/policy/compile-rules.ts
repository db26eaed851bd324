/** Questions, rules, checks and stages with their conditions compiled, each at its place. */
import type { Policy, Question } from '../core/policy.ts';
import type { Expressions } from './expressions.ts';
import type { PolicyDocument } from './schema.ts';
import type { Path } from './site.ts';

/** Everything with conditions and sentences but the questions; a stage gets its gates whole. */
export function compileRules(
  document: PolicyDocument,
  expressions: Expressions,
): Pick<Policy, 'leadRules' | 'poolRules' | 'offeringRules' | 'checks' | 'stages' | 'approvals'> &
  Pick<Policy['people'], 'mentionOnly'> {
  const { condition, checkCondition, gateCondition } = expressions;
  const { sentence, checkSentence, gateSentence } = expressions;
  const leadRules = new Map(
    Object.entries(document.lead_rules).map(([name, rules]) => [
      name,
      rules.map(({ no_manager, ...rule }, i) => {
        const at: Path = ['lead_rules', name, i];
        const noManager =
          no_manager === undefined
            ? {}
            : { noManager: sentence([...at, 'no_manager'], no_manager) };
        return {
          ...rule,
          when: condition([...at, 'when'], rule.when),
          reason: sentence([...at, 'reason'], rule.reason),
          ...noManager,
        };
      }),
    ]),
  );
  const poolRules = document.pool_rules.map((rule, i) => ({
    ...rule,
    when: condition(['pool_rules', i, 'when'], rule.when),
    reason: sentence(['pool_rules', i, 'reason'], rule.reason),
  }));
  sentence(['lead_unknown', 'reason'], document.lead_unknown.reason);
  const offeringRules = document.offering_rules.map((rule, i) => {
    const at: Path = ['offering_rules', i];
    const reasons = rule.reasons.map((reason, r) => {
      const here: Path = [...at, 'reasons', r];
      if (typeof reason === 'string') return { when: null, say: sentence(here, reason) };
      return {
        when: condition([...here, 'when'], reason.when),
        say: sentence([...here, 'say'], reason.say),
      };
    });
    return {
      id: rule.id,
      when: rule.when === undefined ? null : condition([...at, 'when'], rule.when),
      kind: rule.kind,
      offering: rule.offering,
      offerings: rule.offerings.map(({ when, offering }, o) => ({
        when: condition([...at, 'offerings', o, 'when'], when),
        offering,
      })),
      confidence: rule.confidence,
      reasons,
      wouldChange: rule.would_change.map((text, t) => sentence([...at, 'would_change', t], text)),
    };
  });
  const checks = document.checks.map(({ would_clear, ...check }, i) => ({
    ...check,
    wouldClear: checkSentence(['checks', i, 'would_clear'], would_clear),
    when: checkCondition(['checks', i, 'when'], check.when),
    internal:
      check.internal === undefined
        ? null
        : checkCondition(['checks', i, 'internal'], check.internal),
    message: checkSentence(['checks', i, 'message'], check.message),
  }));
  const gates = new Map(
    document.gates.map((gate, i) => [
      gate.id,
      {
        ...gate,
        when: gateCondition(['gates', i, 'when'], gate.when),
        passed: gateSentence(['gates', i, 'passed'], gate.passed),
        open: gateSentence(['gates', i, 'open'], gate.open),
      },
    ]),
  );
  const stages = inOrder(document.stages).map(({ enter_when, after: _, ...stage }) => ({
    ...stage,
    enterWhen: enter_when.flatMap((id) => gates.get(id) ?? []),
  }));
  const approvals = document.approvals.map(({ needed_when, ...approval }, i) => ({
    ...approval,
    neededWhen:
      needed_when === undefined ? null : condition(['approvals', i, 'needed_when'], needed_when),
  }));
  const mentionOnly = document.people.mention_only.map(({ managers = null, ...rule }, i) => ({
    ...rule,
    managers,
    when: condition(['people', 'mention_only', i, 'when'], rule.when),
  }));
  return {
    mentionOnly,
    approvals,
    leadRules: leadRules.get(document.assignment.lead) ?? [],
    poolRules,
    offeringRules,
    checks,
    stages,
  };
}

/** The road: each stage behind the one it names with `after`, else where it is listed. */
function inOrder(stages: PolicyDocument['stages']): PolicyDocument['stages'] {
  const road = stages.filter(({ after }) => after === undefined);
  const rest = stages.filter(({ after }) => after !== undefined);
  while (rest.length > 0) {
    const next = rest.findIndex(({ after }) => road.some(({ id }) => id === after));
    const [stage] = rest.splice(Math.max(0, next), 1);
    if (stage) road.splice(road.findIndex(({ id }) => id === stage.after) + 1, 0, stage);
  }
  return road;
}

/** `at` is the question's path in the document. */
export function compileQuestion(
  question: PolicyDocument['questions'][number] & Pick<Question, 'perhaps' | 'opposites'>,
  at: Path,
  { condition }: Expressions,
): Question {
  const { implied_by, vocabulary, when, ...rest } = question;
  return {
    ...rest,
    vocabulary: vocabulary ?? null,
    when: condition([...at, 'when'], when),
    impliedBy: implied_by.map((source, i) => ({
      field: source.field,
      part: source.part,
      when:
        source.when === undefined ? null : condition([...at, 'implied_by', i, 'when'], source.when),
      words: source.words ?? null,
    })),
  };
}
