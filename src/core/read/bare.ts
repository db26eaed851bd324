/** Lines without a key that name their question themselves: "New logo, new licence, Premium", "Not a customer yet." */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { valueNamed } from './vocabulary.ts';

/** Longer lines are prose. */
const longestLine = 240;
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
