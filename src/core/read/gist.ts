/** What a spoken question asks, without the words around it: "Which licence tier do you have?" is "licence tier". */
import type { ReadingWords } from '../policy.ts';
import { fold, indexOfPhrase } from './fold.ts';
import { perObject } from './memo.ts';

interface Fillers {
  readonly words: ReadonlySet<string>;
  /** "At the moment" and the like, longest first. */
  readonly now: readonly string[];
}

const fillersOf = perObject(
  ({ fillers, now }: ReadingWords): Fillers => ({
    words: new Set(fillers.map((each) => singularOf(fold(each)))),
    now: now.map(fold).toSorted((a, b) => b.length - a.length),
  }),
);

/** `key` as from `labelKey`; '' when nothing but fillers stands there. `timeless`: without "today" and the like. */
export function gistOf(key: string, words: ReadingWords, timeless?: 'timeless'): string {
  const fillers = fillersOf(words);
  return (timeless ? withoutNow(key, fillers.now) : key)
    .split(' ')
    .filter((word) => !fillers.words.has(word))
    .join(' ');
}

/** "The current stage" → "current stage", with its letters as they are. */
export function withoutLeadingFillers(text: string, words: ReadingWords): string {
  const fillers = fillersOf(words);
  const parts = text.trim().split(/\s+/u);
  const first = parts.findIndex((part) => !fillers.words.has(fold(part)));
  return first < 0 ? '' : parts.slice(first).join(' ');
}

const copulaBehind = perObject(({ copulas }: ReadingWords): RegExp => {
  const spoken = copulas.map((each) => each.replace(/[^\p{L} ]/gu, '')).filter(Boolean);
  return new RegExp(`\\s(?:${spoken.join('|')})$`, 'iu');
});

/** "Our CSM is" → "CSM". */
export function nameOf(text: string, words: ReadingWords): string {
  return withoutLeadingFillers(text.replace(copulaBehind(words), ''), words);
}

/** A question mark at the end, of whatever script. */
export function isSpoken(label: string): boolean {
  return /[?？]\W{0,3}$/u.test(label);
}

function withoutNow(key: string, now: readonly string[]): string {
  for (const phrase of now) {
    const at = indexOfPhrase(key, phrase);
    if (at >= 0) return `${key.slice(0, at)} ${key.slice(at + phrase.length)}`.trim();
  }
  return key;
}

/** Keys are compared without plural endings. */
function singularOf(word: string): string {
  return word.length > 3 && /[^siu]s$/u.test(word) ? word.slice(0, -1) : word;
}
