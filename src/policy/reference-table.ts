/** A Markdown table whose cells may hold anything. */

export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/** As code, whatever it holds. */
export function code(text: string | number): string {
  return `\`${String(text).replaceAll('`', "'")}\``;
}
