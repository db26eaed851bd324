/** The lines of an HTML table → one line with rows. */

import { plainText } from './plain.ts';
import type { SourceLine } from './source-line.ts';

const tableStart = /<table[\s>]/iu;
const tableEnd = /<\/table>/iu;

/** A table that is never closed is no table. Linear. */
export function joinHtmlTables(lines: readonly SourceLine[]): readonly SourceLine[] {
  const last = lines.findLastIndex(({ text }) => text.includes('<') && tableEnd.test(text));
  if (last < 0) return lines;
  const found: SourceLine[] = [];
  let open: { first: SourceLine; html: string[] } | null = null;
  for (const [i, line] of lines.entries()) {
    const tag = line.text.includes('<');
    if (!open && i <= last && line.kind === 'text' && tag && tableStart.test(line.text)) {
      open = { first: line, html: [] };
    }
    if (!open) {
      found.push(line);
      continue;
    }
    open.html.push(line.text);
    if (tag && tableEnd.test(line.text)) {
      const rows = readRows(open.html.join('\n'));
      found.push({ ...open.first, kind: 'table', text: '', rows });
      open = null;
    }
  }
  return found;
}

function readRows(html: string): string[][] {
  return html
    .split(/<tr(?:\s[^<>]{0,500})?>/iu)
    .slice(1)
    .map((row) =>
      row
        .split(/<t[dh](?:\s[^<>]{0,500})?>/iu)
        .slice(1)
        .map((cell) => plainText(cell.split(/<\/(?:td|th|tr|table)>/iu)[0] ?? '')),
    );
}
