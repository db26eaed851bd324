/** Lines without a key that name their question themselves: "New logo, new licence, Premium", "Not a customer yet." */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { matchLabel } from './match.ts';
import { isNamed, valueNamed } from './vocabulary.ts';

/** Longer lines are prose. */
const longestLine = 240;
/** A key without a colon has so many words. */
const mostWordsOfKey = 3;
/** "Premium -> Ultimate" begins with what it is about. */
const arrow = /\s*(?:->|→|⇒)/u;
const clauseEnd = /[,;|•](?=\s)|\.(?=\s|$)|\s[/–—-]\s/u;

export interface Bare {
  readonly field: FieldId;
  readonly text: string;
}

/** What whole clauses of a line say; nothing when none of them names its question beyond doubt. */
export function bareStatements(line: string, policy: Policy): readonly Bare[] {
  return read(line, policy, 'some clause');
}

/** The same of a line that says nothing else: each of its clauses is a known value ("Enterprise, DACH"). */
export function bareValues(line: string, policy: Policy): readonly Bare[] {
  return read(line, policy, 'every clause');
}

/**
 * "Region EMEA, segment Mid-Market": clauses of a question's own words and one of its values right behind them,
 * and what else such a line says; nothing when it holds no such pair.
 */
export function pairedValues(line: string, policy: Policy): readonly Bare[] {
  if (line.length > longestLine) return [];
  const pairs = line.split(clauseEnd).flatMap((clause) => pairIn(clause.trim(), policy) ?? []);
  return pairs.length === 0 ? [] : [...pairs, ...bareStatements(line, policy)];
}

function pairIn(clause: string, policy: Policy): Bare | null {
  const words = clause.split(/\s+/u);
  for (let length = 1; length <= Math.min(mostWordsOfKey, words.length - 1); length++) {
    const match = matchLabel(words.slice(0, length).join(' '), policy);
    const value = words.slice(length).join(' ');
    const asked = (match?.exact ? match.fields : []).filter((field) => {
      const vocabulary = policy.questionById.get(field)?.vocabulary;
      return vocabulary ? isNamed(value, vocabulary, policy) : false;
    });
    const [field] = asked;
    if (field !== undefined && asked.length === 1) return { field, text: value };
  }
  return null;
}

function read(line: string, policy: Policy, sure: 'some clause' | 'every clause'): readonly Bare[] {
  if (line.length > longestLine) return [];
  const clauses = line.split(clauseEnd).map((clause) => clause.trim());
  const find = (vocabulary: string) =>
    clauses.flatMap((text) => {
      const [first = ''] = text.split(arrow, 1);
      const field = first === '' ? null : valueNamed(first, vocabulary, policy);
      return field === null ? [] : [{ field, text }];
    });
  const alone = find('bare_statements');
  const beside = find('bare_beside');
  const all = alone.length + beside.length === clauses.filter((text) => text !== '').length;
  if (sure === 'every clause' ? !all : alone.length === 0) return [];
  const said = new Map<FieldId, string>();
  for (const { field, text } of [...alone, ...beside]) {
    said.set(field, said.has(field) ? `${said.get(field)}, ${text}` : text);
  }
  return [...said].map(([field, text]) => ({ field, text }));
}
