/** Answers in the words of a vocabulary, and what "none" and "yes" mean to each type of question. */
import type { ParsedValue } from '../model.ts';
import type { Policy, Question, Vocabulary } from '../policy.ts';
import { fold } from './fold.ts';
import { beginsAs, isWord } from './phrases.ts';
import { findValues } from './vocabulary.ts';

/** "Yes" to a question that asks which. */
export const whichOnes: ParsedValue = {
  state: 'unanswered',
  value: null,
  invalid: true,
  remark: 'Yes, but which?',
};

/** "No", "0", "none" by type (`rulings.md` 4). */
export function noneOf(question: Question): ParsedValue {
  switch (question.type) {
    case 'yes_no':
      return { state: 'answered', value: false };
    case 'count':
    case 'size':
    case 'money':
      return { state: 'answered', value: 0 };
    case 'multi':
    case 'list':
      return { state: 'none', value: [] };
    default:
      return { state: 'none', value: null };
  }
}

/** `enum` and `multi`: what of the vocabulary is named. */
export function parseWords(plain: string, question: Question, policy: Policy): ParsedValue {
  const vocabulary = question.vocabulary ? policy.vocabularies.get(question.vocabulary) : undefined;
  if (!vocabulary) return { state: 'answered', value: plain };
  const hits = findValues(plain, vocabulary, policy);
  const meant = [...new Set(hits.filter(({ negated }) => !negated).flatMap(({ id }) => id ?? []))];
  const unclear = hits.find(
    (hit) => hit.id === null && !hit.negated && !settles(hit.choices, meant),
  );
  if (question.type === 'multi')
    return readMulti(plain, meant, unclear, hits.length, vocabulary, policy);
  if (unclear && meant.length === 0) return ambiguous([], unclear.choices, unclear.remark);
  if (meant.length === 1 || (meant.length > 1 && isFirstWord(plain, meant[0] ?? '', hits))) {
    return { state: 'answered', value: asValue(meant[0] ?? '', vocabulary) };
  }
  // "Premium -> Ultimate": where it goes to.
  if (meant.length > 1 && /→|[-=]>|⇒/u.test(plain)) {
    return { state: 'answered', value: asValue(meant.at(-1) ?? '', vocabulary) };
  }
  if (meant.length > 1) return ambiguous([], meant, 'Which one of these is meant?');
  if (beginsAs(plain, 'none', policy) && hits.length > 0) return noneOf(question);
  return ambiguous(
    [],
    vocabulary.values.map(({ id }) => id),
    'I could not tell which one is meant.',
  );
}

/** An ambiguous word is settled when one of its meanings is also named outright. */
function settles(choices: readonly string[], meant: readonly string[]): boolean {
  return choices.some((choice) => meant.includes(choice));
}

/** "Enterprise, growing from SMB": the first word of an answer outweighs what comes later. */
function isFirstWord(
  plain: string,
  id: string,
  hits: readonly { id: string | null; at: number; negated: boolean }[],
): boolean {
  const first = hits.find(({ negated }) => !negated);
  return first?.id === id && first.at === 0 && /[,;:(–—\n]|\s-\s/u.test(plain);
}

function readMulti(
  plain: string,
  meant: readonly string[],
  unclear: { choices: readonly string[]; remark: string } | undefined,
  hits: number,
  vocabulary: Vocabulary,
  policy: Policy,
): ParsedValue {
  const named = meant.filter((id) => id !== 'none');
  if (unclear) return ambiguous(named, unclear.choices, unclear.remark);
  if (named.length > 0) return { state: 'answered', value: named.toSorted() };
  if (meant.includes('none') || hits > 0 || beginsAs(plain, 'none', policy)) {
    return { state: 'none', value: [] };
  }
  if (isWord(plain, 'yes', policy)) return whichOnes;
  if (vocabulary.values.some(({ id }) => id === 'other'))
    return { state: 'answered', value: ['other'] };
  return ambiguous(
    [],
    vocabulary.values.map(({ id }) => id).slice(0, 12),
    `I do not know "${fold(plain).slice(0, 40)}".`,
  );
}

function ambiguous(
  sure: readonly string[],
  choices: readonly string[],
  remark: string,
): ParsedValue {
  return { state: 'ambiguous', value: sure.length > 0 ? sure : null, choices, remark };
}

function asValue(id: string, vocabulary: Vocabulary): string | number {
  return vocabulary.numeric ? Number(id) : id;
}
