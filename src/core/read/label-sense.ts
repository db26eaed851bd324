/** "Restructure the groups? Yes": a yes or no means what its question names (`rulings.md` 2). */
import type { Policy, Question } from '../policy.ts';
import { isWord } from './phrases.ts';
import { findValues } from './vocabulary.ts';

/**
 * The value that a plain yes or no stands for, when its question has two values and its words name one of
 * them; null otherwise, and when the answer itself names one.
 */
export function meantByLabel(
  label: string,
  text: string,
  question: Question,
  policy: Policy,
): string | null {
  const vocabulary = question.vocabulary ? policy.vocabularies.get(question.vocabulary) : undefined;
  if (question.type !== 'enum' || !vocabulary || vocabulary.values.length !== 2) return null;
  const first = text.trim().split(/[\s,;:.!(–—-]/u, 1)[0] ?? '';
  const yes = isWord(first, 'yes', policy);
  if (!yes && !isWord(first, 'no', policy)) return null;
  const rest = text.trim().slice(first.length);
  const said = findValues(rest, vocabulary, policy).find(({ id, negated }) => id && !negated);
  if (said) return null;
  const named = [...new Set(findValues(label, vocabulary, policy).flatMap(({ id }) => id ?? []))];
  const [asked] = named;
  if (asked === undefined || named.length > 1) return null;
  return yes ? asked : (vocabulary.values.find(({ id }) => id !== asked)?.id ?? null);
}
