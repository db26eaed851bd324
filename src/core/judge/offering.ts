/** SKU, SOW or partner: the policy's offering rules, first that holds wins (`domain.md` §8.10, `rulings.md` 12). */
import type { Answers, FieldId, Recommendation } from '../model.ts';
import type { OfferingRule, Policy, Scope } from '../policy.ts';
import { fillSentence } from '../say/sentence.ts';
import { holds } from './scope.ts';

/**
 * Undecided while no rule holds and some could still hold; then `wouldChange` names the questions
 * whose answers decide. The last resort applies only when all rules before it are ruled out.
 */
export function judgeOffering(policy: Policy, answers: Answers, scope: Scope): Recommendation {
  if (!scope.has('service_types')) return undecided(policy, ['service_types']);
  const missing = new Set<FieldId>();
  let waiting = false;
  for (const rule of policy.offeringRules) {
    if (rule.when === null) {
      if (!waiting) return decided(policy, rule, answers, scope);
      continue;
    }
    const truth = rule.when.evaluate(scope);
    if (truth.is === true) return decided(policy, rule, answers, scope);
    if (truth.is === 'unknown') {
      // What is missing may be no question at all, so the names alone do not tell that a rule is open.
      waiting = true;
      for (const field of truth.missing) missing.add(field);
    }
  }
  return undecided(policy, [...missing]);
}

function decided(
  policy: Policy,
  rule: OfferingRule,
  answers: Answers,
  scope: Scope,
): Recommendation {
  const say = (sentence: string): string => fillSentence(sentence, { policy, answers });
  const together = rule.offerings
    .filter(({ when }) => holds(when, scope))
    .map(({ offering }) => offering);
  // Beside a statement of work they all stand; else the first of them leads.
  const leads = rule.kind === 'sku';
  const first = (leads ? together[0] : undefined) ?? rule.offering;
  const also = leads ? together.slice(1) : together;
  return {
    kind: rule.kind,
    offering: first,
    also,
    confidence: rule.confidence,
    rule: rule.id,
    reasons: rule.reasons
      .filter((reason) => reason.when === null || holds(reason.when, scope))
      .map((reason) => say(reason.say)),
    wouldChange: rule.wouldChange.map(say),
  };
}

function undecided(policy: Policy, missing: readonly FieldId[]): Recommendation {
  const questions = missing.flatMap((id) => policy.questionById.get(id)?.ask ?? []);
  return {
    kind: 'undecided',
    offering: null,
    also: [],
    confidence: 'low',
    rule: null,
    reasons: [],
    wouldChange: questions,
  };
}
