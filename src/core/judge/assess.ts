/** Reading + policy + now → assessment: the one judgement that `check`, `plan` and the service share. */
import type { Answers, Assessment, FieldId, OpenQuestion } from '../model.ts';
import type { Policy, Question, Scope } from '../policy.ts';
import { judgeFindings } from './findings.ts';
import { askedGates, countComplete, findOpen } from './gaps.ts';
import { type AssessInput, groundwork } from './groundwork.ts';
import { judgeLead } from './lead.ts';
import { judgePools } from './pools.ts';
import { holds } from './scope.ts';
import { judgeStage } from './stages.ts';

/** Pure: the same input gives the same assessment. Every list is in the order in which it is to be shown. */
export function assess(input: AssessInput, policy: Policy): Assessment {
  const { reading, serviceTypes, suggested, told, applicable, recommendation, ...ground } =
    groundwork(input, policy);
  const scope = new Map(ground.scope);
  const lead = judgeLead(policy, scope, input.leadSaid ?? null);
  const gates = askedGates(policy, input.stage);
  const open = findOpen(policy, applicable, told, gates, lead, input.now);
  addCounters(scope, open, input);
  scope.set('recommendation', recommendation.kind);
  scope.set('confidence', recommendation.confidence);
  scope.set('fit_label', fitKey(policy, input.peoplesLabels));
  scope.set('approvals', [...(input.approvals ?? [])]);
  scope.set('suggested_services', [...suggested]);
  scope.set('estimate_stale', input.estimateStale ?? false);
  const asked = new Set(applicable.map(({ id }) => id));
  const findings = judgeFindings(policy, told, asked, reading, scope, input.sameCustomer);
  scope.set(
    'blocking',
    count(findings, ({ severity }) => severity === 'block'),
  );
  return {
    serviceTypes,
    answers: withUnanswered(withoutIdle(told, asked), applicable),
    applicable: [...asked],
    open,
    findings,
    unplaced: reading.unplaced,
    typedUnderExample: reading.typedUnderExample,
    completeness: countComplete(applicable, told, gates),
    lead,
    pools: judgePools(policy, scope),
    callable: findCallable(policy, scope),
    reviews: judgeReviews(policy, scope, input.approvals ?? []),
    recommendation,
    stage: judgeStage(policy, input.stage, told, open, scope),
  };
}

/** What only follows from another answer is of no interest where the question does not apply. */
function withoutIdle(answers: Answers, applicable: ReadonlySet<FieldId>): Answers {
  return new Map(
    [...answers].filter(([id, { where }]) => where?.kind !== 'implied' || applicable.has(id)),
  );
}

function withUnanswered(answers: Answers, applicable: readonly Question[]): Answers {
  const all = new Map(answers);
  for (const { id } of applicable) {
    if (!all.has(id)) {
      all.set(id, { field: id, state: 'unanswered', raw: '', value: null, where: null });
    }
  }
  return all;
}

function addCounters(
  scope: Map<string, unknown>,
  open: readonly OpenQuestion[],
  input: AssessInput,
): void {
  for (const gate of ['intake', 'discovery', 'proposal'] as const) {
    scope.set(
      `open_${gate}`,
      count(open, (question) => question.gate === gate && !question.excused),
    );
  }
  scope.set(
    'deferred',
    count(open, ({ excused }) => excused),
  );
  if (input.emKnown !== null) scope.set('em_known', input.emKnown);
}

/** Of several rules that hold, only whom all of them list. */
function findCallable({ people }: Policy, scope: Scope): Assessment['callable'] {
  const lists = people.mentionOnly
    .filter(({ when }) => holds(when, scope))
    .map(({ usernames, managers }) => {
      const marked = people.engagementManagers.filter(
        ({ pubsecUs }) => managers === 'pubsec_us' && pubsecUs,
      );
      const names = [...usernames, ...marked.map(({ username }) => username)];
      return names.map((username) => username.toLowerCase());
    });
  const [first, ...others] = lists;
  return first?.filter((name) => others.every((list) => list.includes(name))) ?? null;
}

/** Whether a label says so makes no difference: an approval is given by those whom the policy names. */
function judgeReviews(
  { approvals }: Policy,
  scope: Scope,
  given: readonly string[],
): Assessment['reviews'] {
  return new Map(
    approvals.flatMap(({ id, neededWhen }): [string, 'needed' | 'approved'][] => {
      if (given.includes(id)) return [[id, 'approved']];
      return neededWhen && holds(neededWhen, scope) ? [[id, 'needed']] : [];
    }),
  );
}

function fitKey(policy: Policy, labels: readonly string[]): string {
  const family = policy.labels.find(({ id }) => id === 'fit');
  for (const [key, name] of family?.names ?? []) if (labels.includes(name)) return key;
  return '';
}

function count<T>(items: readonly T[], test: (item: T) => boolean): bigint {
  return BigInt(items.filter(test).length);
}
