/** "We move from GitLab CE to Dedicated" in plain prose: where from and where to, when no row says so. */
import type { Policy } from '../policy.ts';
import { isSectionTitle } from './groups.ts';
import { plainText } from './plain.ts';
import { findNamed } from './roles.ts';
import type { SourceLine } from './source-line.ts';
import type { Statement } from './statement.ts';
import { helpersIn, wordsOf } from './vocabulary.ts';

/** Longer ones tell stories. */
const longestLine = 300;
/** So many lines are looked at; who has not said it by then has rows. */
const mostLines = 400;
const ends = [
  { field: 'm_sources', vocabulary: 'scm', role: 'from', rivals: ['m_sources', 'scm_replaced'] },
  {
    field: 'm_destination',
    vocabulary: 'deploy',
    role: 'to',
    rivals: ['m_destination', 'deployment_target'],
  },
] as const;

/**
 * The first sentence that names both ends of the road, as statements on those of the two questions that
 * nothing else in the text is about. Bounded; total.
 */
export function readJourneys(
  lines: readonly SourceLine[],
  statements: readonly Statement[],
  policy: Policy,
): readonly Statement[] {
  const told = new Set(
    statements.flatMap(({ field, text, kind }) =>
      // An empty row is still to be filled in; an empty heading may only be a title.
      text === '' && kind === 'heading' ? [] : field,
    ),
  );
  const left = ends.filter(({ rivals }) => !rivals.some((field) => told.has(field)));
  if (left.length === 0) return [];
  const line = lines
    .slice(0, mostLines)
    .find((each) => each.kind === 'text' && namesBoth(each.text, policy) && !isTold(each));
  if (!line) return [];
  const text = plainText(line.text).replace(/^#{1,6}\s+/u, '');
  return left.map(({ field }) => ({
    field,
    label: '',
    text,
    kind: 'line',
    line: line.n,
    hints: [],
  }));

  function isTold({ n, text: said }: SourceLine): boolean {
    if (isSectionTitle(plainText(said).replace(/^[#\s]+|[:\s]+$/gu, ''), policy)) return true;
    return statements.some((each) => each.line === n || each.text.includes(said.trim()));
  }
}

function namesBoth(text: string, policy: Policy): boolean {
  if (text.length > longestLine || /[?？|]/u.test(text)) return false;
  if (helpersIn(wordsOf(text), 'directions', policy).length < 2) return false;
  return ends.every(({ vocabulary: id, role }) => {
    const vocabulary = policy.vocabularies.get(id);
    const named = vocabulary ? findNamed(text, vocabulary, policy) : [];
    return named.some((each) => each.role === role && !each.negated && each.id !== 'other');
  });
}
