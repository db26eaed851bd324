/** Splits the lines of a table into cells; tolerant of missing pipes and of tabs. */

/** Whether a line can be a row of a pipe table: at least one pipe that is not escaped. */
export function hasPipe(text: string): boolean {
  return text.includes('|') && /(?:^|[^\\])\|/u.test(text);
}

/** Outer pipes are optional on either side; an escaped pipe is part of its cell. */
export function splitPipes(text: string): string[] {
  const trimmed = text.trim();
  const escaped = trimmed.includes('\\|');
  // An escaped backslash before a pipe is not known to GitLab either.
  const plain = escaped ? trimmed.replaceAll('\\|', held) : trimmed;
  const cells = plain.split('|').map((cell) => cell.trim());
  if (plain.startsWith('|')) cells.shift();
  if (cells.length > 1 && plain.endsWith('|')) cells.pop();
  return escaped ? cells.map((cell) => cell.replaceAll(held, '|')) : cells;
}

/** Stands for an escaped pipe while a row is split; no text can hold it. */
const held = '\ufdd2';

export function splitTabs(text: string): string[] {
  return text.split('\t').map((cell) => cell.trim().replace(/^"(.*)"$/su, '$1'));
}

/** `| :-- | :-: |` and its untidy relatives. */
export function isAlignment(cells: readonly string[]): boolean {
  let marked = false;
  for (const cell of cells) {
    if (cell !== '' && !/^:?-*:?$/u.test(cell)) return false;
    marked ||= cell.includes('-');
  }
  return marked;
}
