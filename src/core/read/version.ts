/** Version numbers as people write them: `v16.11.2-ee`, `16.x`, "latest", `N-1` (`domain.md` §8.4). */
import type { ParsedValue } from '../model.ts';
import type { Policy } from '../policy.ts';
import { findValues } from './vocabulary.ts';

const numbers = /(?<![\d.\p{L}])v?(\d{1,4}(?:\.(?:\d{1,6}|x))*)(?:-?(?:ee|ce)\b[\w.]*)?(?![\d])/giu;
const behind = /\b(?:n|current|latest)\s?[-–]\s?(\d{1,2})\b/iu;

/** `text` is plain. Several versions give an array, `16.x` is `partial`, words without a number are `invalid`. */
export function parseVersion(text: string, policy: Policy): ParsedValue {
  const plain = text.slice(0, 500);
  const relative = behind.exec(plain);
  if (relative) return { state: 'answered', value: `N-${relative[1]}` };
  const found = [...plain.matchAll(numbers)].map((match) => (match[1] ?? '').toLowerCase());
  const dotted = found.filter((version) => version.includes('.'));
  const versions = [...new Set(dotted.length > 0 ? dotted : found.slice(0, 1))];
  const [first] = versions;
  if (first !== undefined) {
    const partial = versions.some((version) => version.endsWith('.x'));
    return {
      state: partial ? 'partial' : 'answered',
      value: versions.length === 1 ? first : versions,
      ...(partial
        ? { remark: 'The exact version tells whether an upgrade has to come first.' }
        : {}),
    };
  }
  return inWords(plain, policy);
}

function inWords(text: string, policy: Policy): ParsedValue {
  const vocabulary = policy.vocabularies.get('version_words');
  const hits = vocabulary ? findValues(text, vocabulary, policy) : [];
  const known = hits.find(({ id }) => id !== null);
  if (known?.id) return { state: 'answered', value: known.id };
  const [unclear] = hits;
  if (unclear) return { state: 'ambiguous', value: null, choices: [], remark: unclear.remark };
  return {
    state: 'unanswered',
    value: null,
    invalid: true,
    remark: 'I need a version number here, for example 17.5.',
  };
}
