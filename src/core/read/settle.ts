/** Several statements on one question → its one answer (`rulings.md` 6 and 27). */
import type { AcceptedSet, Answer, FieldId, ParsedValue, Place } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { parseAnswer } from './answer.ts';
import { equalsHint, isExample } from './examples.ts';
import { fold } from './fold.ts';
import { meantByLabel } from './label-sense.ts';
import { asksLargest } from './largest.ts';
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

const notCounted: ParsedValue = {
  state: 'unanswered',
  value: null,
  remark: 'It is the same as the example beside it, so it does not count.',
};

/** One statement in the field's terms. `copied` as from `countCopied`. */
export function tell(
  statement: Statement,
  question: Question,
  policy: Policy,
  anchor: string,
  copied: ReadonlyMap<number, number>,
): Told {
  const parsed = parseStatement(statement, question, policy, anchor);
  const example = isExample(statement, parsed, question, copied, policy);
  const { field, text, label, line, kind } = statement;
  const where: Place = { kind, line, label };
  const value = example === 'no' ? parsed : notCounted;
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
  const meant = meantByLabel(statement.label, text, question, policy);
  if (meant !== null) return { state: 'answered', value: meant };
  // "Largest repo: 40 GB" is no total, whichever column says so.
  const named = asksLargest(statement.label, question, policy)
    ? `${text} (${statement.label})`
    : text;
  const parsed = parseAnswer(named, question, policy, anchor);
  if (!statement.opposite || typeof parsed.value !== 'boolean') return parsed;
  return { ...parsed, value: !parsed.value };
}

/** `answers`: all on one field, in the order of the text. Null when there are none. */
export function settle(answers: readonly Answer[], question: Question): Answer | null {
  const [best] = answers.toSorted((a, b) => weight[a.state] - weight[b.state]);
  if (!best) return null;
  const rivals = answers.filter(({ state }) => weight[state] <= 2);
  if (!isComparable(question)) return toldTogether(rivals, question) ?? widest(rivals, best);
  if (rivals.length < 2) return widest(rivals, best);
  const different = rivals.filter((each) => !agree(each, best) && !isPart(each, best, question));
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
  const where: Place = { kind: 'command', line, note: { ...note, at: set.at } };
  const parsed = parseAnswer(text, question, policy, set.at.slice(0, 10));
  const said: Answer = { ...parsed, field, raw: text, where };
  const answer: Answer = set.assumed ? { ...said, ...asAssumed(said) } : said;
  const edited =
    described?.where &&
    described.where.kind !== 'command' &&
    weight[described.state] <= 2 &&
    !set.beats(described.raw) &&
    !agree(described, answer);
  if (!edited || !described.where) return answer;
  // "Not yet" disagrees with nothing: the answer has come since.
  if (weight[answer.state] >= weight.deferred) return described;
  const statements = [
    { raw: described.raw, where: described.where },
    { raw: text, where },
  ];
  return { ...answer, state: 'contradictory', statements };
}

/** An assumption that can be read holds; one that cannot is kept in its own words. */
function asAssumed({ state, value, raw }: Answer): Pick<Answer, 'state' | 'value' | 'assumed'> {
  const read = state === 'answered' || state === 'none' || state === 'partial';
  return { state: read ? state : 'answered', value: read ? value : raw, assumed: true };
}

/** The largest of several beside their sum. */
function isPart(part: Answer, whole: Answer, { type }: Question): boolean {
  return (
    type === 'size' && part.state === 'partial' && Number(part.value) <= Number(whole.value ?? 0)
  );
}

/** Prose said in two places is told twice, not contradicted. */
function isComparable({ type }: Question): boolean {
  return type !== 'text' && type !== 'list';
}

/** What several rows say about one question in prose, as one answer; null when one says it all, or it is a name. */
function toldTogether(rivals: readonly Answer[], { impliedBy }: Question): Answer | null {
  const said = rivals.filter(({ state }) => state === 'answered' || state === 'partial');
  const [first] = said;
  if (!first || said.length < 2 || impliedBy.some(({ field }) => field === 'title')) return null;
  const state = said.some((each) => each.state === 'partial') ? 'partial' : 'answered';
  const raw = said.map((each) => each.raw).join('\n');
  const value = said.every((each) => Array.isArray(each.value))
    ? [...new Set(said.flatMap((each) => each.value as string[]))]
    : said.map((each) => String(each.value)).join('\n');
  return { ...first, state, raw, value };
}

/** Whether two statements can both be true; the vaguer of the two is then the weaker one. */
function agree(a: Answer, b: Answer): boolean {
  if (a.state === 'ambiguous' || b.state === 'ambiguous') return settles(a, b) || settles(b, a);
  if (Array.isArray(a.value) && Array.isArray(b.value)) {
    const [small, large] =
      a.value.length < b.value.length ? [a.value, b.value] : [b.value, a.value];
    if (small.length === 0) return large.length === 0;
    return small.every((each) => large.includes(each));
  }
  if (spans(a, b) || spans(b, a)) return true;
  if (typeof a.value === 'string' && typeof b.value === 'string') {
    return fold(a.value) === fold(b.value) || fold(a.raw) === fold(b.raw);
  }
  return a.value === b.value;
}

/** "GitHub Enterprise" here and "GitHub Enterprise Server" there: the second says which. */
function settles(clear: Answer, unclear: Answer): boolean {
  if (unclear.state !== 'ambiguous') return false;
  if (clear.state === 'ambiguous') return fold(clear.raw) === fold(unclear.raw);
  const meant = Array.isArray(clear.value) ? clear.value : [String(clear.value)];
  return meant.some((each) => unclear.choices?.includes(each));
}

/** How far an approximate figure may be from the exact one that it stands for. */
const tolerance = 0.1;

/** A quarter and a day in it, "~700" and 712, "16.11" and "16.11.2" are the same answer, one of them rough. */
function spans(rough: Answer, exact: Answer): boolean {
  if (typeof rough.value === 'string' && typeof exact.value === 'string') {
    const within =
      typeof rough.min === 'string' &&
      typeof rough.max === 'string' &&
      rough.min <= exact.value &&
      exact.value <= rough.max;
    const version = /^\d+(?:\.\d+)*(?:\.x)?$/u.test(rough.value);
    return within || (version && exact.value.startsWith(`${rough.value.replace(/\.x$/u, '')}.`));
  }
  if (!rough.approximate || typeof rough.value !== 'number' || typeof exact.value !== 'number') {
    return false;
  }
  const low = typeof rough.min === 'number' ? rough.min : rough.value;
  const high = typeof rough.max === 'number' ? rough.max : Math.max(rough.value, low);
  return low * (1 - tolerance) <= exact.value && exact.value <= high * (1 + tolerance);
}

/** Of several answers that agree, the one that says most: the longest list, the exact figure; else the first. */
function widest(rivals: readonly Answer[], best: Answer): Answer {
  const size = ({ value }: Answer): number => (Array.isArray(value) ? value.length : 0);
  return rivals.reduce((most, each) => {
    if (each.state === 'ambiguous') return most;
    if (size(each) > size(most)) return each;
    return spans(most, each) && !spans(each, most) ? each : most;
  }, best);
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
