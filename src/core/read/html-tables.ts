/** The lines of an HTML table → one line with rows. */
import { htmlRows } from './html-rows.ts';
import type { SourceLine } from './source-line.ts';

const tableTags = /<(\/?)table(?=[\s>])/giu;
const tableEnd = /<\/table\s*>/iu;
const cellTag = /<t[dh][\s>]/iu;

/**
 * A table that is never closed is no table; one inside a cell belongs to that cell. Linear.
 */
export function joinHtmlTables(lines: readonly SourceLine[]): readonly SourceLine[] {
  const last = lines.findLastIndex(({ text }) => text.includes('<') && tableEnd.test(text));
  if (last < 0) return lines;
  const found: SourceLine[] = [];
  let open: SourceLine[] = [];
  let depth = 0;
  let cells = false;
  for (const [i, line] of lines.entries()) {
    const tags = line.text.includes('<') ? Array.from(line.text.matchAll(tableTags)) : [];
    const opening = tags.find(([, closing]) => closing === '');
    const opens = opening !== undefined;
    if (opens && depth > 0 && !cells && !cellTag.test(line.text.slice(0, opening.index))) {
      // Without a cell the one before was a word about tables.
      for (const each of open) found.push(each);
      [open, depth] = [[], 0];
    }
    if (depth === 0 && !(opens && i <= last && line.kind === 'text')) {
      found.push(line);
      continue;
    }
    if (depth === 0) cells = false;
    open.push(line);
    cells ||= cellTag.test(line.text);
    for (const [, closing] of tags) depth += closing === '' ? 1 : -1;
    if (depth > 0 && i < last) continue;
    found.push(asTable(open));
    [open, depth] = [[], 0];
  }
  return found;
}

function asTable(lines: readonly SourceLine[]): SourceLine {
  const [first] = lines;
  const html = lines.map(({ text }) => text).join('\n');
  const rows = htmlRows(html).map(({ cells, line }) => ({ cells, n: lines[line]?.n ?? 1 }));
  return { n: 1, hints: [], ...first, kind: 'table', text: '', rows };
}
