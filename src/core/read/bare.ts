/** Lines without a key that name their question themselves: "New logo, new licence, Premium", "Not a customer yet." */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { valueNamed } from './vocabulary.ts';

/** Longer lines are prose. */
const longestLine = 240;
/** "Premium -> Ultimate" begins with what it is about. */
const arrow = /\s*(?:->|→|⇒)/u;
const clauseEnd = /[,;|•](?=\s)|\.(?=\s|$)|\s[/–—-]\s/u;

/** What whole clauses of a line say; nothing when none of them is known. */
export function bareStatements(
  line: string,
  policy: Policy,
): readonly { readonly field: FieldId; readonly text: string }[] {
  if (line.length > longestLine) return [];
  const clauses = line.split(clauseEnd).map((clause) => clause.trim());
  const find = (vocabulary: string) =>
    clauses.flatMap((text) => {
      const [first = ''] = text.split(arrow, 1);
      const field = first === '' ? null : valueNamed(first, vocabulary, policy);
      return field === null ? [] : [{ field, text }];
    });
  const alone = find('bare_statements');
  if (alone.length === 0) return [];
  const said = new Map<FieldId, string>();
  for (const { field, text } of [...alone, ...find('bare_beside')]) {
    said.set(field, said.has(field) ? `${said.get(field)}, ${text}` : text);
  }
  return [...said].map(([field, text]) => ({ field, text }));
}
