/** Answers and circumstances → the variables that the policy's conditions may name. */
import type { Exposed } from '../exposed.ts';
import type { Answer, Answers, Reading, Value } from '../model.ts';
import type { FieldType, Policy, Scope } from '../policy.ts';
import { readDate } from '../read/date.ts';

/** What conditions may look at beside the answers. */
export interface Circumstances {
  readonly title: string;
  readonly labels: readonly string[];
  /** The current stage's id, null before the first. */
  readonly stage: string | null;
  /** ISO time. */
  readonly now: string;
  /** Whether the issue is; absent when nobody can know, as offline. */
  readonly confidential?: boolean;
  /** What should not stand in the text; nothing when nobody looked. */
  readonly exposed?: readonly Exposed[];
  /** Other open scoping issues for the same customer; absent when nobody looked. */
  readonly sameCustomer?: readonly number[];
}

/** Characters of an answer in which conditions may look for words. */
const MOST_WORDS = 4000;

/** More than anybody counts. */
const UNBOUNDED = BigInt(Number.MAX_SAFE_INTEGER);
/** A day is looked for in answers of so many characters. */
const MOST_DATED = 200;

const bounded = new Set(['count', 'money']);
const valued = new Set(['answered', 'none', 'partial']);
const settled = new Set(['answered', 'none', 'partial', 'not_applicable', 'reference']);

/**
 * Builds the variables of a condition. A field is absent, so *unknown*, unless it has a value;
 * `none` has the empty value of its type (`rulings.md` 4).
 */
export function buildScope(
  policy: Policy,
  reading: Pick<Reading, 'answers' | 'rows' | 'copiedExamples' | 'requests'>,
  about: Circumstances,
): Map<string, unknown> {
  const scope = new Map<string, unknown>();
  for (const question of policy.questions) {
    const answer = reading.answers.get(question.id);
    if (!answer || !valued.has(answer.state)) continue;
    const value = asVariable(answer, question.type, isNumeric(policy, question.vocabulary));
    if (value !== undefined) scope.set(question.id, value);
  }
  scope.set('rows', [...reading.rows]);
  scope.set(
    'requests',
    (reading.requests ?? []).map((each) => each.toLowerCase()),
  );
  scope.set('answered', idsInState(reading.answers, settled));
  scope.set('states', new Map([...reading.answers].map(([id, answer]) => [id, answer.state])));
  scope.set('said', wordsOf(reading.answers));
  addBounds(policy, reading.answers, scope);
  scope.set('days_said', daysOf(policy, reading.answers, about.now));
  scope.set('labels', [...about.labels]);
  scope.set('title', about.title);
  scope.set('today', new Date(`${about.now.slice(0, 10)}T00:00:00Z`));
  scope.set('stage', about.stage ?? '');
  scope.set('copied_examples', [...reading.copiedExamples]);
  if (about.confidential !== undefined) scope.set('confidential', about.confidential);
  if (about.sameCustomer) scope.set('same_customer', BigInt(about.sameCustomer.length));
  addExposed(scope, about.exposed ?? []);
  return scope;
}

/**
 * How few and how many a count, or an amount of money, may come to: ranges, "more than", growth; a field whose upper end is
 * not told stands in `open_ended` as well.
 */
function addBounds(policy: Policy, answers: Answers, scope: Map<string, unknown>): void {
  const least = new Map<string, bigint>();
  const most = new Map<string, bigint>();
  const openEnded: string[] = [];
  for (const [id, answer] of answers) {
    const value = asInt(answer.value);
    if (value === undefined || !bounded.has(policy.questionById.get(id)?.type ?? '')) continue;
    if (!valued.has(answer.state)) continue;
    const [min, max] = [boundOf(answer.min), boundOf(answer.max)];
    const isOpen = (min !== undefined && max === undefined) || isPartSum(answer);
    least.set(id, min ?? (max === undefined ? value : 0n));
    most.set(id, isOpen ? UNBOUNDED : larger(max ?? value, boundOf(answer.later)));
    if (isOpen) openEnded.push(id);
  }
  scope.set('least', least);
  scope.set('most', most);
  scope.set('open_ended', openEnded);
}

