/** Reads an issue's title by the policy's patterns, in which `*` stands for the customer's name. */
import type { Policy } from '../policy.ts';

/** Dashes, spaces and case differ from writer to writer. */
function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .replace(/[‐‑‒–—―]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The words in place of the pattern's `*`, trimmed; null when the title does not fit. */
function starPart(pattern: string, title: string): string | null {
  const text = tidy(title);
  const lower = text.toLowerCase();
  const [before = '', after = ''] = tidy(pattern).toLowerCase().split('*', 2);
  if (!pattern.includes('*')) return lower === before ? '' : null;
  const fits =
    lower.length === text.length &&
    lower.length >= before.length + after.length &&
    lower.startsWith(before) &&
    lower.endsWith(after);
  return fits ? text.slice(before.length, text.length - after.length).trim() : null;
}

/** Whether a title fits one pattern of `recognise.title` (`interfaces.md` §7). */
export function titleMatches(pattern: string, title: string): boolean {
  return starPart(pattern, title) !== null;
}

/** The customer's part of a title (`rulings.md` 1), '' when no pattern fits. */
export function readTitle(title: string, policy: Policy): string {
  for (const pattern of policy.recognise.title) {
    const part = starPart(pattern, title);
    if (part) return part;
  }
  return '';
}
