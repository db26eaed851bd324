/** What a label's name is compared by: people spell the same label in many ways (`domain.md` §2.4). */

/** The same for names that differ only in case, `:` or `::`, spaces, underscores, hyphens and invisible characters. */
export function foldLabel(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\p{Pd}\p{Cf}]+/gu, '')
    .replace(/:+/g, ':');
}