/** Half an answer that is no range: a part of the sum is still missing. */
function isPartSum({ state, min, max }: Answer): boolean {
  return state === 'partial' && min === max;
}

function boundOf(bound: number | string | undefined): bigint | undefined {
  return typeof bound === 'number' ? asInt(bound) : undefined;
}

function larger(one: bigint, other: bigint | undefined): bigint {
  return other !== undefined && other > one ? other : one;
}

/** The day that stands in an answer in prose, for conditions on what drives a date. */
function daysOf(policy: Policy, answers: Answers, now: string): ReadonlyMap<string, Date> {
  const days = new Map<string, Date>();
  for (const [id, { state, raw }] of answers) {
    const isProse = policy.questionById.get(id)?.type === 'text' && state === 'answered';
    if (!isProse || raw.length > MOST_DATED || !/\d/u.test(raw)) continue;
    const read = readDate(raw, policy, now.slice(0, 10));
    const day = read.state === 'answered' ? asDate(String(read.min ?? read.value)) : undefined;
    if (day) days.set(id, day);
  }
  return days;
}

/** Kinds of secrets, and how many different e-mail addresses: never the things themselves. */
function addExposed(scope: Map<string, unknown>, exposed: readonly Exposed[]): void {
  const kinds = new Set(exposed.map(({ kind }) => kind));
  const addresses = exposed.filter(({ kind }) => kind === 'address');
  kinds.delete('address');
  scope.set('exposed', [...kinds]);
  scope.set('email_addresses', BigInt(new Set(addresses.map(({ text }) => text)).size));
}

/** Evaluates the policy's facts in order into `scope`; an unknown fact stays absent. */
export function addFacts(policy: Policy, scope: Map<string, unknown>): void {
  for (const fact of policy.facts) {
    const truth = fact.is.evaluate(scope);
    if (truth.is === 'unknown') scope.delete(fact.id);
    else scope.set(fact.id, truth.is);
  }
}

/** Whether a condition holds for sure. */
export function holds(
  condition: { evaluate(scope: Scope): { is: true | false | 'unknown' } },
  scope: Scope,
): boolean {
  return condition.evaluate(scope).is === true;
}

/** The words of every answer that says something, in small letters, for conditions that look for words. */
function wordsOf(answers: Answers): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const [id, { state, raw }] of answers) {
    if (raw !== '' && state !== 'unanswered') said.set(id, raw.slice(0, MOST_WORDS).toLowerCase());
  }
  return said;
}

function idsInState(answers: Answers, states: ReadonlySet<string>): string[] {
  return [...answers].filter(([, answer]) => states.has(answer.state)).map(([id]) => id);
}

function isNumeric(policy: Policy, vocabulary: string | null): boolean {
  return vocabulary !== null && policy.vocabularies.get(vocabulary)?.numeric === true;
}

/** CEL wants bigint for int and Date for timestamp; a value of the wrong shape counts as absent. */
function asVariable(answer: Answer, type: FieldType, numeric: boolean): unknown {
  const value: Value = answer.value;
  switch (type) {
    case 'count':
    case 'size':
    case 'money':
      return asInt(answer.state === 'none' ? 0 : value);
    case 'yes_no':
      return answer.state === 'none' ? false : typeof value === 'boolean' ? value : undefined;
    case 'multi':
    case 'list':
      return Array.isArray(value) ? [...value] : value === null ? [] : [String(value)];
    case 'date':
      return typeof value === 'string' ? asDate(value) : undefined;
    case 'enum':
      if (numeric) return asInt(value);
      return answer.state === 'none' ? 'none' : asText(value);
    default:
      return answer.state === 'none' ? '' : asText(value);
  }
}

function asInt(value: Value): bigint | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? BigInt(Math.round(value))
    : undefined;
}

function asDate(value: string): Date | undefined {
  const date = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function asText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(', ') : undefined;
}
