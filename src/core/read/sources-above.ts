/** Headings over one table or column for each source system name the sources, when nothing else does (`domain.md` §8.6, point 2). */
import type { Policy } from '../policy.ts';
import { parseAnswer } from './answer.ts';
import { sideOf } from './roles.ts';
import type { Statement } from './statement.ts';
import { isAboutSources, sources, systemTitle } from './system-above.ts';

/** More are no source systems. */
const mostSources = 12;
/** Whether words name a system does not hang on the day they were written. */
const someDay = '2026-01-01';

/**
 * Adds a statement with the titles under which figures of a migration stand. Titles that also stand over
 * the destination are none, and a single one has to say which system it is. Linear.
 */
export function withSources(
  statements: readonly Statement[],
  policy: Policy,
): readonly Statement[] {
  const question = policy.questionById.get(sources);
  if (!question || statements.some(({ field, text }) => field === sources && text !== '')) {
    return statements;
  }
  const titles = new Map<string, Statement>();
  const destinations = new Set<string>();
  for (const statement of statements) {
    const asked = policy.questionById.get(statement.field);
    const figure = asked?.type === 'count' || asked?.type === 'size';
    for (const title of statement.systems ?? [systemTitle(statement, policy)]) {
      if (title === '' || !asked) continue;
      if (sideOf(asked, policy) === 'destination') destinations.add(title);
      const counts = figure && isAboutSources(statement.field, policy);
      if (counts && !titles.has(title)) titles.set(title, statement);
    }
  }
  for (const title of destinations) titles.delete(title);
  const [first] = titles.values();
  if (!first || titles.size > mostSources) return statements;
  const text = [...titles.keys()].join('; ');
  const { state } = parseAnswer(text, question, policy, someDay);
  if (state !== 'answered' && (state !== 'ambiguous' || titles.size < 2)) return statements;
  const { line, section } = first;
  const [label = ''] = titles.keys();
  const said: Statement = {
    field: sources,
    label,
    text,
    kind: 'heading',
    line,
    hints: [],
    ...(section ? { section } : {}),
  };
  return [...statements, said];
}
