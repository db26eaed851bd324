/** Which questions are worded most like a text: common words, rare ones counting more. */
import type { FieldId } from '../model.ts';

/** One way to ask a question, as folded words. */
export interface Wording {
  readonly field: FieldId;
  readonly words: readonly string[];
}

interface Weighed {
  readonly field: FieldId;
  readonly words: ReadonlySet<string>;
  readonly weight: number;
}

export interface WordingIndex {
  readonly byWord: ReadonlyMap<string, readonly Weighed[]>;
  readonly weights: ReadonlyMap<string, number>;
  readonly strange: number;
}

const mostWords = 24;
/** The least share of common words, and the least distance to the next best question. */
const leastScore = 0.72;
const leastMargin = 0.06;
/** A text whose known words weigh less than this share of it can never reach the least score. */
const leastKnown = leastScore / (2 - leastScore);
/** Words that only make a question of it ("which", "do you") tell hardly anything. */
const leastOfAsking = 0.15;
/** As many questions may be equally alike; more means that the words say nothing. */
const mostAlike = 4;

export function wordingIndex(
  wordings: readonly Wording[],
  questions: number,
  asking: ReadonlySet<string>,
): WordingIndex {
  const fields = new Map<string, Set<FieldId>>();
  for (const { field, words } of wordings) {
    for (const word of words) fields.set(word, (fields.get(word) ?? new Set()).add(field));
  }
  const weights = new Map(
    [...fields].map(([word, asked]) => {
      const weight = Math.log(1 + questions / asked.size);
      return [word, asking.has(word) ? weight * leastOfAsking : weight] as const;
    }),
  );
  for (const word of asking) if (!weights.has(word)) weights.set(word, leastOfAsking);
  const byWord = new Map<string, Weighed[]>();
  for (const { field, words } of wordings) {
    const own = new Set(words);
    const weighed = { field, words: own, weight: weigh(own, weights) };
    for (const word of own) {
      const list = byWord.get(word);
      if (list) list.push(weighed);
      else byWord.set(word, [weighed]);
    }
  }
  return { byWord, weights, strange: Math.log(1 + questions) * 0.8 };
}

function weigh(words: Iterable<string>, weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const word of words) sum += weights.get(word) ?? 0;
  return sum;
}

/**
 * The questions with the most words in common with a folded text, best first: one that clearly wins, or
 * several that nearly tie; none when nothing is alike.
 */
export function bestAlike(text: string, index: WordingIndex): readonly FieldId[] {
  const words = new Set(text.split(' '));
  if (words.size < 2 || words.size > mostWords) return [];
  const known = [...words].filter((word) => index.weights.has(word));
  const knownWeight = weigh(known, index.weights);
  const weight = knownWeight + (words.size - known.length) * index.strange;
  const least = leastKnown * weight;
  if (knownWeight < least) return [];
  const best = scores(known, knownWeight, weight, least, index);
  const ranked = [...best].sort((a, b) => b[1] - a[1]);
  const top = ranked[0]?.[1] ?? 0;
  const near = ranked.filter(([, score]) => top - score < leastMargin);
  return near.length > mostAlike ? [] : near.map(([field]) => field);
}

/** Among few questions less is needed: words that nobody uses in asking hardly count. */
const leastAmong = 0.55;
const leastMarginAmong = 0.08;
const strangeAmong = 0.25;
/** What both have in common weighs at least as much as one word that tells something. */
const leastShared = 3;

/** The question for which `within` holds that a folded text is clearly most like; null when none is. */
export function bestAmong(
  text: string,
  { weights, byWord, strange }: WordingIndex,
  within: (field: FieldId) => boolean,
): FieldId | null {
  const words = new Set(text.split(' '));
  if (words.size > mostWords) return null;
  const known = [...words].filter((word) => weights.has(word));
  const weight = weigh(known, weights) + (words.size - known.length) * strange * strangeAmong;
  const best = new Map<FieldId, number>();
  const seen = new Set<Weighed>();
  for (const word of known) {
    for (const wording of byWord.get(word) ?? []) {
      if (seen.has(wording) || !within(wording.field)) continue;
      seen.add(wording);
      const shared = weigh(
        known.filter((each) => wording.words.has(each)),
        weights,
      );
      const score = (2 * shared) / (weight + wording.weight);
      if (shared >= leastShared && score > (best.get(wording.field) ?? 0)) {
        best.set(wording.field, score);
      }
    }
  }
  const [first, second] = [...best].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] < leastAmong) return null;
  return second && first[1] - second[1] < leastMarginAmong ? null : first[0];
}

/** Rarest words first: once those left weigh too little, no further wording can reach the least score. */
function scores(
  known: readonly string[],
  knownWeight: number,
  weight: number,
  least: number,
  { byWord, weights }: WordingIndex,
): ReadonlyMap<FieldId, number> {
  const rarest = known.toSorted(
    (a, b) => (byWord.get(a)?.length ?? 0) - (byWord.get(b)?.length ?? 0),
  );
  const seen = new Set<Weighed>();
  const best = new Map<FieldId, number>();
  let left = knownWeight;
  for (const word of rarest) {
    if (left < least) break;
    left -= weights.get(word) ?? 0;
    for (const wording of byWord.get(word) ?? []) {
      if (seen.has(wording)) continue;
      seen.add(wording);
      let shared = 0;
      for (const each of known) if (wording.words.has(each)) shared += weights.get(each) ?? 0;
      const score = (2 * shared) / (weight + wording.weight);
      if (score >= leastScore && score > (best.get(wording.field) ?? 0)) {
        best.set(wording.field, score);
      }
    }
  }
  return best;
}
