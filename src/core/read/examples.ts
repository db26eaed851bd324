/** Answers that only repeat their row's example or a hint beside it (`rulings.md` 10). */
import type { ParsedValue } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { fold } from './fold.ts';
import { perObject } from './memo.ts';
import { offeredChoices } from './offered.ts';
import { isExactly } from './phrases.ts';
import { plainText } from './plain.ts';
import type { Statement } from './statement.ts';

/** As many equal rows in one table, and none of them is believed. */
const tooMany = 2;

/** Rows per table whose answer equals their example. */
export function countCopied(statements: readonly Statement[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const statement of statements) {
    if (statement.table === undefined || !equalsExample(statement)) continue;
    counts.set(statement.table, (counts.get(statement.table) ?? 0) + 1);
  }
  return counts;
}

/**
 * Whether the answer is the template's own example: a number or a sentence always, a word of a
 * vocabulary, yes or no only when several rows of the table do the same (then `copied`).
 */
export function isExample(
  statement: Statement,
  parsed: ParsedValue,
  question: Question,
  copied: ReadonlyMap<number, number>,
  policy: Policy,
): 'no' | 'alone' | 'copied' {
  if (!equalsExample(statement)) return 'no';
  if (fold(plainText(statement.text)) === fold(offeredChoices(question, policy))) return 'alone';
  if ((copied.get(statement.table ?? -1) ?? 0) >= tooMany) return 'copied';
  const word = question.type === 'enum' || question.type === 'multi' || question.type === 'yes_no';
  return word || parsed.state === 'none' || parsed.state === 'not_applicable' ? 'no' : 'alone';
}

/** A hidden hint that the writer repeated, or copied out of its comment. */
export function equalsHint(statement: Statement): boolean {
  const said = fold(plainText(statement.text));
  return said !== '' && statement.hints.some((hint) => fold(hint) === said);
}

/** What was typed under *Example* although the answer cell is empty, when it is not our own example. */
export function typedUnderExample(
  statement: Statement,
  question: Question,
  policy: Policy,
): string | null {
  const { example } = statement;
  if (!example || isExactly(example, 'unanswered', policy)) return null;
  return isTemplates(example, question, policy) ? null : example;
}

/** Tables in which most examples are still the template's: a strange one there was typed by a person. */
export function knownTables(statements: readonly Statement[], policy: Policy): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const { field, example, table } of statements) {
    const question = policy.questionById.get(field);
    if (table === undefined || !example || !question) continue;
    const step = isTemplates(example, question, policy) ? 1 : -1;
    counts.set(table, (counts.get(table) ?? 0) + step);
  }
  return new Set([...counts].flatMap(([table, count]) => (count > 0 ? [table] : [])));
}

function isTemplates(example: string, question: Question, policy: Policy): boolean {
  const said = fold(example);
  return (
    said === '' ||
    said === fold(question.example) ||
    said === fold(offeredChoices(question, policy)) ||
    publicExamples(policy).has(said)
  );
}

const publicExamples = perObject(
  (policy: Policy): ReadonlySet<string> => new Set(policy.words.examples.map(fold)),
);

function equalsExample({ example, text }: Statement): boolean {
  if (!example) return false;
  const said = fold(plainText(text));
  return said !== '' && said === fold(example);
}
