/** Tables → statements: question and answer columns are found by their headings, example and why columns never read (`domain.md` §8.6). */
import type { Policy, ReadingWords } from '../policy.ts';
import { hasPipe, isAlignment, splitPipes, splitTabs } from './cells.ts';
import { fold } from './fold.ts';
import type { SourceLine } from './lines.ts';
import { matchLabel } from './match.ts';
import { perObject } from './memo.ts';
import { plainText } from './plain.ts';
import type { Statement, Unplaced } from './statement.ts';
import { isNamed } from './vocabulary.ts';

export interface TableRead {
  readonly statements: readonly Statement[];
  readonly unplaced: readonly Unplaced[];
}

interface Row {
  readonly cells: readonly string[];
  readonly line: SourceLine;
}

interface Columns {
  readonly question: number;
  readonly answer: number;
  readonly example: number;
  readonly width: number;
}

type Heading = 'question' | 'answer' | 'answerLastResort' | 'example' | 'why' | 'number';

const headings = perObject((words: ReadingWords): ReadonlyMap<string, Heading> => {
  const found = new Map<string, Heading>();
  const kinds = ['number', 'why', 'answerLastResort', 'example', 'answer', 'question'] as const;
  for (const kind of kinds) for (const word of words.columns[kind]) found.set(fold(word), kind);
  return found;
});

/** How many lines from `start` on make one table; 0 when none begins there. */
export function tableLength(lines: readonly SourceLine[], start: number): number {
  if (lines[start]?.kind === 'table') return 1;
  const isRow = rowTest(lines[start]);
  if (!isRow) return 0;
  let end = start;
  while (end < lines.length && lines[end]?.kind === 'text' && isRow(lines[end]?.text ?? '')) end++;
  return end - start >= 2 ? end - start : 0;
}

function rowTest(line: SourceLine | undefined): ((text: string) => boolean) | null {
  if (line?.kind !== 'text') return null;
  if (hasPipe(line.text)) return hasPipe;
  return /\S\t/u.test(line.text) ? (text) => text.includes('\t') : null;
}

/** `number` tells the tables of one text apart. */
export function readTable(lines: readonly SourceLine[], number: number, policy: Policy): TableRead {
  const rows = rowsOf(lines).filter(({ cells }) => !isAlignment(cells));
  const first = rows[0];
  if (!first) return { statements: [], unplaced: [] };
  const columns = readHeader(first.cells, policy);
  const sources = columns ? null : readSources(first.cells, policy);
  const body = columns || sources ? rows.slice(1) : rows;
  let by = columns ?? withoutHeader(first.cells);
  const statements: Statement[] = [];
  const unplaced: Unplaced[] = [];
  for (const row of body) {
    const again = readHeader(row.cells, policy);
    if (again) {
      by = again;
      continue;
    }
    readRow(
      sources ? joinSources(row, sources) : row,
      by,
      number,
      policy,
      statements,
      unplaced,
      columns !== null,
    );
  }
  return { statements, unplaced };
}

function rowsOf(lines: readonly SourceLine[]): Row[] {
  return lines.flatMap((line): Row[] => {
    if (line.rows) return line.rows.map((cells) => ({ cells, line }));
    const cells = hasPipe(line.text) ? splitPipes(line.text) : splitTabs(line.text);
    return [{ cells, line }];
  });
}

/** The columns that a heading row names; null when it is no heading row. */
function readHeader(cells: readonly string[], policy: Policy): Columns | null {
  const known = headings(policy.words);
  const kinds = cells.map((cell) => known.get(fold(plainText(cell))));
  const answer = [kinds.indexOf('answer'), kinds.indexOf('answerLastResort')].find((at) => at >= 0);
  if (answer === undefined) return null;
  const named = kinds.indexOf('question');
  const question = named >= 0 ? named : kinds.findIndex((kind, at) => !kind && at !== answer);
  if (question < 0 || kinds.filter(Boolean).length < 2) return null;
  return { question, answer, example: kinds.indexOf('example'), width: cells.length };
}

/** Without headings the first column asks and the next one answers, numbering left aside. */
function withoutHeader(cells: readonly string[]): Columns {
  const question = /^#?\d{1,3}[.)]?$/u.test(cells[0] ?? '') ? 1 : 0;
  return { question, answer: question + 1, example: -1, width: question + 2 };
}

/** One answer column for each source system ("Question | GitHub | SVN"); null when it is no such heading row. */
function readSources(cells: readonly string[], policy: Policy): readonly string[] | null {
  const [question = '', ...names] = cells.map((cell) => plainText(cell));
  if (names.length < 2 || matchLabel(question, policy)) return null;
  return names.every((name) => isNamed(name, 'scm', policy)) ? names : null;
}

/** The answers of one row as one: "GitHub = 20, SVN = 30". */
function joinSources({ cells, line }: Row, names: readonly string[]): Row {
  const parts = names.flatMap((name, i) => {
    const said = cells[i + 1] ?? '';
    return said === '' ? [] : [`${name} = ${said}`];
  });
  return { cells: [cells[0] ?? '', parts.join(', ')], line };
}

function readRow(
  { cells, line }: Row,
  columns: Columns,
  table: number,
  policy: Policy,
  statements: Statement[],
  unplaced: Unplaced[],
  headed: boolean,
): void {
  const label = plainText(cells[columns.question] ?? '').replace(/\n/gu, ' ');
  if (label === '') return;
  const surplus = headed ? Math.max(0, cells.length - columns.width) : 0;
  const end = columns.answer + 1 + surplus;
  // A pipe inside an answer breaks it into cells; trailing empty cells are only untidy.
  const broken = surplus > 0 && cells.slice(columns.width).some((cell) => cell !== '');
  const text = broken
    ? cells.slice(columns.answer, end).join(' | ')
    : (cells[columns.answer] ?? '');
  const match = matchLabel(label, policy);
  if (!match) {
    const rest = cells.some((cell, at) => at !== columns.question && cell !== '');
    if (headed && rest && text !== '') unplaced.push({ line: line.n, text: `${label}: ${text}` });
    return;
  }
  const shift = broken && columns.example > columns.answer ? surplus : 0;
  const example = columns.example < 0 ? '' : plainText(cells[columns.example + shift] ?? '');
  statements.push({
    field: match.field,
    label,
    text,
    kind: 'table',
    line: line.n,
    hints: line.hints,
    ...(columns.example < 0 ? {} : { example }),
    table,
  });
}
