/** "Q1:", "A1.", "Question 2:", "Antwort:" in front of a question or its answer. */
import type { Policy, ReadingWords } from '../policy.ts';
import { fold } from './fold.ts';
import { perObject } from './memo.ts';

/** One capital with a colon, or numbered, in whatever language. */
const lettered = /^\p{Lu}(?:\d{1,3}\s*[:：.)]|\s*[:：])\s+/u;
const worded = /^(?:\*\*|__)?(\p{L}{2,12})(?:\s*\d{1,3})?\s*[:：]\s*(?:\*\*|__)?\s*(?=\S)/u;

const wordsOf = perObject((words: ReadingWords) => ({
  question: new Set(words.columns.question.map(fold)),
  answer: new Set(words.columns.answer.map(fold)),
}));

/** The text behind such a mark; the text itself when there is none. */
export function withoutAskedMark(
  text: string,
  kind: 'question' | 'answer',
  policy: Policy,
): string {
  const letter = lettered.exec(text);
  if (letter) return text.slice(letter[0].length);
  const [mark = '', word = ''] = worded.exec(text) ?? [];
  if (mark === '' || !wordsOf(policy.words)[kind].has(fold(word))) return text;
  return text.slice(mark.length);
}
