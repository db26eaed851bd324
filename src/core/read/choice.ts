/** Answers in the words of a vocabulary, and what "none" and "yes" mean to each type of question. */
import type { ParsedValue } from '../model.ts';
import type { Policy, Question, Vocabulary } from '../policy.ts';
import { inertInline } from '../say/inert.ts';
import { fold } from './fold.ts';
import { beginsAs, isWord } from './phrases.ts';
import { findNamed, type Named, onSide, plannedOf, sideOf } from './roles.ts';
import { helpersIn, valueNamed, wordsOf } from './vocabulary.ts';

/** "Okta, LDAP as a fallback": so many words behind a name still say what it is. */
const lookAhead = 5;

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
  const share = shareOf(plain, vocabulary);
  if (share !== null) return { state: 'answered', value: share };
  const side = sideOf(question, policy);
  const named = findNamed(plain, vocabulary, policy);
  const here = onSide(named, side);
  const hits = question.type === 'enum' && side === 'either' ? plannedOf(here) : here;
  const meant = [...new Set(hits.flatMap(({ id }) => id ?? []))];
  const unclear = hits.find((hit) => hit.id === null && !settles(hit.choices, meant));
  if (hits.length === 0 && named.some(({ role }) => !['none', 'stays', 'planned'].includes(role))) {
    return otherSide(named, side, vocabulary);
  }
  if (question.type === 'multi')
    return readMulti(plain, meant, unclear, named.length, vocabulary, policy);
  if (unclear && meant.length === 0) return ambiguous([], unclear.choices, unclear.remark);
  if (meant.includes('undecided')) return { state: 'answered', value: 'undecided' };
  if (
    meant.length === 1 ||
    (meant.length > 1 && isFirstWord(plain, meant[0] ?? '', hits, policy))
  ) {
    return { state: 'answered', value: asValue(meant[0] ?? '', vocabulary) };
  }
  const together = ['hybrid', 'both'].find((id) => knows(vocabulary, id));
  if (meant.length > 1 && together !== undefined) return { state: 'answered', value: together };
  if (meant.length > 1) return ambiguous([], meant, 'Which one of these is meant?');
  const no = beginsAs(plain, 'none', policy) || isWord(plain, 'no', policy);
  if (knows(vocabulary, 'none') && (no || named.length > 0)) {
    return noneOf(question);
  }
  const denied = new Set(named.flatMap(({ id }) => id ?? []));
  const [left, ...others] = vocabulary.values.filter(({ id }) => !denied.has(id));
  if (denied.size === 1 && left && others.length === 0) {
    return { state: 'answered', value: asValue(left.id, vocabulary) };
  }
  return ambiguous(
    [],
    vocabulary.values.map(({ id }) => id).filter((id) => !denied.has(id)),
    denied.size > 0
      ? 'That says what it is not; which one is it?'
      : 'I could not tell which one is meant.',
  );
}

/** Everything named belongs to the other end of the road. */
function otherSide(named: readonly Named[], side: string, vocabulary: Vocabulary): ParsedValue {
  const denied = new Set(named.flatMap(({ id }) => id ?? []));
  if (side === 'sources' || side === 'replaced' || side === 'present') {
    const remark = 'That is where it goes; what is there now?';
    return { state: 'unanswered', value: null, invalid: true, remark };
  }
  return ambiguous(
    [],
    vocabulary.values.map(({ id }) => id).filter((id) => !denied.has(id)),
    'That is what it will not be; which one is it?',
  );
}

/** "80%" to a question that knows all, some and none. */
function shareOf(plain: string, vocabulary: Vocabulary): string | null {
  const percent = /(\d{1,3})\s?%/u.exec(plain)?.[1];
  if (percent === undefined || !['yes', 'some', 'no'].every((id) => knows(vocabulary, id))) {
    return null;
  }
  const share = Number(percent);
  return share === 0 ? 'no' : share >= 95 ? 'yes' : 'some';
}

function knows({ values }: Vocabulary, id: string): boolean {
  return values.some((value) => value.id === id);
}

/** An ambiguous word is settled when one of its meanings is also named outright. */
function settles(choices: readonly string[], meant: readonly string[]): boolean {
  return choices.some((choice) => meant.includes(choice));
}

/**
 * "Enterprise, growing from SMB", "Premium now, evaluating Ultimate": the first word outweighs what is only
 * an afterthought. Words that stand side by side ("SaaS, Self-Managed") are a choice that nobody made.
 */
function isFirstWord(plain: string, id: string, hits: readonly Named[], policy: Policy): boolean {
  const [first, ...others] = hits;
  const rivals = others.filter(({ id }) => id !== first?.id && id !== 'none');
  if (first?.at !== 0 || first.id !== id || leavesOpen(plain, hits, policy)) return false;
  // "None of their own, happy with yours."
  if (first.id === 'none') return true;
  const afterthoughts = helpersIn(wordsOf(plain), 'afterthoughts', policy);
  return rivals.every(
    ({ role, at }) => role !== 'none' || afterthoughts.some((each) => each.at < at + lookAhead),
  );
}

/** "Okta or Entra, not decided": "or" stands right between the first two. */
function leavesOpen(plain: string, [first, second]: readonly Named[], policy: Policy): boolean {
  if (!first || !second || first.id === second.id) return false;
  const between = wordsOf(plain).slice(first.at + first.length, second.at);
  return (
    between.length === 1 && valueNamed(between[0]?.text ?? '', 'number_parts', policy) === 'or'
  );
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
  const no = beginsAs(plain, 'none', policy) || isWord(plain, 'no', policy);
  if (meant.includes('none') || hits > 0 || no) {
    return { state: 'none', value: [] };
  }
  if (isWord(plain, 'yes', policy)) return whichOnes;
  if (valueNamed(plain, 'partly', policy) === 'planned') return { state: 'none', value: [] };
  if (knows(vocabulary, 'other')) return { state: 'answered', value: ['other'] };
  return ambiguous(
    [],
    vocabulary.values.map(({ id }) => id).slice(0, 12),
    `I do not know ${inertInline(fold(plain), 40)}.`,
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
