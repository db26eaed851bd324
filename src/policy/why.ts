/** Why a question matters, ready to follow the word "It", however its author began and ended it. */
import type { PolicyDocument } from './schema.ts';

/**
 * Without an "It" of its own and without a full stop. A first word that is one of `verbs` becomes small, so that it
 * follows "It"; a reason that begins with any other large letter stands alone.
 */
export function whyEnding(why: string, verbs: ReadonlySet<string>): string {
  const clause = why
    .trim()
    .replace(/^it\s+(?=\S)/i, '')
    .replace(/(?<=[\p{L}\p{N})”"])\.$/u, '');
  const small = clause.charAt(0).toLowerCase() + clause.slice(1);
  return verbs.has(firstWord(small)) ? small : clause;
}

/** What the policy's other reasons begin with: `decides`, `shows`, `has`. */
export function verbsOf({ questions }: PolicyDocument): ReadonlySet<string> {
  const first = questions.map(({ why }) => firstWord(why.trim()));
  return new Set(first.filter((word) => /^\p{Ll}/u.test(word)));
}

function firstWord(text: string): string {
  return /^\S*/u.exec(text)?.[0] ?? '';
}
