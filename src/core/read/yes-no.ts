/** Yes, no, and the third value ("some", "later") (`domain.md` §8.4). */
import type { ParsedValue } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readFigures } from './numbers.ts';
import { beginsAs, beginsWith, holdsWord } from './phrases.ts';
import { readSizes } from './size.ts';
import { valueNamed, wordsIn } from './vocabulary.ts';

/** `text` is plain. "Yes, 40 GB" gives the bytes too; "partly" is `partial`; other words are `ambiguous`. */
export function parseYesNo(text: string, policy: Policy): ParsedValue {
  const bytes = readSizes(text.slice(0, 500))[0]?.bytes;
  const size = bytes === undefined ? {} : { bytes };
  const start = text.split(/[,;.:(\n–—]|\s-\s/u, 1)[0] ?? '';
  const third = valueNamed(start, 'partly', policy);
  if (third !== null) return partly(third === 'some');
  if (beginsWith(text, 'yes', policy)) return { state: 'answered', value: true, ...size };
  if (beginsWith(text, 'no', policy) || beginsAs(text, 'none', policy)) {
    return { state: 'answered', value: false };
  }
  const parts = wordsIn(text, 'partly', policy);
  if (parts.includes('some')) return partly(true);
  if (parts.includes('planned')) return partly(false);
  if (bytes !== undefined) return { state: 'answered', value: bytes > 0, bytes };
  const [figure] = readFigures(text, policy);
  if (figure && /^[~≈<>\s]*\d/u.test(text)) return { state: 'answered', value: figure.value > 0 };
  const yes = holdsWord(text, 'yes', policy);
  const no = holdsWord(text, 'no', policy) || wordsIn(text, 'negations', policy).length > 0;
  if (yes !== no) return { state: 'answered', value: yes };
  return {
    state: 'ambiguous',
    value: null,
    choices: ['yes', 'no'],
    remark: 'Is that a yes or a no?',
  };
}

function partly(value: boolean): ParsedValue {
  return { state: 'partial', value, remark: 'I read this as partly or later.' };
}
