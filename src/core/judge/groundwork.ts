/** What an assessment stands on, whatever is decided about people and stages: applicable questions, service types, offering. */
import type { Exposed } from '../exposed.ts';
import type {
  Answer,
  Answers,
  Assessment,
  FieldId,
  Lead,
  Reading,
  Recommendation,
} from '../model.ts';
import type { Policy, Question, Scope } from '../policy.ts';
import { perObject } from '../read/memo.ts';
import { findApplicable } from './gaps.ts';
import { judgeOffering } from './offering.ts';
import { addFacts, buildScope } from './scope.ts';
import { judgeServiceTypes, serviceTypesField, suggestServices } from './services.ts';
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

export interface Groundwork {
  readonly reading: Reading;
  /** To be copied before anything is added. */
  readonly scope: Scope;
  readonly serviceTypes: Assessment['serviceTypes'];
  readonly suggested: readonly string[];
  /** The answers, service types included however they were told. */
  readonly told: Answers;
  readonly applicable: readonly Question[];
  readonly recommendation: Recommendation;
}

/** One look at an issue assesses it several times, as standing in this stage or that: the ground is laid once. */
const laid = perObject((_: Reading) =>
  perObject((_policy: Policy) => new Map<string, Groundwork>()),
);

/** Pure: depends on nothing but its input; the same reading under the same circumstances is worked out once. */
export function groundwork(input: AssessInput, policy: Policy): Groundwork {
  const known = laid(input.reading)(policy);
  const { title, labels, peoplesLabels, stage, now, confidential, exposed, sameCustomer } = input;
  const approvals = input.approvals ?? [];
  const sets = [[...input.removedServices], [...(input.saidServices ?? [])], [...approvals]];
  const seen = [title, labels, peoplesLabels, stage, now, confidential, exposed, sameCustomer];
  const key = JSON.stringify([...seen, ...sets]);
  const before = known.get(key);
  if (before) return before;
  const ground = lay(input, policy);
  known.set(key, ground);
  return ground;
}

function lay(input: AssessInput, policy: Policy): Groundwork {
  const shown = withhold(input.reading, input.exposed ?? []);
  const allowed = refuseNotApplicable(policy, shown.answers);
  const answers = refuseRows(policy, allowed, input.approvals ?? []);
  const reading = { ...shown, answers };
  const scope = buildScope(policy, reading, input);
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
  const recommendation = judgeOffering(policy, told, scope);
  return { reading, scope, serviceTypes, suggested, told, applicable, recommendation };
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

/** What stands in a row approves nothing: only an approval that counts answers its question. */
function refuseRows({ approvals }: Policy, answers: Answers, given: readonly string[]): Answers {
  const fields = new Set(approvals.flatMap(({ id, field }) => (given.includes(id) ? [] : [field])));
  return new Map(
    [...answers].map(([id, answer]): [FieldId, Answer] => {
      if (!fields.has(id) || answer.state === 'unanswered') return [id, answer];
      const { field, raw, where } = answer;
      const remark = 'A row is no approval; it counts in a comment by those whom the policy names.';
      return [id, { field, raw, where, state: 'unanswered', value: null, remark }];
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

const TOLD_BY = { field: 'command', label: 'label', inferred: 'implied' } as const;

/**
 * Types told by a label or inferred answer the question; the comment shows them as such. Beside inferred
 * ones what a command added stands for itself.
 */
function withServiceTypes(answers: Answers, found: Assessment['serviceTypes']): Answers {
  const first = found.find(({ from }) => from === 'inferred') ?? found[0];
  const named = answers.get(serviceTypesField)?.state === 'answered';
  if (!first || (first.from === 'field' && named)) return answers;
  const told = new Map(answers);
  told.set(serviceTypesField, {
    field: serviceTypesField,
    state: 'answered',
    raw: '',
    value: found.map(({ id }) => id).toSorted(),
    where: { kind: TOLD_BY[first.from] },
  });
  return told;
}
