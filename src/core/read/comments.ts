/** Takes hidden comments and struck-out text off the lines of a body; anchors stay, hints are remembered. */
import { anchorFor } from './anchors.ts';
import type { BlockKind } from './blocks.ts';
import { codeSpans } from './code-spans.ts';

export interface Uncommented {
  readonly texts: readonly string[];
  /** What comments said, by the index of the line that they began on. */
  readonly hints: ReadonlyMap<number, readonly string[]>;
}

type Spans = readonly (readonly [number, number])[];

/** Comments inside code are text. An unclosed comment hides the rest when it begins a line, else nothing. Linear. */
export function withoutComments(
  lines: readonly string[],
  kinds: readonly BlockKind[],
): Uncommented {
  const hints = new Map<number, string[]>();
  const lastEnd = lines.findLastIndex((line) => line.includes('-->'));
  let comment: { said: string[]; at: number } | null = null;
  const texts = lines.map((line, i) => {
    if (kinds[i] === 'code') {
      comment = null;
      return line;
    }
    if (!comment && !line.includes('<!--')) return withoutStruck(line);
    const spans = !kinds[i] && line.includes('`') ? codeSpans(line) : [];
    const pieces: string[] = [];
    let from = 0;
    while (from <= line.length) {
      if (comment) {
        const end = line.indexOf('-->', from);
        comment.said.push(line.slice(from, end < 0 ? undefined : end));
        if (end < 0) break;
        pieces.push(remember(comment, i, hints));
        comment = null;
        from = end + 3;
      }
      const start = indexOutside(line, '<!--', from, spans);
      const opens = start >= 0 && (i <= lastEnd || line.slice(0, start).trim() === '');
      pieces.push(line.slice(from, opens ? start : undefined));
      if (!opens) break;
      comment = { said: [], at: i };
      from = start + 4;
    }
    return withoutStruck(pieces.join(''));
  });
  return { texts, hints };
}

/** What stands in place of a comment that ends on line `i`. */
function remember(
  { said, at }: { readonly said: readonly string[]; readonly at: number },
  i: number,
  hints: Map<number, string[]>,
): string {
  const words = said.join('\n');
  const anchor = at === i ? anchorFor(words) : '';
  if (anchor !== '') return anchor;
  const before = hints.get(at);
  if (before) before.push(words);
  else hints.set(at, [words]);
  return '';
}

function indexOutside(line: string, wanted: string, from: number, spans: Spans): number {
  let at = line.indexOf(wanted, from);
  for (const [start, end] of spans) {
    if (at < 0 || at < start) return at;
    if (at < end) at = line.indexOf(wanted, end);
  }
  return at;
}

/** `~~old~~`, `<del>` and `<s>` are no longer said. */
export function withoutStruck(line: string): string {
  const tagged = line.includes('<') && /<(?:del|s|strike)>/iu.test(line);
  if (!tagged && !line.includes('~~')) return line;
  const pieces = line.split('~~');
  const even =
    pieces.length % 2 === 1 ? pieces : [...pieces.slice(0, -2), pieces.slice(-2).join('~~')];
  return even
    .filter((_, i) => i % 2 === 0)
    .join('')
    .replace(/<(del|s|strike)>[^<]{0,2000}<\/\1>/giu, '');
}
