/** The heading row of a table → which column asks, which one answers (`domain.md` §8.6, point 2). */
import type { Policy, ReadingWords } from '../policy.ts';
import { withoutAnchors } from './anchors.ts';
import { fold } from './fold.ts';
import { systemNamed } from './groups.ts';
import { matchLabel, withoutParentheses } from './match.ts';
import { perObject, Recent } from './memo.ts';
import { plainText } from './plain.ts';
import type { Section } from './statement.ts';
import { isNamed } from './vocabulary.ts';

export interface Columns {
  readonly question: number;
  readonly answer: number;
  readonly example: number;
  readonly width: number;
}

type Heading = 'question' | 'answer' | 'answerLastResort' | 'example' | 'why' | 'number';

interface Headings {
  readonly known: ReadonlyMap<string, Heading>;
  /** Cells looked at before: every row might be a heading row. */
  readonly seen: Recent<string, Heading | null>;
}

const mostRemembered = 5000;

const headings = perObject((words: ReadingWords): Headings => {
  const found = new Map<string, Heading>();
  const kinds = ['number', 'why', 'answerLastResort', 'example', 'answer', 'question'] as const;
  for (const kind of kinds) for (const word of words.columns[kind]) found.set(fold(word), kind);
  return { known: found, seen: new Recent(mostRemembered) };
});

/** Longer cells are no headings. */
const longestHeading = 80;
const mostColumns = 40;

/**
 * The columns that a heading row names; null when it is no heading row. A column under a strange heading
 * takes the place of a missing one; without any, `answer` is -1: an example is never read as an answer.
 */
export function readHeader(cells: readonly string[], policy: Policy): Columns | null {
  const kinds = cells.map((cell) => headingOf(cell, policy));
  const last = kinds.indexOf('answerLastResort');
  const told = [kinds.indexOf('answer'), last].find((at) => at >= 0);
  const named = kinds.indexOf('question');
  if (told === undefined && named < 0) return null;
  // Several of them have a column each (`readSources`).
  const about =
    cells.length <= mostColumns && cells.filter((cell) => isAbout(cell, policy)).length === 1;
  if (kinds.filter(Boolean).length < (about && told !== last ? 1 : 2)) return null;
  const question = named >= 0 ? named : kinds.findIndex((kind, at) => !kind && at !== told);
  if (question < 0) return null;
  const answer = told ?? kinds.findIndex((kind, at) => !kind && at !== question);
  return { question, answer, example: kinds.indexOf('example'), width: cells.length };
}

/** A heading by its own words, else without what stands in parentheses ("Answer (customer)"). */
function headingOf(cell: string, policy: Policy): Heading | undefined {
  if (cell.length > longestHeading) return undefined;
  const { known, seen } = headings(policy.words);
  const before = seen.get(cell);
  if (before !== undefined) return before ?? undefined;
  const plain = plainText(cell);
  const heading = known.get(fold(plain)) ?? known.get(fold(withoutParentheses(plain)));
  seen.set(cell, heading ?? null);
  return heading;
}

/** "Bitbucket | Value": a heading that tells what the rows are about. */
function isAbout(cell: string, policy: Policy): boolean {
  return (
    cell.length <= longestHeading && systemNamed(withoutAnchors(plainText(cell)), policy) !== ''
  );
}

/** Without headings the first column asks and the next one answers, numbering left aside. */
export function withoutHeader(cells: readonly string[]): Columns {
  const question = /^#?\d{1,3}[.)]?$/u.test(cells[0] ?? '') ? 1 : 0;
  return { question, answer: question + 1, example: -1, width: question + 2 };
}

/** One answer column for each source system ("Question | GitHub | SVN"); null when it is no such heading row. */
export function readSources(cells: readonly string[], policy: Policy): readonly string[] | null {
  const [question = '', ...names] = cells.map((cell) => plainText(cell));
  if (names.length < 2 || matchLabel(question, policy)) return null;
  return names.every((name) => isNamed(name, 'scm', policy)) ? names : null;
}

/** A strange heading over the questions ("Bitbucket | Value") says what they are about. */
export function headTitles(
  cells: readonly string[],
  { question }: Columns,
  above: Section,
  policy: Policy,
): Section {
  const cell = cells[question] ?? '';
  if (headingOf(cell, policy) === 'question') return above;
  return { titles: [withoutAnchors(plainText(cell)), ...above.titles] };
}
