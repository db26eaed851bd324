/** Yes, no, and the third value ("some", "later") (`domain.md` §8.4). */
import type { ParsedValue } from '../model.ts';
import type { Policy } from '../policy.ts';
import { readFigures, readWordFigure } from './numbers.ts';
import { beginsAs, beginsWith, holdsWord } from './phrases.ts';
import { readSizes } from './size.ts';
import { helpersIn, valueNamed, wordsIn, wordsOf } from './vocabulary.ts';

/** `text` is plain. "Yes, 40 GB" gives the bytes too; "partly" is `partial`; other words are `ambiguous`. */
export function parseYesNo(text: string, policy: Policy): ParsedValue {
  const bytes = readSizes(text.slice(0, 500))[0]?.bytes;
  const size = bytes === undefined ? {} : { bytes };
  const start = text.split(/[,;.:(\n–—]|\s-\s/u, 1)[0] ?? '';
  const third = valueNamed(start, 'partly', policy);
  if (third !== null) return partly(third);
  if (beginsWith(text, 'yes', policy)) return { state: 'answered', value: true, ...size };
  if (beginsWith(text, 'no', policy) || beginsAs(text, 'none', policy)) {
    return { state: 'answered', value: false };
  }
  const [part] = wordsIn(text, 'partly', policy);
  if (part !== undefined) return partly(part);
  if (bytes !== undefined) return { state: 'answered', value: bytes > 0, bytes };
  const [figure] = readFigures(text, policy);
  if (figure && /^[~≈<>\s]*\d/u.test(text)) return { state: 'answered', value: figure.value > 0 };
  const [verdict, ...other] = verdictsOf(text, policy);
  if (verdict !== undefined && other.length === 0) return { state: 'answered', value: verdict };
  const counted = verdict === undefined ? readWordFigure(text, policy) : null;
  if (counted) return { state: 'answered', value: counted.value > 0 };
  return {
    state: 'ambiguous',
    value: null,
    choices: ['yes', 'no'],
    remark: 'Is that a yes or a no?',
  };
}

/** "It is in use", "we don't use it": what such words amount to, each verdict once. */
function verdictsOf(text: string, policy: Policy): readonly boolean[] {
  const hits = helpersIn(wordsOf(text), 'affirmed', policy);
  if (hits.length > 0)
    return [...new Set(hits.map(({ id, negated }) => (id === 'yes') !== negated))];
  const yes = holdsWord(text, 'yes', policy);
  const no = holdsWord(text, 'no', policy) || wordsIn(text, 'negations', policy).includes('not');
  return yes === no ? [] : [yes];
}

/** What the words for "partly", "later" and "probably" leave open. */
function partly(id: string): ParsedValue {
  const likely = id === 'likely' || id === 'unlikely';
  return {
    state: 'partial',
    value: id === 'some' || id === 'likely',
    remark: likely ? 'That is a guess so far.' : 'I read this as partly or later.',
  };
}
