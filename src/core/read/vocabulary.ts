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
  for (const aliases of byFirst.values()) {
    aliases.sort((a, b) => b.tokens.length - a.tokens.length);
  }
  unspaced.sort((a, b) => b.phrase.length - a.phrase.length);
  return { byFirst, unspaced };
});

/** Every value that the text names, in order of appearance. */
export function findValues(text: string, vocabulary: Vocabulary, policy: Policy): Hit[] {
  const found = words(text);
  const index = indexOf(vocabulary);
  const hits: Hit[] = [];
  for (let at = 0; at < found.length; ) {
    const alias = longestAt(found, at, index);
    if (!alias) {
      at++;
      continue;
    }
    const { id, choices, remark, tokens } = alias;
    const negated = isNegated(found, at, policy);
    hits.push({ id, choices, remark, negated, at, length: tokens.length });
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

/** Up to two words before, nothing between: "no Jenkins", "without any Jenkins". */
function isNegated(found: readonly Word[], at: number, policy: Policy): boolean {
  const negations = policy.vocabularies.get('negations');
  if (!negations) return false;
  const index = indexOf(negations);
  for (let back = 1; back <= 2; back++) {
    const next = found[at - back + 1];
    const word = found[at - back];
    if (!word || !next || next.brk) return false;
    if (index.byFirst.has(word.text)) return true;
  }
  return false;
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
