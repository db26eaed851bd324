/** Groups of checkboxes: which are ticked, which struck out. */
import type { Policy, ReadingWords } from '../policy.ts';
import { fold } from './fold.ts';
import { perObject } from './memo.ts';
import { plainText } from './plain.ts';

export interface Box {
  readonly mark: 'ticked' | 'empty' | 'struck';
  readonly text: string;
}

const box = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+\[([ xX~✓✔]?)\](?:\s+(.*))?$/su;

/** Null when the line is no checkbox. */
export function readBox(text: string): Box | null {
  const found = text.includes('[') ? box.exec(text) : null;
  if (!found) return null;
  const sign = (found[1] ?? '').trim();
  const mark = sign === '~' ? 'struck' : sign === '' ? 'empty' : 'ticked';
  return { mark, text: plainText(found[2] ?? '') };
}

/** The ticked ones as an answer's words; "Other: text" keeps its text. */
export function tickedText(boxes: readonly Box[], policy?: Policy): string {
  return boxes
    .filter(({ mark }) => mark === 'ticked')
    .map(({ text }) => withoutOther(text, policy) || 'yes')
    .join('; ');
}

const otherWords = perObject(
  (words: ReadingWords): ReadonlySet<string> => new Set(words.other.map(fold)),
);

function withoutOther(text: string, policy: Policy | undefined): string {
  const [whole, key = ''] = /^([^:：]{1,60})[:：]\s*(?=\S)/u.exec(text) ?? [''];
  if (whole === '' || !policy || !otherWords(policy.words).has(fold(key))) return text;
  return text.slice(whole.length);
}
