/** The choices that our own templates show in place of an example, where a plain example could be somebody's answer. */
import type { Policy, Question } from '../policy.ts';
import { fold } from './fold.ts';

/** Vocabularies up to this size are listed whole. */
const MOST_CHOICES = 8;
/** Of larger ones so many are named. */
const SOME = 6;
const yesOrNo = new Set(['yes', 'no']);

/** "one of: Free / Premium / Ultimate", "yes or no"; '' when the question's example says more than a word that many would choose. */
export function offeredChoices(question: Question, policy: Policy): string {
  const { type, vocabulary, example } = question;
  if (yesOrNo.has(fold(example))) return 'yes or no';
  if (type !== 'enum' && type !== 'multi') return '';
  const { values = [], numeric = false } = policy.vocabularies.get(vocabulary ?? '') ?? {};
  const titles = values.map(({ id, title }) => title || String(id).replaceAll('_', ' '));
  if (titles.length === 0) return '';
  const begin = type === 'multi' ? 'any of' : 'one of';
  if (titles.length <= MOST_CHOICES) return `${begin}: ${titles.join(' / ')}`;
  if (!isPlain(question, policy)) return '';
  if (numeric) return `${begin}: ${[...titles.slice(0, 2), '…', titles.at(-1)].join(' / ')}`;
  const some = values.flatMap(({ id }, at) => {
    const title = titles[at] ?? '';
    return id === 'none' || id === 'other' || title.includes('(') ? [] : [title];
  });
  return `${begin}: ${some.slice(0, SOME).join(' / ')} or another`;
}

/** Nothing but words of the vocabulary. */
function isPlain({ vocabulary, example }: Question, policy: Policy): boolean {
  const { values = [] } = policy.vocabularies.get(vocabulary ?? '') ?? {};
  const words = new Set(values.flatMap(({ title, also }) => [title, ...also].map(fold)));
  return example.split(/[,;]| and /u).every((part) => words.has(fold(part)));
}
