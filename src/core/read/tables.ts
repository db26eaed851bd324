/** Tables → statements: question and answer columns are found by their headings, example and why columns never read (`domain.md` §8.6). */
import type { Policy } from '../policy.ts';
import { hasAnchor, withoutAnchors } from './anchors.ts';
import { hasPipe, isAlignment, splitPipes, splitTabs } from './cells.ts';
import { isSectionTitle, isTitle } from './groups.ts';
import { type LabelMatch, matchBelow, matchLabel, matchLoosely } from './match.ts';
import { matchFitting } from './perhaps.ts';
import { plainText } from './plain.ts';
import { sharedLabels } from './sayings.ts';
import type { SourceLine } from './source-line.ts';
import {
  type Asked,
  askedBy,
  type Section,
  type Statement,
  type Stray,
  type Unplaced,
} from './statement.ts';
import { type Columns, headTitles, readHeader, readSources, withoutHeader } from './table-head.ts';

export interface TableRead {
  readonly statements: readonly Statement[];
  readonly unplaced: readonly Unplaced[];
}

interface Row {
  readonly cells: readonly string[];
  readonly line: SourceLine;
}

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

/** `number` tells the tables of one text apart; `above` is where the table stands. */
export function readTable(
  lines: readonly SourceLine[],
  number: number,
  above: Section,
  policy: Policy,
): TableRead {
  const rows = rowsOf(lines);
  const first = rows[0];
  if (!first) return { statements: [], unplaced: [] };
  const columns = readHeader(first.cells, policy);
  const sources = columns ? null : readSources(first.cells, policy);
  const records = columns || sources ? null : readRecords(rows, number, above, policy);
  if (records) return { statements: [records], unplaced: [] };
  const fields = columns || sources ? null : readFieldHeader(rows, policy);
  if (fields) return { statements: readAcross(fields, rows, number, above), unplaced: [] };
  const table = new Table(number, columns !== null, sources, above, policy);
  if (!columns) table.columns = withoutHeader(first.cells);
  for (const row of sources ? rows.slice(1) : rows) table.read(row);
  table.close();
  return table;
}

class Table implements TableRead {
  readonly statements: Statement[] = [];
  readonly unplaced: Unplaced[] = [];
  columns: Columns = { question: 0, answer: 1, example: -1, width: 2 };
  private readonly number: number;
  private readonly headed: boolean;
  private readonly sources: readonly string[] | null;
  private readonly above: Section;
  private readonly policy: Policy;
  private section: Section;
  /** Titles over the whole table: what a section row adds its own to. */
  private head: Section;
  /** The row that is being answered, and what its answer cells say. */
  private open: { readonly statement: Statement; readonly said: string[] } | null = null;

  constructor(
    number: number,
    headed: boolean,
    sources: readonly string[] | null,
    above: Section,
    policy: Policy,
  ) {
    this.number = number;
    this.headed = headed;
    this.sources = sources;
    this.above = above;
    this.head = above;
    this.section = above;
    this.policy = policy;
  }

  read(row: Row): void {
    const again = readHeader(row.cells, this.policy);
    if (again) {
      this.close();
      this.columns = again;
      this.head = headTitles(row.cells, again, this.above, this.policy);
      this.section = this.head;
      return;
    }
    const asked = plainText(row.cells[this.columns.question] ?? '').replace(/\n/gu, ' ');
    // An answer that is spread over several rows goes on where the question's cell is empty.
    if (asked === '') this.open?.said.push(row.cells[this.columns.answer] ?? '');
    else this.ask(row, asked);
  }

  private ask(row: Row, asked: string): void {
    this.close();
    const { line } = row;
    const label = withoutAnchors(asked).trim();
    const match = this.match(row, asked, label);
    if (isSectionRow(row, this.columns, label, match !== null, this.policy)) {
      this.section = { titles: [label, ...this.head.titles] };
      if (!hasAnchor(line.text) && isSectionTitle(label, this.policy)) return;
    }
    const answered = this.sources ? joinSources(row, this.sources) : row;
    const { text, example } = answerOf(answered, this.columns, this.headed);
    const { section, number: table } = this;
    const { n, hints } = line;
    const systems = this.sources ? { systems: this.sources } : {};
    const place = { section, kind: 'table', line: n, hints, table, ...systems } as const;
    const stray: Stray = { ...place, label, text, example };
    const meant = match?.exact
      ? match
      : (sharedLabels(label, this.policy)?.[0] ?? matchFitting(label, text, this.policy) ?? match);
    if (meant) {
      this.open = { statement: { ...stray, ...askedBy(meant, label, 'table', n) }, said: [text] };
    } else if (text !== '' && (this.headed || section.titles.length > 0)) {
      this.unplaced.push({ line: n, text: `${label}: ${text}`, stray });
    }
  }

