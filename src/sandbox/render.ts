/** Markdown of issues → safe HTML: no tags of the author's come through but bare `details` and `summary`. */
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: true });
type Token = ReturnType<typeof markdown.parse>[number];

// As an inline rule, so that tags in code, behind a backslash or written as entities stay text.
markdown.inline.ruler.before('autolink', 'fold', (state, silent) => {
  const tag = /^<\/?(?:details|summary)>/i.exec(state.src.slice(state.pos, state.pos + 11))?.[0];
  if (tag === undefined) return false;
  if (!silent) state.push('fold', '', 0).content = tag.toLowerCase();
  state.pos += tag.length;
  return true;
});
markdown.renderer.rules.fold = (tokens, index) => tokens[index]?.content ?? '';

/** Text → text that means itself in HTML, attribute values included. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * Renders with raw HTML off; HTML comments vanish, `<details>` and `<summary>` without attributes fold.
 * Open folds are closed at the end, so that one note cannot swallow the next.
 */
export function renderMarkdown(source: string): string {
  const tokens = markdown.parse(loosen(source), {});
  const open: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const children = token.children ?? [];
    for (const child of children) if (child.type === 'fold') balance(child, open);
    if (children.some((child) => /details/.test(child.type === 'fold' ? child.content : ''))) {
      hideParagraph(tokens[index - 1], tokens[index + 1]);
    }
  }
  const html = markdown.renderer.render(tokens, markdown.options, {});
  return (
    html +
    open
      .reverse()
      .map((tag) => `</${tag}>`)
      .join('')
  );
}

/** Outside fences: comments out, and blank lines around fold tags, so that a fold's inside is Markdown. */
function loosen(source: string): string {
  const lines = source.replaceAll('\r', '').split('\n');
  let fence: string | null = null;
  let prose: string[] = [];
  const out: string[] = [];
  const flush = () => {
    out.push(loosenProse(prose.join('\n')));
    prose = [];
  };
  for (const line of lines) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]?.slice(0, 3) ?? null;
    if (mark !== null && fence === null) flush();
    if (fence === null && mark === null) prose.push(line);
    else out.push(line);
    if (mark !== null) fence = fence === null ? mark : mark === fence ? null : fence;
  }
  flush();
  return out.join('\n');
}

function loosenProse(prose: string): string {
  return prose
    .replaceAll(/(`+)[^`][\s\S]*?\1|<!--[\s\S]*?(?:-->|$)/g, (match, ticks?: string) =>
      ticks === undefined ? '' : match,
    )
    .replaceAll(/^[ \t]*<\/?(?:details|summary)>.*$/gim, '\n$&\n');
}

/** Empties a closing tag that closes nothing, or not what was opened last. */
function balance(token: Token, open: string[]): void {
  const tag = token.content.replaceAll(/[</>]/g, '');
  if (!token.content.startsWith('</')) open.push(tag);
  else if (open.at(-1) === tag) open.pop();
  else token.content = '';
}

/** HTML allows no fold inside a paragraph. */
function hideParagraph(before: Token | undefined, after: Token | undefined): void {
  if (before?.type !== 'paragraph_open' || after?.type !== 'paragraph_close') return;
  before.hidden = true;
  after.hidden = true;
}
