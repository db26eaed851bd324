/** Splits the lines of a table into cells; tolerant of missing pipes and of tabs. */

/** Whether a line can be a row of a pipe table: at least one pipe that is not escaped. */
export function hasPipe(text: string): boolean {
  return /(?:^|[^\\])\|/u.test(text);
}

/** Outer pipes are optional on either side; an escaped pipe is part of its cell. */
export function splitPipes(text: string): string[] {
  const trimmed = text.trim();
  const cells: string[] = [];
  let cell = '';
  for (let i = 0; i < trimmed.length; i++) {
    const character = trimmed[i] ?? '';
    if (character === '\\' && trimmed[i + 1] === '|') {
      cell += '|';
      i++;
    } else if (character === '|') {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  cells.push(cell.trim());
  if (trimmed.startsWith('|')) cells.shift();
  if (cells.length > 1 && /(?:^|[^\\])\|$/u.test(trimmed)) cells.pop();
  return cells;
}

export function splitTabs(text: string): string[] {
  return text.split('\t').map((cell) => cell.trim().replace(/^"(.*)"$/su, '$1'));
}

/** `| :-- | :-: |` and its untidy relatives. */
export function isAlignment(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.includes('-')) && cells.every((cell) => /^:?-*:?$/u.test(cell));
}
