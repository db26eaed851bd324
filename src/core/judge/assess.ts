/** Reading + policy + now → assessment: the one judgement that `check`, `plan` and the service share. */
import type { Exposed } from '../exposed.ts';
import type {
  Answer,
  Answers,
  Assessment,
  FieldId,
  Lead,
  OpenQuestion,
  Reading,
} from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { judgeFindings } from './findings.ts';
import { askedGates, countComplete, findApplicable, findOpen } from './gaps.ts';
import { judgeLead } from './lead.ts';
import { judgeOffering } from './offering.ts';
import { judgePools } from './pools.ts';
import { addFacts, buildScope } from './scope.ts';
import { judgeServiceTypes, serviceTypesField, suggestServices } from './services.ts';
import { judgeStage } from './stages.ts';
import { withhold } from './withhold.ts';

export interface AssessInput {
  readonly reading: Reading;
  readonly title: string;
  /** All labels of the issue. */
  readonly labels: readonly string[];
  /** Those that a person put on; only they can name service types and the offering. */
  readonly peoplesLabels: readonly string[];
  /** Service types that a person took off. */
  readonly removedServices: ReadonlySet<string>;
  /** The stage's id; null before the first. */
  readonly stage: string | null;
  /** Whether an engagement manager is settled; null when nobody looked (offline). */
  readonly emKnown: boolean | null;
  /** ISO time. */
  readonly now: string;
  readonly confidential?: boolean;
  /** What should not stand in the issue: see `findExposed`. */
  readonly exposed?: readonly Exposed[];
  /** Service types that a command added (true) or removed (false). */
  readonly saidServices?: ReadonlyMap<string, boolean>;
  /** Other open scoping issues for the same customer; absent when nobody looked. */
  readonly sameCustomer?: readonly number[];
  /** Approvals that count, by the policy's ids. */
  readonly approvals?: readonly string[];
  /** The scope has changed since the customer accepted it. */
  readonly estimateStale?: boolean;
  /** Who leads because a person said so, by a label or a command; the policy's rules decide otherwise. */
  readonly leadSaid?: Lead | null;
}

/** Pure: the same input gives the same assessment. Every list is in the order in which it is to be shown. */
export function assess(input: AssessInput, policy: Policy): Assessment {
  const shown = withhold(input.reading, input.exposed ?? []);
  const answers = refuseNotApplicable(policy, shown.answers);
  const reading = { ...shown, answers };
  const scope = buildScope(policy, reading, input);
  addFacts(policy, scope);
  const serviceTypes = judgeServiceTypes(
    policy,
    answers,
    input.peoplesLabels,
    input.removedServices,
    scope,
    input.saidServices,
  );
  const suggested = suggestServices(policy, serviceTypes, input.removedServices, scope);
  const told = withServiceTypes(answers, serviceTypes);
  tellServiceTypes(scope, serviceTypes);
  addFacts(policy, scope);

  const applicable = findApplicable(policy, scope);
  const lead = judgeLead(policy, scope, input.leadSaid ?? null);
  const gates = askedGates(policy, input.stage);
  const open = findOpen(policy, applicable, told, gates, lead, input.now);
  const recommendation = judgeOffering(policy, told, scope);
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
    recommendation,
    stage: judgeStage(policy, input.stage, told, scope),
  };
}

/** `rulings.md` 7: "N/A" is no answer to what must be known. */
function refuseNotApplicable(policy: Policy, answers: Answers): Answers {
  return new Map(
    [...answers].map(([id, answer]): [FieldId, Answer] => {
      const question = policy.questionById.get(id);
      if (answer.state !== 'not_applicable' || !question?.required) return [id, answer];
      const remark = 'It says "not applicable", but this is needed for every scope.';
      return [id, { ...answer, state: 'contradictory', value: null, remark }];
    }),
  );
}

/** However they were found, conditions see them as answered from here on. */
function tellServiceTypes(scope: Map<string, unknown>, found: Assessment['serviceTypes']): void {
  if (found.length === 0) {
    scope.delete(serviceTypesField);
    return;
  }
  const answered = scope.get('answered') as readonly string[];
  const states = scope.get('states') as ReadonlyMap<string, string>;
  scope.set(
    serviceTypesField,
    found.map(({ id }) => id),
  );
  scope.set('answered', [...new Set([...answered, serviceTypesField])]);
  scope.set('states', new Map([...states, [serviceTypesField, 'answered']]));
}

/** Types told by a label or inferred answer the question; the comment shows them as such. */
function withServiceTypes(answers: Answers, found: Assessment['serviceTypes']): Answers {
  const first = found[0];
  if (!first || first.from === 'field') return answers;
  const told = new Map(answers);
  told.set(serviceTypesField, {
    field: serviceTypesField,
    state: 'answered',
    raw: '',
    value: found.map(({ id }) => id).toSorted(),
    where: { kind: first.from === 'label' ? 'label' : 'implied' },
  });
  return told;
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

function fitKey(policy: Policy, labels: readonly string[]): string {
  const family = policy.labels.find(({ id }) => id === 'fit');
  for (const [key, name] of family?.names ?? []) if (labels.includes(name)) return key;
  return '';
}

function count<T>(items: readonly T[], test: (item: T) => boolean): bigint {
  return BigInt(items.filter(test).length);
}
