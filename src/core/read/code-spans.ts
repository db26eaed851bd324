/** Finds inline code (`` `…` ``) in linear time, so that what stands in it is not taken for markup. */

/** The half-open ranges of inline code in one paragraph, in order. CommonMark 6.1: runs of equal length pair up. */
export function codeSpans(paragraph: string): readonly (readonly [number, number])[] {
  if (!paragraph.includes('`')) return [];
  const runs = Array.from(paragraph.matchAll(/`+/g), (run) => ({
    at: run.index,
    length: run[0].length,
  }));
  const next = new Array<number>(runs.length).fill(-1);
  const latest = new Map<number, number>();
  for (let i = runs.length - 1; i >= 0; i--) {
    const length = runs[i]?.length ?? 0;
    next[i] = latest.get(length) ?? -1;
    latest.set(length, i);
  }
  const spans: [number, number][] = [];
  for (let i = 0; i < runs.length; i++) {
    const closing = runs[next[i] ?? -1];
    const opening = runs[i];
    if (!closing || !opening) continue;
    spans.push([opening.at, closing.at + closing.length]);
    i = next[i] ?? i;
  }
  return spans;
}
