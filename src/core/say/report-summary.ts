/** The table that closes a check of several files: one line each. */
import type { Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import { plainInline } from './inert.ts';
import { blockingFindings, contradictions, waiting } from './report-counts.ts';
import type { Look } from './report-lines.ts';
import { columnsOf } from './wrap.ts';

/** A file and what came of it; `trouble` when it could not be read. */
export type Checked =
  | { readonly file: string; readonly assessment: Assessment }
  | { readonly file: string; readonly trouble: string };

const HEADER = ['File', 'Answers', 'Open', 'Blocking', 'Recommendation'] as const;
const LEAST_NAME = 12;

/** Lines of at most `look.columns`; long names lose their beginning. */
export function writeSummary(
  checked: readonly Checked[],
  policy: Policy,
  { columns, paint }: Look,
): string[] {
  const rows = checked.map((each) => rowOf(each, policy));
  const widths = HEADER.map((title, at) =>
    Math.max(columnsOf(title), ...rows.map((row) => columnsOf(row.cells[at] ?? ''))),
  );
  const others = widths.slice(1).reduce((sum, width) => sum + width + 2, 0);
  const name = Math.min(widths[0] ?? 0, Math.max(LEAST_NAME, columns - others));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => {
        const width = at === 0 ? name : (widths[at] ?? 0);
        return pad(at === 0 ? lastPart(cell, name) : cell, width, at > 1 && at < 4);
      })
      .join('  ')
      .trimEnd();
  return [
    paint.bold(cut(line(HEADER), columns)),
    ...rows.map(({ cells, colour, trouble }) =>
      paint[colour](
        cut(
          trouble === ''
            ? line(cells)
            : `${pad(lastPart(cells[0] ?? '', name), name, false)}  ${trouble}`,
          columns,
        ),
      ),
    ),
  ];
}

interface Row {
  readonly cells: readonly string[];
  readonly trouble: string;
  readonly colour: 'green' | 'yellow' | 'red';
}

function rowOf(checked: Checked, policy: Policy): Row {
  const file = plainInline(checked.file, 400);
  if ('trouble' in checked) {
    return { cells: [file], trouble: `cannot be read: ${checked.trouble}`, colour: 'red' };
  }
  const { completeness, recommendation } = checked.assessment;
  const open = waiting(checked.assessment).length;
  const blocking =
    blockingFindings(checked.assessment).length + contradictions(checked.assessment).length;
  const { kind, offering, confidence } = recommendation;
  const title = policy.offerings.find(({ id }) => id === offering)?.title;
  const names = { sku: 'SKU', sow: 'SOW', partner: 'partner', none: 'none', undecided: '' };
  const what =
    kind === 'undecided' ? 'too early to say' : `${title ?? names[kind]} (${confidence})`;
  return {
    cells: [
      file,
      `${completeness.answered} of ${completeness.needed}`,
      String(open),
      String(blocking),
      what,
    ],
    trouble: '',
    colour: blocking > 0 ? 'red' : open > 0 ? 'yellow' : 'green',
  };
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - columnsOf(text)));
  return right ? space + text : text + space;
}

/** The end of a path tells files apart. */
function lastPart(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let kept = text;
  while (kept !== '' && columnsOf(kept) > width - 1) kept = kept.slice(1);
  return `…${kept}`;
}

function cut(text: string, width: number): string {
  let kept = text;
  while (columnsOf(kept) > width) kept = kept.slice(0, -1);
  return kept;
}
