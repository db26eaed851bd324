/** Tables → statements: question and answer columns are found by their headings, example and why columns never read (`domain.md` §8.6). */
import type { Policy, ReadingWords } from '../policy.ts';
import { hasPipe, isAlignment, splitPipes, splitTabs } from './cells.ts';
import { fold } from './fold.ts';
import type { SourceLine } from './lines.ts';
import { matchLabel, withoutParentheses } from './match.ts';
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

interface Headings {
  readonly known: ReadonlyMap<string, Heading>;
  /** Cells looked at before: every row might be a heading row. */
  readonly seen: Map<string, Heading | null>;
}

const headings = perObject((words: ReadingWords): Headings => {
  const found = new Map<string, Heading>();
  const kinds = ['number', 'why', 'answerLastResort', 'example', 'answer', 'question'] as const;
  for (const kind of kinds) for (const word of words.columns[kind]) found.set(fold(word), kind);
  return { known: found, seen: new Map() };
});

const mostRemembered = 5000;
/** Longer cells are no headings. */
const longestHeading = 80;
const mostColumns = 40;

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
  const fields = columns || sources ? null : readFieldHeader(rows, policy);
  if (fields) return { statements: readAcross(fields, rows, number), unplaced: [] };
  const statements: Statement[] = [];
  const unplaced: Unplaced[] = [];
  let open = false;
  for (const row of body) {
    const again = readHeader(row.cells, policy);
    if (again) {
      by = again;
      open = false;
      continue;
    }
    const { cells } = row;
    const label = plainText(cells[by.question] ?? '').replace(/\n/gu, ' ');
    if (label === '') {
      if (open) continueLast(statements, cells[by.answer] ?? '');
      continue;
    }
    const answered = sources ? joinSources(row, sources) : row;
    const said = answerOf(answered, by, columns !== null);
    const match = matchLabel(label, policy);
    open = match !== null;
    if (match) {
      const { line } = row;
      const base = {
        field: match.field,
        label,
        kind: 'table',
        line: line.n,
        table: number,
      } as const;
      statements.push({ ...base, ...said, hints: line.hints });
    } else if (columns && said.text !== '') {
      unplaced.push({ line: row.line.n, text: `${label}: ${said.text}` });
    }
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

/**
 * The columns that a heading row names; null when it is no heading row. A column under a strange heading
 * takes the place of a missing one; without any, `answer` is -1: an example is never read as an answer.
 */
function readHeader(cells: readonly string[], policy: Policy): Columns | null {
  const kinds = cells.map((cell) => headingOf(cell, policy));
  const told = [kinds.indexOf('answer'), kinds.indexOf('answerLastResort')].find((at) => at >= 0);
  const named = kinds.indexOf('question');
  if (kinds.filter(Boolean).length < 2 || (told === undefined && named < 0)) return null;
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
  if (seen.size < mostRemembered) seen.set(cell, heading ?? null);
  return heading;
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

/** A row whose cells are all questions, so that the answers stand below; null when it is no such row. */
function readFieldHeader(rows: readonly Row[], policy: Policy): (Field | null)[] | null {
  if (rows.length < 2 || matchLabel(plainText(rows[1]?.cells[0] ?? ''), policy)?.exact) return null;
  const fields = (rows[0]?.cells ?? []).slice(0, mostColumns).map((cell) => {
    const label = plainText(cell);
    const match = matchLabel(label, policy);
    return match?.exact ? { field: match.field, label } : null;
  });
  return new Set(fields.flatMap((each) => each?.field ?? [])).size >= 2 ? fields : null;
}

interface Field {
  readonly field: string;
  readonly label: string;
}

/** One statement for each column; the cells of several rows are one answer of several lines. */
function readAcross(
  fields: readonly (Field | null)[],
  rows: readonly Row[],
  table: number,
): Statement[] {
  const [head, ...body] = rows;
  return fields.flatMap((field, at) => {
    if (!field) return [];
    const cells = body.flatMap(({ cells }) => (cells[at] ? [cells[at]] : []));
    const line = (body[0] ?? head)?.line.n ?? 1;
    return [{ ...field, text: cells.join('\n'), kind: 'table', line, hints: [], table }];
  });
}

/** An answer that is spread over several rows goes on where the question's cell is empty. */
function continueLast(statements: Statement[], text: string): void {
  const last = statements.at(-1);
  if (!last || text === '') return;
  statements[statements.length - 1] = { ...last, text: `${last.text}\n${text}`.trim() };
}

/** A row's answer and example. A pipe inside an answer breaks it into cells; trailing empty ones are only untidy. */
function answerOf(
  { cells }: Row,
  { answer, example, width }: Columns,
  headed: boolean,
): Pick<Statement, 'text' | 'example'> {
  const surplus = headed ? Math.max(0, cells.length - width) : 0;
  const broken = surplus > 0 && answer >= 0 && cells.slice(width).some((cell) => cell !== '');
  const text = broken
    ? cells.slice(answer, answer + 1 + surplus).join(' | ')
    : (cells[answer] ?? '');
  if (example < 0) return { text };
  const shift = broken && example > answer ? surplus : 0;
  return { text, example: plainText(cells[example + shift] ?? '') };
}
