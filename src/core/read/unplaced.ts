/** What looks like an answer although nobody knows the question (`domain.md` §8.6, point 6). */
import type { Policy, ReadingWords } from '../policy.ts';
import { fold } from './fold.ts';
import { perObject } from './memo.ts';
import { findValues } from './vocabulary.ts';

/** As many are kept: more is no scoping text, and nobody reads them. */
export const MOST_UNPLACED = 500;

const longestAnswer = 300;
const mostWordsOfKey = 8;
const mostWordsOfItem = 12;

const keyed =
  /^(?:\*\*|__)?([\p{L}][^:：|]{1,80}?)(?:\*\*|__)?\s*(?:[:：]|\s->|\s→)\s*(?:\*\*|__)?\s*\S/u;
/** Cheaper to ask first. */
const keyMark = /[:：→]|->/u;
/** "Office: +44 20 7946 0958". */
const phone = /[:：]\s*(?:\*\*|__)?\s*(?:\+|\(\+?\d)[\d\s()./-]{6,24}$/u;
const address = /^\S{0,12}:\/\//u;

const headersOf = perObject(
  (words: ReadingWords): ReadonlySet<string> => new Set(words.mailHeaders.map(fold)),
);

/** "From: Ines Krol": a sender, no source, unless the words begin with what the question asks for ("From: SVN"). */
export function isMailHeader(
  { label, field, text }: { label: string; field: string; text: string },
  policy: Policy,
): boolean {
  if (!headersOf(policy.words).has(fold(label))) return false;
  const id = policy.questionById.get(field)?.vocabulary;
  const vocabulary = id ? policy.vocabularies.get(id) : undefined;
  if (!vocabulary || text.includes('@')) return true;
  return findValues(text, vocabulary, policy)[0]?.at !== 0;
}

/** "Key: value". */
export function looksKeyed(body: string): boolean {
  return keyed.test(body);
}

/** The key in front and what is said behind it; no key when there is none. */
export function splitKey(body: string): { readonly key: string; readonly said: string } {
  const [whole = '', key = ''] = keyed.exec(body) ?? [];
  return { key, said: key === '' ? body : body.slice(whole.length - 1).trim() };
}

/**
 * Whether a line without its list marker is worth showing as not understood: a short key with something
 * behind it that is neither an address nor a header of a mail, or a list item with a figure or a known name in it.
 */
export function looksLikeAnswer(body: string, item: boolean, policy: Policy): boolean {
  if (body.length >= longestAnswer || !(item || keyMark.test(body)) || address.test(body))
    return false;
  if (phone.test(body)) return false;
  const key = keyed.exec(body)?.[1];
  if (key !== undefined) {
    return countWords(key) <= mostWordsOfKey && !headersOf(policy.words).has(fold(key));
  }
  if (!item || !/\p{L}/u.test(body) || countWords(body) > mostWordsOfItem) return false;
  return /\d/u.test(body) || namesSomething(body, policy);
}

/** "LDAP / AD for login": a product or place that questions ask for. */
function namesSomething(body: string, policy: Policy): boolean {
  return (policy.vocabularies.get('telling')?.values ?? []).some(({ id }) => {
    const vocabulary = policy.vocabularies.get(id);
    return vocabulary !== undefined && findValues(body, vocabulary, policy).length > 0;
  });
}

function countWords(text: string): number {
  return text.trim().split(/\s+/u).length;
}
