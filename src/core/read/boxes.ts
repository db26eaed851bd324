/** Groups of checkboxes: which are ticked, which struck out. */
import { plainText } from './plain.ts';

export interface Box {
  readonly mark: 'ticked' | 'empty' | 'struck';
  readonly text: string;
}

const box = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+\[([ xX~✓✔]?)\](?:\s+(.*))?$/su;

/** Null when the line is no checkbox. */
export function readBox(text: string): Box | null {
  const found = box.exec(text);
  if (!found) return null;
  const sign = (found[1] ?? '').trim();
  const mark = sign === '~' ? 'struck' : sign === '' ? 'empty' : 'ticked';
  return { mark, text: plainText(found[2] ?? '') };
}

/** The ticked ones as an answer's words; "Other: text" keeps its text. */
export function tickedText(boxes: readonly Box[]): string {
  return boxes
    .filter(({ mark }) => mark === 'ticked')
    .map(({ text }) => text.replace(/^other\s*[:：]\s*(?=\S)/iu, '') || 'yes')
    .join('; ');
}
