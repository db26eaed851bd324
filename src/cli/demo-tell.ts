/** How the demo writes to the terminal: titles, what people say, and Markdown that reads well there. */
import { wrap } from '../core/say/wrap.ts';
import { columnsFor, paint } from './paint.ts';

const columns = columnsFor(process.stdout);
/** The names of facts stand in a column of their own. */
const factWidth = 11;

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The title of what happens next. */
export function chapter(title: string): void {
  say('');
  for (const line of wrap(title, columns)) say(paint.bold(line));
  say('');
}

/** Somebody's comment, as it stands in the issue. */
export function sayFor(username: string, body: string): void {
  const indent = ' '.repeat(username.length + 5);
  say(`  ${paint.dim(`@${username}`)}  ${body.replaceAll('\n', `\n${indent}`)}`);
}

/** One of the facts below a chapter; of several entries each begins a line, below the others. */
export function sayFact(name: string, entries: readonly string[]): void {
  const [first = '', ...further] = entries.flatMap((entry) => hang(entry, columns - factWidth));
  say(`${paint.bold(name.padEnd(factWidth))}${first}`);
  for (const line of further) say(`${' '.repeat(factWidth)}${line}`);
}

/** As it looks in the browser: folded parts show their summary only. */
export function sayMarkdown(markdown: string): void {
  for (const line of foldDetails(markdown).split('\n')) {
    // A table that is broken is harder to read than one that is too wide.
    const lines = line === '' || line.startsWith('|') ? [line] : hang(line, columns - 4);
    for (const each of lines) say(`  │ ${each}`.trimEnd());
  }
}

/** The part below this heading, without blank lines and cut to so many; what is left out is counted. */
export function excerpt(markdown: string, heading: string, most: number): string {
  const all = foldDetails(markdown).split('\n');
  const from = all.findIndex((line) => line.startsWith(heading));
  const to = all.findIndex((line, index) => index > from && line.startsWith('#### '));
  const part = all.slice(from, to < 0 ? undefined : to).filter((line) => line !== '');
  const rest = part.length - most;
  return [...part.slice(0, most), ...(rest > 0 ? [`… and ${rest} lines more`] : [])].join('\n');
}

/** One line of a comment without the marks that only a browser understands. */
export function plainLine(line: string): string {
  return line.replace(/^(?:#+|-) /, '').replaceAll('**', '');
}

function foldDetails(markdown: string): string {
  return markdown
    .replace(/<details>\s*<summary>(.*?)<\/summary>[\s\S]*?<\/details>/g, '▸ $1')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\\$/gm, '')
    .replaceAll('**', '');
}

/** Wrapped, with further lines below the first one's text. */
function hang(line: string, width: number): string[] {
  const lead = /^ *(?:[-✓–] )*/.exec(line)?.[0] ?? '';
  const lines = wrap(line.slice(lead.length), width - lead.length);
  return lines.map(
    (each, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + each.trimEnd(),
  );
}
