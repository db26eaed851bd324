/** A row about the largest of several where the question asks how much it is altogether. */
import type { Policy, Question } from '../policy.ts';
import { wordsIn } from './vocabulary.ts';

/** Whether the row's own words say so; what is typical or average is taken for the question's own figure. */
export function asksLargest(label: string, { type, ask }: Question, policy: Policy): boolean {
  if (type !== 'size' || !wordsIn(ask, 'size_words', policy).includes('total')) return false;
  const said = wordsIn(label, 'size_words', policy);
  if (!said.includes('largest') || said.includes('total')) return false;
  return !wordsIn(label, 'figure_words', policy).includes('average');
}
