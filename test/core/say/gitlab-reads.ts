/**
 * What GitLab would do with a comment, described independently of the code under test: which lines it
 * would run as quick actions, and what of the text comes alive when it is rendered.
 */
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt('default', { html: true, linkify: true });

/** Everything that any GitLab version might see as a quick action: a slash in column 1, code or not. */
export function quickActionLines(text: string): string[] {
  return text.split(/[\r\n\v\f\u0085\u2028\u2029]/).filter((line) => line.startsWith('/'));
}

/** A mention, reference or label in ordinary text, as GitLab's reference filters find them. */
const ALIVE =
  /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_]|(?<![\p{L}\p{N}_])~[^\s~]|[#!$&]\d|(?<![\p{L}\p{N}_])%[\p{L}\p{N}_"]|\[\w+:/u;

export interface Rendered {
  /** Visible text outside code. */
  readonly text: string;
  /** What stands in code spans and code blocks. */
  readonly code: readonly string[];
  /** Raw HTML, as it stands. */
  readonly html: readonly string[];
  readonly links: number;
  /** Cells of each table row. */
  readonly rows: readonly number[];
  /** Lists, headings, quotes, rules that were opened. */
  readonly blocks: readonly string[];
}

export function render(text: string): Rendered {
  const found = {
    text: [] as string[],
    code: [] as string[],
    html: [] as string[],
    links: 0,
    rows: [] as number[],
    blocks: [] as string[],
  };
  for (const token of markdown
    .parse(text, {})
    .flatMap((block) => [block, ...(block.children ?? [])])) {
    if (token.type === 'text') found.text.push(token.content);
    if (token.type === 'code_inline' || token.type === 'fence' || token.type === 'code_block') {
      found.code.push(token.content);
    }
    if (token.type === 'html_inline' || token.type === 'html_block') found.html.push(token.content);
    if (token.type === 'link_open' || token.type === 'image') found.links += 1;
    if (token.type === 'tr_open') found.rows.push(0);
    if (token.type === 'td_open' || token.type === 'th_open') {
      found.rows.push((found.rows.pop() ?? 0) + 1);
    }
    if (/^(list_item|heading|blockquote)_open$|^hr$/.test(token.type))
      found.blocks.push(token.type);
  }
  return { ...found, text: found.text.join('\n') };
}

export function alive(rendered: Rendered): string[] {
  const hit = ALIVE.exec(rendered.text);
  return hit ? [rendered.text.slice(Math.max(0, hit.index - 20), hit.index + 20)] : [];
}

/** GitLab's parsers do not recognise code spans with longer fences than this. */
export const LONGEST_FENCE = 80;

export function longestTickRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
