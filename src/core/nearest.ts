/** "Did you mean": the known name that is closest to a misspelt one. */

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + same,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** The known name closest to `word`, or null when none is close (a third of its letters, at least two). */
export function nearest(word: string, known: Iterable<string>): string | null {
  const read = word.slice(0, 80).toLowerCase();
  let best: string | null = null;
  let bestCost = Math.max(2, Math.floor(read.length / 3)) + 1;
  for (const name of known) {
    const cost = editDistance(read, name.toLowerCase());
    if (cost >= bestCost) continue;
    best = name;
    bestCost = cost;
  }
  return best;
}

/** ` Did you mean "x"?` or nothing; made to follow a full sentence. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const name = nearest(word, known);
  return name === null ? '' : ` Did you mean "${name}"?`;
}
