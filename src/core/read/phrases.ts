/** The policy's words, folded once, and the questions that are asked of them. */
import type { PhraseSet, Policy, ReadingWords } from '../policy.ts';
import { fold, indexOfPhrase, startsWithPhrase } from './fold.ts';
import { perObject } from './memo.ts';

interface FoldedSet {
  readonly exact: ReadonlySet<string>;
  readonly starts: readonly string[];
  readonly contains: readonly string[];
}

export type StateWords = keyof ReadingWords['states'];

interface FoldedWords {
  readonly states: ReadonlyMap<StateWords, FoldedSet>;
  readonly lists: ReadonlyMap<ListWords, readonly string[]>;
  readonly multipliers: ReadonlyMap<string, number>;
}

type ListWords = 'yes' | 'no' | 'approximate' | 'now' | 'later' | 'noDate';

/** "See", "pending" and the like say something about the answer only when little else is said. */
const mostWordsOfState = 14;
const mostWordsOfHint = 8;

const foldedWords = perObject((words: ReadingWords): FoldedWords => {
  const { states } = words;
  const names = Object.keys(states) as StateWords[];
  return {
    states: new Map(names.map((name) => [name, foldSet(states[name])])),
    lists: new Map(
      (['yes', 'no', 'approximate', 'now', 'later', 'noDate'] as const).map((name) => [
        name,
        folded(words[name]),
      ]),
    ),
    multipliers: new Map([...words.multipliers].map(([word, by]) => [fold(word), by])),
  };
});

function foldSet(set: PhraseSet): FoldedSet {
  return {
    exact: new Set(folded(set.exact)),
    starts: folded(set.starts),
    contains: folded(set.contains),
  };
}

/** Longest first, so that the fullest phrase is found. */
function folded(phrases: readonly string[]): string[] {
  return phrases
    .map(fold)
    .filter(Boolean)
    .sort((a, b) => b.length - a.length);
}

/** Whether the whole text is one of the state's words. */
export function isExactly(text: string, state: StateWords, policy: Policy): boolean {
  return foldedWords(policy.words).states.get(state)?.exact.has(fold(text)) ?? false;
}

/** Whether the text begins with a phrase of the state, and is short enough to mean that. */
export function beginsAs(text: string, state: StateWords, policy: Policy): boolean {
  return openingOf(text, state, policy) > 0;
}

/** How many words of the text its longest opening phrase of the state takes; 0 when there is none. */
export function openingOf(text: string, state: StateWords, policy: Policy): number {
  const plain = fold(text);
  if (countWords(plain) > mostWordsOfState) return 0;
  const set = foldedWords(policy.words).states.get(state);
  return countWords(set?.starts.find((phrase) => startsWithPhrase(plain, phrase)) ?? '');
}

/** Whether a short text holds a phrase of the state anywhere. */
export function mentions(
  text: string,
  state: StateWords,
  policy: Policy,
  most = mostWordsOfHint,
): boolean {
  const plain = fold(text);
  if (countWords(plain) > most) return false;
  const set = foldedWords(policy.words).states.get(state);
  return set?.contains.some((phrase) => indexOfPhrase(plain, phrase) >= 0) ?? false;
}

/** Whether the text begins with one of the words. */
export function beginsWith(text: string, list: ListWords, policy: Policy): boolean {
  const plain = fold(text);
  return listOf(list, policy).some((phrase) => startsWithPhrase(plain, phrase));
}

/** Whether one of the words stands anywhere in the text. */
export function holdsWord(text: string, list: ListWords, policy: Policy): boolean {
  const plain = fold(text);
  return listOf(list, policy).some((phrase) => indexOfPhrase(plain, phrase) >= 0);
}

export function isWord(text: string, list: ListWords, policy: Policy): boolean {
  return listOf(list, policy).includes(fold(text));
}

function listOf(list: ListWords, policy: Policy): readonly string[] {
  return foldedWords(policy.words).lists.get(list) ?? [];
}

/** By how much a word multiplies the number before it; null when it does not. */
export function multiplier(word: string, policy: Policy): number | null {
  return foldedWords(policy.words).multipliers.get(fold(word)) ?? null;
}

function countWords(text: string): number {
  return text === '' ? 0 : text.split(/\s+/u).length;
}
