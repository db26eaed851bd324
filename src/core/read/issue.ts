/** Title, description, labels and accepted commands → everything that was read from an issue. */
import { buildScope } from '../judge/scope.ts';
import type { AcceptedSet, Answer, FieldId, Reading } from '../model.ts';
import type { Policy } from '../policy.ts';
import { parseAnswer } from './answer.ts';
import { missingSources, systemTitle } from './breakdown.ts';
import { readDialogue } from './dialogue.ts';
import { countCopied, knownTables, typedUnderExample } from './examples.ts';
import { fold } from './fold.ts';
import { readImplied } from './implied.ts';
import { readLines } from './lines.ts';
import { foldSet, groupByField, settle, type Told, tell } from './settle.ts';
import type { Statement } from './statement.ts';
import { readStatements } from './statements.ts';

export interface IssueSource {
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
  /** ISO time of writing: dates without a year are the next ones from there. */
  readonly writtenAt: string;
  /** Commands that count, oldest first. */
  readonly sets: readonly AcceptedSet[];
}

/** As many different statements on one question are read. */
const mostStatements = 40;

/** Pure and total; linear in the length of the description. `now` is an ISO time. */
export function readIssue(source: IssueSource, policy: Policy, now: string): Reading {
  const { statements, unplaced, unplacedMore, requests } = readStatements(
    readDialogue(readLines(source.description), policy),
    policy,
  );
  const anchor = source.writtenAt.slice(0, 10);
  const copied = countCopied(statements);
  const ours = knownTables(statements, policy);
  const answers = new Map<FieldId, Answer>();
  const copiedExamples: FieldId[] = [];
  const underExample = new Map<FieldId, string>();
  const rows = groupByField(statements);
  for (const [field, all] of rows) {
    const question = policy.questionById.get(field);
    if (!question) continue;
    const said = withoutRepeats(all);
    const told = said.map((each) => tell(each, question, policy, anchor, copied));
    const answer = settle(
      told.map((each) => each.answer),
      question,
    );
    if (answer) answers.set(field, answer);
    if (answer?.state === 'unanswered' && told.some(({ example }) => example === 'copied')) {
      copiedExamples.push(field);
    }
    if (answer?.state === 'unanswered') {
      const typed = findTyped(said, told, question, policy, ours);
      if (typed !== null) underExample.set(field, typed);
    }
  }
  foldSets(source.sets, answers, policy);
  const reading = { answers, rows: new Set(rows.keys()), copiedExamples, requests };
  addLabelAnswers(source.labels, answers, policy, anchor);
  addImplied(source, reading, answers, policy, anchor, now);
  markPartial(answers, policy);
  return { ...reading, unplaced, unplacedMore, typedUnderExample: underExample };
}

/** The same words on the same question say nothing more; and so many different ones are no answer. */
function withoutRepeats(said: readonly Statement[]): readonly Statement[] {
  if (said.length < 2) return said;
  const known = new Map<string, Statement>();
  for (const statement of said) {
    const { text, example = '', hints, notApplicable = false } = statement;
    const key = JSON.stringify([text, example, hints, notApplicable]);
    if (!known.has(key)) known.set(key, statement);
    if (known.size >= mostStatements) break;
  }
  return [...known.values()];
}

function findTyped(
  said: readonly Statement[],
  told: readonly Told[],
  question: Parameters<typeof typedUnderExample>[1],
  policy: Policy,
  ours: ReadonlySet<number>,
): string | null {
  for (const [index, statement] of said.entries()) {
    if (told[index]?.example !== 'no') continue;
    const typed = typedUnderExample(statement, question, policy);
    const empty = told[index]?.answer.raw.trim() === '';
    if (typed !== null && (empty || ours.has(statement.table ?? -1))) return typed;
  }
  return null;
}

function foldSets(
  sets: readonly AcceptedSet[],
  answers: Map<FieldId, Answer>,
  policy: Policy,
): void {
  // Each command is held against the description itself, not against the command before it.
  const described = new Map(answers);
  for (const set of sets) {
    const question = policy.questionById.get(set.field);
    if (!question) continue;
    answers.set(set.field, foldSet(described.get(set.field) ?? null, set, question, policy));
  }
}

/** Labels such as `Segment::Ent_EMEA` answer what the text leaves open; spelling is read tolerantly. */
function addLabelAnswers(
  labels: readonly string[],
  answers: Map<FieldId, Answer>,
  policy: Policy,
  anchor: string,
): void {
  const present = new Map(labels.map((label) => [fold(label), label]));
  for (const { label, set } of policy.labelAnswers) {
    const written = present.get(fold(label));
    if (written === undefined) continue;
    for (const [field, words] of set) {
      const question = policy.questionById.get(field);
      if (!question || !isOpen(answers.get(field))) continue;
      const parsed = parseAnswer(words, question, policy, anchor);
      answers.set(field, {
        ...parsed,
        field,
        raw: words,
        where: { kind: 'label', label: written },
      });
    }
  }
}

/**
 * Twice, because a condition of one implication may hang on the answer of another. Facts are worked out by the
 * few conditions that name them: all of them would cost more than the rest of the reading.
 */
function addImplied(
  { title, labels }: IssueSource,
  reading: Pick<Reading, 'answers' | 'rows' | 'copiedExamples' | 'requests'>,
  answers: Map<FieldId, Answer>,
  policy: Policy,
  anchor: string,
  now: string,
): void {
  for (let round = 0; round < 2; round++) {
    const scope = buildScope(policy, reading, { title, labels, stage: null, now });
    for (const question of policy.questions) {
      if (question.impliedBy.length === 0 || !isOpen(answers.get(question.id))) continue;
      const implied = readImplied(question, answers, title, scope, policy, anchor);
      if (implied) answers.set(question.id, implied);
    }
  }
}

/** A breakdown that leaves out a source which another answer names is only a part of the answer. */
function markPartial(answers: Map<FieldId, Answer>, policy: Policy): void {
  const sources = answers.get('m_sources');
  if (sources?.state !== 'answered' || !Array.isArray(sources.value)) return;
  for (const [field, answer] of answers) {
    const isCount = policy.questionById.get(field)?.type === 'count';
    if (answer.state !== 'answered' || !isCount) continue;
    const missing = missingSources(answer, sources.value, policy);
    if (missing.length === 0) continue;
    const names = missing.map((id) => systemTitle(id, policy));
    const remark = `The figure for ${names.join(', ')} is still missing.`;
    answers.set(field, { ...answer, state: 'partial', remark });
  }
}

/** Nothing was said, or only that it is not known yet. */
function isOpen(answer: Answer | undefined): boolean {
  return (
    !answer ||
    answer.state === 'unanswered' ||
    answer.state === 'unknown' ||
    answer.state === 'deferred'
  );
}
