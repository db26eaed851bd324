/** Which canonical values a text names (`domain.md` §8.4): the longest wording wins, word boundaries count. */
import type { Policy, Vocabulary } from '../policy.ts';
import { fold, type Word, words } from './fold.ts';
import { perObject } from './memo.ts';

/** A wording found in a text. */
export interface Hit {
  /** The value's id; null for words that name several values. */
  readonly id: string | null;
  readonly choices: readonly string[];
  readonly remark: string;
  /** A negation stands before it ("no Jenkins"). */
  readonly negated: boolean;
  /** The words as they are compared. */
  readonly text: string;
  /** First word and number of words in the text. */
  readonly at: number;
  readonly length: number;
}

interface Alias {
  readonly tokens: readonly string[];
  readonly id: string | null;
  readonly choices: readonly string[];
  readonly remark: string;
}

interface VocabularyIndex {
  readonly byFirst: ReadonlyMap<string, readonly Alias[]>;
  /** Wordings in scripts that put no space between words. */
  readonly unspaced: readonly { readonly phrase: string; readonly alias: Alias }[];
}

const nothingMeant: Omit<Alias, 'tokens'> = { id: null, choices: [], remark: '' };
const arrow = /→|⇒|➜|➔|[-=]+>/gu;
/** "GHEからGitLab.comへ": no space stands between the scripts. */
const scriptEdge =
  /(?<=[a-z0-9])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])(?=[a-z0-9])/giu;
/** "Anything other than" is the longest of them. */
const longestNegation = 3;
/** Nothing that names a system is longer. */
const mostCharacters = 4000;
const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const indexOf = perObject((vocabulary: Vocabulary): VocabularyIndex => {
  const byFirst = new Map<string, Alias[]>();
  const unspaced: { phrase: string; alias: Alias }[] = [];
  const add = (wording: string, what: Omit<Alias, 'tokens'>): void => {
    const phrase = fold(wording);
    const tokens = phrase.split(' ');
    const first = tokens[0];
    if (!first) return;
    const alias = { tokens, ...what };
    if (unspacedScript.test(phrase)) unspaced.push({ phrase, alias });
    byFirst.set(first, [...(byFirst.get(first) ?? []), alias]);
  };
  for (const value of vocabulary.values) {
    const what = { id: value.id, choices: [], remark: '' };
    for (const wording of [value.id.replaceAll('_', ' '), value.title, ...value.also]) {
      add(wording, what);
    }
  }
  for (const { words: wordings, choices, remark } of vocabulary.ambiguous) {
    for (const wording of wordings) add(wording, { id: null, choices, remark });
  }
  for (const wording of vocabulary.ignore ?? []) add(wording, nothingMeant);
  for (const aliases of byFirst.values()) {
    aliases.sort((a, b) => b.tokens.length - a.tokens.length);
  }
  unspaced.sort((a, b) => b.phrase.length - a.phrase.length);
  return { byFirst, unspaced };
});

/** The words of a text in which arrows are words too and a change of script parts words. */
export function wordsOf(text: string): Word[] {
  return words(text.slice(0, mostCharacters).replace(arrow, ' ➡ ').replace(scriptEdge, ' '));
}

/** Every value that the text names, in order of appearance; `at` counts `wordsOf` the text. */
export function findValues(text: string, vocabulary: Vocabulary, policy: Policy): Hit[] {
  return findIn(wordsOf(text), vocabulary, policy);
}

/** The same in words that are at hand already. */
export function findIn(found: readonly Word[], vocabulary: Vocabulary, policy: Policy): Hit[] {
  const index = indexOf(vocabulary);
  const hits: Hit[] = [];
  for (let at = 0; at < found.length; ) {
    const alias = longestAt(found, at, index);
    if (!alias) {
      at++;
      continue;
    }
    const { id, choices, remark, tokens } = alias;
    if (id === null && choices.length === 0) {
      at += tokens.length;
      continue;
    }
    const negated = isNegated(found, at, policy);
    hits.push({
      id,
      choices,
      remark,
      negated,
      text: tokens.join(' '),
      at,
      length: tokens.length,
    });
    at += tokens.length;
  }
  return hits;
}

function longestAt(found: readonly Word[], at: number, index: VocabularyIndex): Alias | null {
  const word = found[at]?.text ?? '';
  const aliases = index.byFirst.get(word) ?? [];
  const alias = aliases.find(({ tokens }) =>
    tokens.every(
      (token, i) => found[at + i]?.text === token && (i === 0 || !splits(found[at + i])),
    ),
  );
  if (alias) return alias;
  if (!unspacedScript.test(word)) return null;
  return index.unspaced.find(({ phrase }) => word.includes(phrase))?.alias ?? null;
}

/** "Bitbucket, Cloud" is two things. A slash or hyphen parts nothing ("CI/CD"), nor does "Bitbucket (Cloud)". */
function splits(word: Word | undefined): boolean {
  return (word?.brk ?? false) && !word?.opens;
}

/** Up to two words before, nothing between: "no Jenkins", "without any Jenkins", but "not only Jenkins". */
function isNegated(found: readonly Word[], at: number, policy: Policy): boolean {
  for (let end = at; end > at - 2 && end > 0; end--) {
    if (found[end]?.brk) return false;
    for (let start = Math.max(0, end - longestNegation); start < end; start++) {
      const phrase = found.slice(start, end).map(({ text }) => text);
      const id = valueNamed(phrase.join(' '), 'negations', policy);
      if (id !== null) return id === 'not';
    }
  }
  return false;
}

/** The words of a helping vocabulary in a text, with their places. */
export function helpersIn(found: readonly Word[], vocabularyId: string, policy: Policy): Hit[] {
  const vocabulary = policy.vocabularies.get(vocabularyId);
  return vocabulary ? findIn(found, vocabulary, policy) : [];
}

/** The value of the vocabulary whose wording the whole text is; null when none is. */
export function valueNamed(text: string, vocabularyId: string, policy: Policy): string | null {
  const vocabulary = policy.vocabularies.get(vocabularyId);
  if (!vocabulary) return null;
  const phrase = fold(text);
  const first = phrase.split(' ', 1)[0] ?? '';
  const alias = indexOf(vocabulary)
    .byFirst.get(first)
    ?.find((each) => each.tokens.join(' ') === phrase);
  return alias?.id ?? null;
}

/** Whether the whole text is a wording of the vocabulary, of one value or of several. */
export function isNamed(text: string, vocabularyId: string, policy: Policy): boolean {
  const vocabulary = policy.vocabularies.get(vocabularyId);
  const phrase = fold(text);
  const first = phrase.split(' ', 1)[0] ?? '';
  const aliases = vocabulary ? indexOf(vocabulary).byFirst.get(first) : undefined;
  return aliases?.some((each) => each.tokens.join(' ') === phrase) ?? false;
}

/** Values of a vocabulary of helping words that the text holds anywhere. */
export function wordsIn(text: string, vocabularyId: string, policy: Policy): readonly string[] {
  const vocabulary = policy.vocabularies.get(vocabularyId);
  if (!vocabulary) return [];
  return findValues(text, vocabulary, policy).flatMap(({ id }) => (id === null ? [] : [id]));
}
