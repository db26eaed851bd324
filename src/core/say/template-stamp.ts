/** The first line of a template of ours carries a check sum, by which a text that people changed is told apart. */
import { createHash } from 'node:crypto';

/** `changed`: ours once, and no longer as we wrote it. `foreign`: never ours, or from before there were stamps. */
export type TemplateOrigin = 'ours' | 'changed' | 'foreign';

const MARKER = /^<!-- scoping-bot:template (.*) sha256:([0-9a-f]{12}) -->$/m;

/** `name` may not end a comment. The text behind the marker is what the check sum is about. */
export function stampTemplate(name: string, text: string): string {
  return `<!-- scoping-bot:template ${name} sha256:${sumOf(name, text)} -->\n${text}`;
}

/** Line ends and blanks at the end do not count: editors and GitLab change them by themselves. */
export function originOf(text: string): TemplateOrigin {
  const [first = '', ...rest] = text.replaceAll('\r\n', '\n').split('\n');
  const [, name, sum] = MARKER.exec(first.trim()) ?? [];
  if (name === undefined) return 'foreign';
  return sumOf(name, rest.join('\n')) === sum ? 'ours' : 'changed';
}

function sumOf(name: string, text: string): string {
  const plain = `${name}\n${text.trimEnd()}`;
  return createHash('sha256').update(plain).digest('hex').slice(0, 12);
}
