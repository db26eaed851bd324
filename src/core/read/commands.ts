/** A person's note → the commands in it (`interfaces.md` §5). */
import type { Command } from '../model.ts';
import { blockKinds } from './blocks.ts';
import { codeSpans } from './code-spans.ts';
import { withoutStruck } from './comments.ts';
import { bodyLines, quoteFences } from './lines.ts';

/** What a command line begins with: a slash word, or a mention of the bot (a username without `@`). */
export interface CommandNames {
  readonly prefix: string;
  readonly mention: string | null;
}

/**
 * One command a line, at the start of the line; not in code, quotes, HTML comments or HTML blocks.
 * In the order of the note; verbs in lower case, '' when the line ends behind the name. Never throws.
 */
export function readCommands(noteBody: string, names: CommandNames): Command[] {
  const starts = [names.prefix, ...(names.mention ? [`@${names.mention}`] : [])].map((name) =>
    name.toLowerCase(),
  );
  const lines = bodyLines(noteBody);
  if (!lines.some((line) => startOf(line, starts) !== null)) return [];
  const kinds = blockKinds(lines);
  const hidden = hiddenLines(lines, kinds);
  const commands: Command[] = [];
  const quoted = quoteFences(lines);
  for (const [i, line] of lines.entries()) {
    const written = startOf(line, starts);
    if (written === null || kinds[i] || hidden.has(i) || quoted.has(i)) continue;
    // As in a description: what is struck out is no longer said.
    const start = withoutStruck(written).trim();
    const [verb = ''] = /^\S*/u.exec(start) ?? [];
    commands.push({
      verb: verb.toLowerCase(),
      args: start.slice(verb.length).trim(),
      line: i + 1,
    });
  }
  return commands;
}

/** What follows the name on a line that begins with one; null for other lines. */
function startOf(line: string, starts: readonly string[]): string | null {
  const lower = line.toLowerCase();
  for (const start of starts) {
    if (!lower.startsWith(start)) continue;
    const rest = line.slice(start.length);
    if (rest.trim() === '' || /^\s/u.test(rest)) return rest.trim();
    if (start.startsWith('@') && /^[:,]\s/u.test(rest)) return rest.slice(1).trim();
  }
  return null;
}

/** Lines that begin inside inline code or an inline comment of their paragraph. */
function hiddenLines(
  lines: readonly string[],
  kinds: readonly ('code' | 'html' | undefined)[],
): Set<number> {
  const hidden = new Set<number>();
  let from = 0;
  for (let i = 0; i <= lines.length; i++) {
    const line = lines[i];
    if (line !== undefined && line.trim() !== '' && !kinds[i]) continue;
    const paragraph = lines.slice(from, i).join('\n');
    const spans = [...codeSpans(paragraph), ...commentSpans(paragraph)];
    if (spans.length > 0) {
      const starts = new Map<number, number>();
      let at = 0;
      for (let k = from; k < i; k++) {
        starts.set(k, at);
        at += (lines[k]?.length ?? 0) + 1;
      }
      markInside(starts, spans, hidden);
    }
    from = i + 1;
  }
  return hidden;
}

function commentSpans(text: string): [number, number][] {
  const spans: [number, number][] = [];
  let start = text.indexOf('<!--');
  while (start >= 0) {
    const end = text.indexOf('-->', start);
    if (end < 0) break;
    spans.push([start, end]);
    start = text.indexOf('<!--', end);
  }
  return spans;
}

function markInside(
  starts: ReadonlyMap<number, number>,
  spans: readonly (readonly [number, number])[],
  hidden: Set<number>,
): void {
  const ordered = [...spans].sort((a, b) => a[0] - b[0]);
  let next = 0;
  let reach = -1;
  for (const [line, at] of starts) {
    for (let span = ordered[next]; span && span[0] < at; span = ordered[++next]) {
      reach = Math.max(reach, span[1]);
    }
    if (at < reach) hidden.add(line);
  }
}