  /** By the anchor in the question's cell or elsewhere in the row, else by the words. */
  private match({ cells, line }: Row, asked: string, label: string): LabelMatch | null {
    const anchor = hasAnchor(line.text) && !hasAnchor(asked) ? (cells.find(hasAnchor) ?? '') : '';
    return (
      matchLoosely(`${asked}${anchor}`, this.policy) ??
      matchBelow(label, this.section.titles[0] ?? '', this.policy)
    );
  }

  /** Nothing more belongs to the row before. */
  close(): void {
    const { open } = this;
    this.open = null;
    if (!open) return;
    const { statement, said } = open;
    const text = said.length > 1 ? said.filter(Boolean).join('\n') : statement.text;
    this.statements.push(said.length > 1 ? { ...statement, text } : statement);
  }
}

/** `| **Azure Boards** ||||`: nothing beside the words, and they name a group, a system, or no question in bold. */
function isSectionRow(
  { cells }: Row,
  { question }: Columns,
  label: string,
  known: boolean,
  policy: Policy,
): boolean {
  if (!cells.every((cell, at) => at === question || cell === '')) return false;
  if (isTitle(label, policy)) return true;
  return !known && /^(?:\*\*|__|<b>|<strong>)/u.test((cells[question] ?? '').trim());
}

/** Alignment rows say nothing. */
function rowsOf(lines: readonly SourceLine[]): Row[] {
  const rows: Row[] = [];
  for (const line of lines) {
    for (const { n, cells } of line.rows ?? []) rows.push({ cells, line: { ...line, n } });
    if (line.rows) continue;
    const cells = hasPipe(line.text) ? splitPipes(line.text) : splitTabs(line.text);
    if (!isAlignment(cells)) rows.push({ cells, line });
  }
  return rows;
}

/** The answers of one row as one: "GitHub = 20, SVN = 30". */
function joinSources({ cells, line }: Row, names: readonly string[]): Row {
  const parts = names.flatMap((name, i) => {
    const said = cells[i + 1] ?? '';
    return said === '' ? [] : [`${name} = ${said}`];
  });
  return { cells: [cells[0] ?? '', parts.join(', ')], line };
}

/** Two columns are a question and its answer. */
const leastOfRecords = 3;

/** "System | Version | Direction | Purpose": the heading row as a whole asks, and every row is a part of the answer. */
function readRecords(
  rows: readonly Row[],
  table: number,
  section: Section,
  policy: Policy,
): Statement | null {
  const [head, ...body] = rows;
  if (!head || body.length === 0 || head.cells.length < leastOfRecords) return null;
  const label = head.cells.slice(0, mostColumns).map(plainText).join(', ');
  const match = matchLabel(label, policy);
  const type = match ? policy.questionById.get(match.field)?.type : undefined;
  if (!match || (type !== 'text' && type !== 'list')) return null;
  const text = body.map(({ cells }) => cells.filter(Boolean).join(', ')).join('\n');
  const { n, hints } = body[0]?.line ?? head.line;
  return { ...askedBy(match, label, 'table', n), text, hints, table, section };
}

/** A row whose cells are all questions, so that the answers stand below; null when it is no such row. */
function readFieldHeader(rows: readonly Row[], policy: Policy): (Asked | null)[] | null {
  if (rows.length < 2 || matchLabel(plainText(rows[1]?.cells[0] ?? ''), policy)?.exact) return null;
  const fields = (rows[0]?.cells ?? []).slice(0, mostColumns).map((cell) => {
    const label = plainText(cell);
    const match = matchLabel(label, policy);
    return match?.exact ? askedBy(match, withoutAnchors(label), 'table', 0) : null;
  });
  return new Set(fields.flatMap((each) => each?.field ?? [])).size >= 2 ? fields : null;
}

/** One statement for each column; the cells of several rows are one answer of several lines. */
function readAcross(
  fields: readonly (Asked | null)[],
  rows: readonly Row[],
  table: number,
  section: Section,
): Statement[] {
  const [head, ...body] = rows;
  return fields.flatMap((field, at) => {
    if (!field) return [];
    const cells = body.flatMap(({ cells }) => (cells[at] ? [cells[at]] : []));
    const line = (body[0] ?? head)?.line.n ?? 1;
    return [{ ...field, text: cells.join('\n'), line, hints: [], table, section }];
  });
}

/** A row's answer and example. A pipe inside an answer breaks it into cells; trailing empty ones are only untidy. */
function answerOf(
  { cells }: Row,
  { answer, example, width }: Columns,
  headed: boolean,
): { readonly text: string; readonly example?: string } {
  const surplus = headed ? Math.max(0, cells.length - width) : 0;
  const broken = surplus > 0 && answer >= 0 && cells.slice(width).some((cell) => cell !== '');
  const text = broken
    ? cells.slice(answer, answer + 1 + surplus).join(' | ')
    : (cells[answer] ?? '');
  if (example < 0) return { text };
  const shift = broken && example > answer ? surplus : 0;
  return { text, example: plainText(cells[example + shift] ?? '') };
}
