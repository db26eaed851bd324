/** Several statements on one question → its one answer (`rulings.md` 6 and 27). */
import type { AcceptedSet, Answer, FieldId, ParsedValue, Place } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { parseAnswer } from './answer.ts';
import { equalsHint, isExample } from './examples.ts';
import { fold } from './fold.ts';
import type { Statement } from './statement.ts';

/** Better ones first: what says something beats what only says that nothing is known yet. */
const weight: Record<Answer['state'], number> = {
  answered: 0,
  none: 0,
  partial: 1,
  ambiguous: 2,
  contradictory: 2,
  not_applicable: 3,
  reference: 4,
  deferred: 5,
  unknown: 6,
  unanswered: 7,
};

export interface Told {
  readonly answer: Answer;
  readonly example: ReturnType<typeof isExample>;
}

/** One statement in the field's terms. `copied` as from `countCopied`. */
export function tell(
  statement: Statement,
  question: Question,
  policy: Policy,
  anchor: string,
  copied: ReadonlyMap<number, number>,
): Told {
  const parsed = parseStatement(statement, question, policy, anchor);
  const example = isExample(statement, parsed, question, copied);
  const { field, text, label, line, kind } = statement;
  const where: Place = { kind, line, label };
  const value: ParsedValue = example === 'no' ? parsed : { state: 'unanswered', value: null };
  return { answer: { ...value, field, raw: text, where }, example };
}

function parseStatement(
  statement: Statement,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue {
  if (statement.notApplicable) return { state: 'not_applicable', value: null };
  if (equalsHint(statement)) return { state: 'unanswered', value: null };
  // Several ticks are several answers, while in words the first one outweighs the rest.
  const single = statement.kind === 'checkbox' && question.type === 'enum';
  const text = single ? statement.text.replaceAll('; ', ' / ') : statement.text;
  return parseAnswer(text, question, policy, anchor);
}

/** `answers`: all on one field, in the order of the text. Null when there are none. */
export function settle(answers: readonly Answer[], question: Question): Answer | null {
  const [best] = answers.toSorted((a, b) => weight[a.state] - weight[b.state]);
  if (!best) return null;
  const rivals = answers.filter(({ state }) => weight[state] <= 2);
  if (rivals.length < 2 || !isComparable(question)) return widest(rivals, best);
  const different = rivals.filter((each) => !agree(each, best));
  if (different.length === 0) return widest(rivals, best);
  return {
    ...best,
    state: 'contradictory',
    statements: [best, ...different].flatMap(({ raw, where }) => (where ? [{ raw, where }] : [])),
  };
}

/** A command beats the words that stood there when it was written; later edits contradict it (`rulings.md` 27). */
export function foldSet(
  described: Answer | null,
  set: AcceptedSet,
  question: Question,
  policy: Policy,
): Answer {
  const { field, text, note, line } = set;
  const where: Place = { kind: 'command', line, note };
  const parsed = parseAnswer(text, question, policy, set.at.slice(0, 10));
  const answer: Answer = { ...parsed, field, raw: text, where };
  const edited =
    described?.where &&
    described.where.kind !== 'command' &&
    weight[described.state] <= 2 &&
    !set.beats(described.raw) &&
    !agree(described, answer);
  if (!edited || !described.where) return answer;
  const statements = [
    { raw: described.raw, where: described.where },
    { raw: text, where },
  ];
  return { ...answer, state: 'contradictory', statements };
}

/** Prose said in two places is told twice, not contradicted. */
function isComparable({ type }: Question): boolean {
  return type !== 'text' && type !== 'list';
}

function agree(a: Answer, b: Answer): boolean {
  if (Array.isArray(a.value) && Array.isArray(b.value)) {
    const [small, large] =
      a.value.length < b.value.length ? [a.value, b.value] : [b.value, a.value];
    return small.every((each) => large.includes(each));
  }
  if (typeof a.value === 'string' && typeof b.value === 'string') {
    return fold(a.value) === fold(b.value) || fold(a.raw) === fold(b.raw);
  }
  return a.value === b.value;
}

/** Of several lists that agree, the longest; of several texts, the first. */
function widest(rivals: readonly Answer[], best: Answer): Answer {
  const size = ({ value }: Answer): number => (Array.isArray(value) ? value.length : 0);
  return rivals.reduce((widest, each) => (size(each) > size(widest) ? each : widest), best);
}

/** For lookups by field. */
export function groupByField<T extends { readonly field: FieldId }>(
  items: readonly T[],
): ReadonlyMap<FieldId, readonly T[]> {
  const groups = new Map<FieldId, T[]>();
  for (const item of items) {
    const group = groups.get(item.field);
    if (group) group.push(item);
    else groups.set(item.field, [item]);
  }
  return groups;
}
