/** The HTML of one table → its rows; spanning cells leave empty ones, a table in a cell becomes the cell's words. */
import { plainText } from './plain.ts';

export interface HtmlRow {
  readonly cells: readonly string[];
  /** How many line ends stand before the row. */
  readonly line: number;
}

interface Cell {
  said: string;
  readonly across: number;
  readonly down: number;
  inner: readonly HtmlRow[];
}

interface Row {
  readonly line: number;
  readonly cells: Cell[];
}

interface Table {
  readonly rows: Row[];
  cell: Cell | null;
}

const mostSpanned = 20;
/** Deeper ones are no longer told apart. */
const deepest = 10;

const tags =
  /(<\/?(?:table|tr|t[dh])(?:\s(?:"[^"<]{0,300}"|'[^'<]{0,300}'|[^<>"']){0,300})?\s{0,9}\/?>)/giu;
const tagName = /^<(\/?)(table|tr|td|th)/iu;

/** Linear; tolerant of missing end tags. */
export function htmlRows(html: string): readonly HtmlRow[] {
  const stack: Table[] = [{ rows: [], cell: null }];
  let line = 0;
  for (const [i, piece] of html.split(tags).entries()) {
    const table = stack.at(-1);
    if (!table) break;
    const [, closing, name = ''] = (i % 2 === 1 && tagName.exec(piece)) || [];
    const tag = name.toLowerCase();
    if (tag === '') {
      if (table.cell) table.cell.said += piece;
    } else if (tag === 'table') {
      if (closing === '' && stack.length < deepest) stack.push({ rows: [], cell: null });
      else if (closing !== '' && stack.length > 1) endTable(stack);
    } else {
      table.cell = null;
      if (closing === '' && tag === 'tr') table.rows.push({ line, cells: [] });
      else if (closing === '') table.cell = beginCell(piece, line, table);
    }
    line += piece.split('\n').length - 1;
  }
  while (stack.length > 1) endTable(stack);
  return rowsOf(stack[0]);
}

function beginCell(tag: string, line: number, { rows }: Table): Cell {
  const cell = { said: '', across: spanOf(tag, 'col'), down: spanOf(tag, 'row'), inner: [] };
  if (rows.length === 0) rows.push({ line, cells: [] });
  rows.at(-1)?.cells.push(cell);
  return cell;
}

function spanOf(tag: string, way: 'col' | 'row'): number {
  const found = new RegExp(`\\b${way}span\\s*=\\s*["']?(\\d{1,4})`, 'iu').exec(tag)?.[1];
  return Math.min(mostSpanned, Math.max(1, Number(found ?? 1)));
}

/** The table around takes it in: the outermost one as its rows, a cell as part of itself. */
function endTable(stack: Table[]): void {
  const rows = rowsOf(stack.pop());
  const around = stack.at(-1);
  if (!around) return;
  if (around.cell) around.cell.inner = [...around.cell.inner, ...rows];
  else for (const { line, cells } of rows) around.rows.push({ line, cells: cells.map(asCell) });
}

function asCell(said: string): Cell {
  return { said, across: 1, down: 1, inner: [] };
}

function rowsOf(table: Table | undefined): HtmlRow[] {
  /** How many rows more a cell above reaches into, by column. */
  const reaching: number[] = [];
  return (table?.rows ?? []).flatMap(({ line, cells }) => {
    const filled = cells.filter((cell) => cell.said.trim() !== '' || cell.inner.length > 0);
    const [only] = filled;
    // A cell that only holds a table is there for the layout.
    if (only && filled.length === 1 && only.said.trim() === '' && only.inner.length > 0) {
      return only.inner;
    }
    const row: string[] = [];
    const skip = (): void => {
      while ((reaching[row.length] ?? 0) > 0) {
        reaching[row.length] = (reaching[row.length] ?? 1) - 1;
        row.push('');
      }
    };
    for (const cell of cells) {
      skip();
      for (let i = 0; i < cell.across; i++) {
        reaching[row.length] = cell.down - 1;
        row.push(i === 0 ? wordsOf(cell) : '');
      }
    }
    skip();
    return [{ line, cells: row }];
  });
}

/** "BB | 20" inside a cell is "BB = 20". */
function wordsOf({ said, inner }: Cell): string {
  const rows = inner.map(({ cells }) => {
    const filled = cells.filter(Boolean);
    return filled.join(filled.length === 2 ? ' = ' : ', ');
  });
  return [plainText(said), ...rows].filter(Boolean).join('\n');
}
