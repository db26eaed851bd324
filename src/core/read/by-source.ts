/** Answers that stand once for each source system become one answer with a part for each (`domain.md` §8.6, point 2). */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { fold } from './fold.ts';
import { plainText } from './plain.ts';
import type { Statement } from './statement.ts';
import { systemAbove, systemInLabel } from './system-above.ts';
import { valueNamed } from './vocabulary.ts';

/** More parts than this are no source systems. */
const mostParts = 12;

/**
 * "### Bitbucket" with 200 repositories and "### GitLab" with 50 become "Bitbucket = 200; GitLab = 50" at
 * the place of the first. Only figures, only when every statement on the question stands under a system
 * of its own; all others stay as they are. Linear.
 */
export function joinSources(
  statements: readonly Statement[],
  policy: Policy,
): readonly Statement[] {
  const parts = new Map<FieldId, Map<string, Statement & { readonly system: string }> | null>();
  for (const statement of statements) {
    const { field } = statement;
    const type = policy.questionById.get(field)?.type;
    if (type !== 'count' && type !== 'size') continue;
    const known = parts.get(field);
    const named =
      known === null ? '' : systemAbove(statement, policy) || systemInLabel(statement, policy);
    // Sizes are added up only when each is one clear system's: else the first would stand for all.
    const clear = type === 'count' || valueNamed(named, 'scm', policy) !== null;
    const system = clear ? named : '';
    const key = fold(system);
    if (key === '' || known?.has(key) || (known?.size ?? 0) >= mostParts) parts.set(field, null);
    else parts.set(field, (known ?? new Map()).set(key, { ...statement, system }));
  }
  const joined = new Map<FieldId, Statement>();
  for (const [field, bySystem] of parts) {
    const all = [...(bySystem?.values() ?? [])];
    const [first] = all;
    if (!first || all.length < 2) continue;
    const text = all
      .flatMap(({ system, text }) => (text === '' ? [] : [`${system} = ${flat(text)}`]))
      .join('; ');
    const { system: _, ...kept } = first;
    joined.set(field, { ...kept, text, hints: all.flatMap(({ hints }) => hints) });
  }
  if (joined.size === 0) return statements;
  const told = new Set<FieldId>();
  return statements.flatMap((statement) => {
    const { field } = statement;
    const whole = joined.get(field);
    if (!whole) return [statement];
    if (told.has(field)) return [];
    told.add(field);
    return [whole];
  });
}

/** A part must not look like two. */
function flat(text: string): string {
  return plainText(text).replace(/\s*[\n;]\s*/gu, ', ');
}
