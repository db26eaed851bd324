/** The few Markdown and HTML shapes of a comment. Everything put in must be inert or calm already. */
import { calmHtml } from './calm.ts';

/** A closed `<details>`; the blank lines let GitLab read the Markdown inside. */
export function fold(summary: string, body: string): string {
  return `<details>\n<summary>${calmHtml(summary)}</summary>\n\n${body}\n\n</details>`;
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => ':--')), ...rows.map(line)].join('\n');
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Blocks with a blank line between, empty ones left out. */
export function blocks(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A command to copy. Never at the start of a line: neither GitLab nor the bot may take it for the real thing. */
export function command(words: string): string {
  return `\`/scoping ${words}\``;
}

/** A question's `why` after "It"; one that begins with a name, such as "GitLab bills by it", stands alone. */
export function whySentence(why: string): string {
  return asSentence(/^\p{Lu}/u.test(why.trim()) ? why : `it ${why}`);
}

/** First letter large, full stop at the end: policies write clauses, comments need sentences. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const ended = /[.!?…]["”')]*$/.test(trimmed) ? trimmed : `${trimmed}.`;
  return ended.charAt(0).toLocaleUpperCase('en') + ended.slice(1);
}
