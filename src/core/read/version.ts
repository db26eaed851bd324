/** Version numbers as people write them: `v16.11.2-ee`, `16.x`, "latest", `N-1` (`domain.md` §8.4). */
import type { ParsedValue } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { type Side, sideOf } from './roles.ts';
import { findValues, helpersIn, isNamed, wordsIn, wordsOf } from './vocabulary.ts';

const numbers = /(?<![\d.\p{L}])v?(\d{1,4}(?:\.(?:\d{1,6}|x))*)(?:-?(?:ee|ce)\b[\w.]*)?(?![\d])/giu;
/** "current -1", "N-2". */
const behind = /(\p{L}+)\s?[-–−]\s?(\d{1,2})(?![\d.])/u;
/** "16,11": there is no other comma that stands between two figures without a space. */
const decimalComma = /(?<![\d.,])(\d{1,2}),(\d{1,2})(?![\d.,])/gu;
const writtenDate = /\b\d{4}-\d{2}-\d{2}\b/gu;

interface Found {
  readonly version: string;
  /** Whose version it is, as far as the words before it say so. */
  readonly product: string | null;
  readonly to: boolean;
}

/**
 * `text` is plain. Several versions give an array, `16.x` is `partial`, words without a number are
 * `invalid`. Versions of other products ("16.11 on Ubuntu 22.04") and of the other end of an upgrade
 * ("15.4 → 16.11") are left out.
 */
export function parseVersion(text: string, question: Question, policy: Policy): ParsedValue {
  const plain = text.slice(0, 500).replace(decimalComma, '$1.$2').replace(writtenDate, ' ');
  const relative = behindLatest(plain, policy);
  if (relative !== null) return { state: 'answered', value: `N-${relative}` };
  const asked = onSide(ofProduct(findVersions(plain, policy), question, policy), question, policy);
  const found = asked.map(({ version }) => version);
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

function behindLatest(plain: string, policy: Policy): string | null {
  const [, word = '', by = ''] = behind.exec(plain) ?? [];
  if (by !== '' && isNamed(word, 'version_words', policy)) return String(Number(by));
  return wordsIn(plain, 'version_behind', policy)[0]?.replace('n_', '') ?? null;
}

function findVersions(plain: string, policy: Policy): Found[] {
  let end = 0;
  return [...plain.matchAll(numbers)].slice(0, 40).map((match) => {
    const before = plain.slice(end, match.index);
    end = match.index + match[0].length;
    const near = before.split(/[,;(\n/]/u).at(-1) ?? '';
    return {
      version: (match[1] ?? '').toLowerCase(),
      product: wordsIn(near, 'products', policy).at(-1) ?? null,
      to: leadsOn(before, plain.slice(0, match.index), policy),
    };
  });
}

/** An arrow or a word such as "upgrading to" stands right before; a plain "to" needs a "from". */
function leadsOn(before: string, all: string, policy: Policy): boolean {
  const found = wordsOf(before);
  const last = helpersIn(found, 'directions', policy).at(-1);
  if (!last || found.length - (last.at + last.length) > 2) return false;
  if (last.id === 'reaches') return true;
  if (last.id !== 'towards' && last.id !== 'closes') return false;
  return helpersIn(wordsOf(all), 'directions', policy).some(
    ({ id }) => id === 'from' || id === 'opens',
  );
}

/** Those of the product that the question names, or of none. */
function ofProduct(found: readonly Found[], question: Question, policy: Policy): readonly Found[] {
  const asked = new Set(wordsIn(question.ask, 'products', policy));
  const sure = found.filter(({ product }) => product !== null && asked.has(product));
  if (sure.length > 0 && asked.size > 0) {
    const main = found[0]?.product === null && asked.has('gitlab');
    return found.filter((each) => sure.includes(each) || (each.product === null && main));
  }
  return found.filter(({ product }) => product === null || asked.has(product));
}

function onSide(found: readonly Found[], question: Question, policy: Policy): readonly Found[] {
  const side: Side = sideOf(question, policy);
  const later = found.filter(({ to }) => to);
  const now = found.filter(({ to }) => !to);
  if (later.length === 0 || now.length === 0) return found;
  if (side === 'destination') return later;
  return side === 'either' ? found : now;
}

function inWords(text: string, policy: Policy): ParsedValue {
  const vocabulary = policy.vocabularies.get('version_words');
  const hits = vocabulary ? findValues(text, vocabulary, policy) : [];
  const known = hits.find(({ id }) => id !== null);
  if (known?.id) return { state: 'answered', value: known.id };
  const [unclear] = hits;
  if (unclear) {
    return { state: 'ambiguous', value: null, choices: [], remark: unclear.remark };
  }
  return {
    state: 'unanswered',
    value: null,
    invalid: true,
    remark: 'I need a version number here, for example 17.5.',
  };
}
