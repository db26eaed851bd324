/**
 * What GitLab does with a note, told from its own side: the quick actions it would carry out, and what its
 * filters would find in the rendered HTML. Written after GitLab's documentation of quick actions and of its
 * Markdown pipeline (CommonMark to HTML, then filters over the text nodes outside code), never after our escaping.
 */
import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt({ html: true, linkify: false }).enable(['table', 'strikethrough']);

/** Every separator that Ruby, JavaScript or a terminal might take for the end of a line. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/**
 * Lines that some GitLab may carry out. Older versions go through the source and know only ``` fences, HTML
 * blocks and `>>>` as shelter, and only closed ones: here nothing shelters. Newer ones take the source lines
 * of top-level paragraphs: here whatever they are indented by is taken off first, as CommonMark does.
 */
export function quickActions(note: string): readonly string[] {
  const older = note.split(LINE_END);
  const source = note.split('\n');
  const newer = markdown
    .parse(note, {})
    .filter(({ type, level }) => type === 'paragraph_open' && level === 0)
    .flatMap(({ map }) => source.slice(map?.[0], map?.[1]))
    .flatMap((line) => line.split(LINE_END))
    .map((line) => line.trimStart());
  return [...older, ...newer].filter((line) => /^[/／]\S/.test(line));
}

/** Names of what GitLab's filters look for in a text node, each at least as wide as GitLab has it. */
const PATTERNS: readonly (readonly [string, RegExp])[] = [
  ['mention', /(?<![A-Za-z0-9_])@[\p{L}\p{N}_.][\p{L}\p{N}_./-]*/gu],
  ['issue', /#\d+|\bGL-\d+/g],
  ['merge request', /!\d+/g],
  ['epic', /&\d+/g],
  ['snippet', /\$\d+/g],
  ['label', /~(?:"|[\p{L}\p{N}_?.&-])[^\s]*/gu],
  ['milestone', /%(?:"[^"]|[^\s"<%.,;:)])[^\s]*/g],
  ['iteration or cadence', /\*iteration:|\[cadence:/g],
  ['bracketed reference', /\[[a-z_]+:[^\]]+\]?/g],
  ['wiki page or contents', /\[\[|\[TOC\]/g],
  ['project', /[\w.-]+\/[\w.-]+>/g],
  ['commit', /\b[0-9a-f]{7,40}\b/g],
  ['address', /\b[a-z][a-z0-9+.-]*:\/\/\S+|\bwww\.\S+/gi],
  ['mail address', /[\w.+-]+@[\w-]+\.[\w.-]+/g],
  ['emoji', /:[a-z0-9_+-]*[a-z][a-z0-9_+-]*:/g],
  ['mathematics', /\$\S/g],
  ['inline diff', /\{[+-]|\[[+-]/g],
  ['placeholder', /%\{\w+/g],
  ['footnote', /\[\^/g],
];

/** GitLab's filters leave text inside these alone. */
const SHELTERED = new Set(['code', 'pre', 'tt']);
const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr']);

const HTML =
  /<!--(?<comment>.*?)(?:-->|$)|<[!?](?<bogus>[^>]*)>?|<(?<close>\/?)(?<tag>[a-z][^\s/>]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^>"'])*)>/gis;

export interface Done {
  readonly quickActions: readonly string[];
  /** What a filter found: its kind and the words. */
  readonly alive: readonly { readonly kind: string; readonly text: string }[];
  /** Each opened tag with its attributes, in order. */
  readonly tags: readonly string[];
  /** Contents of HTML comments. */
  readonly comments: readonly string[];
  /** What is read outside code; a line for each text node. */
  readonly text: string;
  /** Tags that were closed without being open, or never closed. */
  readonly unbalanced: readonly string[];
}

/** Everything that GitLab would make of a note. */
export function whatGitLabDoes(note: string): Done {
  const html = markdown.render(note);
  const tags: string[] = [];
  const comments: string[] = [];
  const texts: string[] = [];
  const unbalanced: string[] = [];
  const open: string[] = [];
  let at = 0;
  const read = (until: number): void => {
    const text = decode(html.slice(at, until));
    if (text.trim() !== '' && !open.some((tag) => SHELTERED.has(tag))) texts.push(text);
  };
  for (const found of html.matchAll(HTML)) {
    read(found.index);
    at = found.index + found[0].length;
    const { comment, bogus, close, tag = '', attributes = '' } = found.groups ?? {};
    const name = tag.toLowerCase();
    if (comment !== undefined || bogus !== undefined) comments.push(comment ?? bogus ?? '');
    else if (close) {
      if (open.at(-1) === name) open.pop();
      else unbalanced.push(`/${name}`);
    } else {
      tags.push(name + attributes.trimEnd());
      if (!VOID.has(name)) open.push(name);
    }
  }
  read(html.length);
  const alive = PATTERNS.flatMap(([kind, pattern]) =>
    texts.flatMap((text) => [...text.matchAll(pattern)].map(([hit]) => ({ kind, text: hit }))),
  );
  return {
    quickActions: quickActions(note),
    alive,
    tags,
    comments,
    text: texts.join('\n'),
    unbalanced: [...unbalanced, ...open],
  };
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** As the HTML parser does before the filters look; once, so that an escaped escape stays one. */
function decode(html: string): string {
  return html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED[name] ?? whole;
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });
}
