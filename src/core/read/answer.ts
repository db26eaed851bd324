/** An answer's words → its state and value in the field's terms (`domain.md` §8.4 and §8.5, `rulings.md` 4 to 10). */
import type { ParsedValue } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { readBox, tickedText } from './boxes.ts';
import { noneOf, parseWords, whichOnes } from './choice.ts';
import { parseCount, saysZero } from './count.ts';
import { parseDate, readDate, readRelative } from './date.ts';
import { isOnlyLinks, namesPerson, parseUrl, parseUser, readHandle } from './link.ts';
import { rangeScale, readFigures } from './numbers.ts';
import { beginsAs, isExactly, isWord, mentions, opensAs } from './phrases.ts';
import { plainText, splitItems } from './plain.ts';
import { parseSize } from './size.ts';
import { parseVersion } from './version.ts';
import { isNamed, valueNamed } from './vocabulary.ts';
import { parseYesNo } from './yes-no.ts';

/** A note to oneself in prose is no longer than this. */
const mostWordsOfNote = 6;

const nothing: ParsedValue = { state: 'unanswered', value: null };

/** `anchor` is `YYYY-MM-DD`, when the words were written. Never throws; linear in the length of `text`. */
export function parseAnswer(
  text: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue {
  const written = plainText(text);
  const prose = question.type === 'text' || question.type === 'list';
  const plain = prose ? written : chosen(halfWidth(written));
  if (isPrompt(text, plain)) return nothing;
  if (question.vocabulary && names(plain, question.vocabulary, policy)) {
    return parseWords(plain, question, policy);
  }
  if (isExactly(plain, 'unanswered', policy)) return nothing;
  return (
    readState(text, plain, question, policy, anchor) ??
    readValue(text, plain, question, policy, anchor)
  );
}

/** `１２` is 12, and a no-break space is a space; positions stay. */
function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/gu, (wide) =>
      String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfe_e0),
    )
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/gu, ' ');
}

/** Boxes inside one answer ("[x] yes [ ] no"): what is ticked. */
function chosen(text: string): string {
  if (!/^(?:[-*+]\s+)?\[[ xX~✓✔]?\]/u.test(text)) return text;
  const pieces = text.split(/(?=\[[ xX~✓✔]?\])/u).slice(0, 50);
  const boxes = pieces.flatMap((piece) => readBox(`- ${piece.replace(/[\s,;/*+-]+$/u, '')}`) ?? []);
  if (boxes.length === 1 && boxes[0]?.text === '' && boxes[0].mark !== 'empty') return text;
  return boxes.some(({ mark }) => mark !== 'struck') ? tickedText(boxes) : text;
}

/** Whether the whole text is a word of the vocabulary; "none" is a state first. */
function names(text: string, vocabulary: string, policy: Policy): boolean {
  return isNamed(text, vocabulary, policy) && valueNamed(text, vocabulary, policy) !== 'none';
}

/** Dashes, dots, question marks and prompts to be overwritten. */
function isPrompt(text: string, plain: string): boolean {
  const bare = plain.replace(/[\s*_.…?!~\-–—―‐‑‒/\\|:;,]/gu, '');
  if (bare === '') return true;
  const trimmed = plain.trim();
  if (/^\[[^\]]{0,500}\]$/u.test(trimmed) && !/\]\(/u.test(text))
    return !/^\[[x~ ]\]$/iu.test(trimmed);
  if (/^<[^<>]{1,300}>$/u.test(trimmed) || /^\{[^{}]{1,300}\}$/u.test(trimmed))
    return !/^<https?:/u.test(trimmed);
  return (
    /^[A-Z]+(?:_[A-Z0-9]+)+$/u.test(trimmed) &&
    /^(?:ADD|INSERT|YOUR|ENTER|PUT|TODO)|_HERE$/u.test(trimmed)
  );
}

function readState(
  text: string,
  plain: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue | null {
  const prose = question.type === 'text' || question.type === 'list';
  const begins = prose ? opensAs : beginsAs;
  const says = (state: Parameters<typeof isExactly>[1]): boolean =>
    isExactly(plain, state, policy) || begins(plain, state, policy);
  if (says('deferred')) return readDeferred(text, plain, policy, anchor);
  if (mentions(plain, 'deferred', policy, prose ? mostWordsOfNote : undefined)) {
    return withRest(text, plain, question, policy, anchor);
  }
  if (says('unknown') || mentions(plain, 'unknown', policy))
    return { state: 'unknown', value: null };
  if (/^\[~\]/u.test(plain) || says('notApplicable')) {
    return knowsNone(question, policy)
      ? noneOf(question)
      : { state: 'not_applicable', value: null };
  }
  if (question.type === 'user' && beginsAs(plain, 'none', policy)) return noneOf(question);
  const beginning = plain.split(/[,;:.(\n–—]|\s-\s/u, 1)[0] ?? '';
  if (question.type === 'multi' && isExactly(beginning, 'none', policy)) return noneOf(question);
  if (isExactly(plain, 'none', policy) || (question.type === 'count' && saysZero(plain, policy))) {
    return noneOf(question);
  }
  if (question.type !== 'url' && isReference(text, plain, question, policy))
    return { state: 'reference', value: null };
  return null;
}

function readDeferred(text: string, plain: string, policy: Policy, anchor: string): ParsedValue {
  const owner = readHandle(text);
  const written = readDate(plain, policy, anchor);
  const date = written.state === 'unanswered' ? (readRelative(plain, anchor) ?? written) : written;
  const by = date.state === 'answered' && typeof date.value === 'string' ? date.value : '';
  return {
    state: 'deferred',
    value: null,
    ...(owner === '' ? {} : { owner }),
    ...(by === '' ? {} : { by }),
  };
}

/** "400, to be confirmed": what is known counts, as part of the answer. */
function withRest(
  text: string,
  plain: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue {
  const known = question.type === 'enum' || question.type === 'multi' || hasFigure(question.type);
  const read = known ? readValue(text, plain, question, policy, anchor) : nothing;
  const other = Array.isArray(read.value) && read.value.includes('other');
  if (read.state !== 'answered' || other) return readDeferred(text, plain, policy, anchor);
  return { ...read, state: 'partial', remark: 'A part of it is still to be confirmed.' };
}

function hasFigure(type: Question['type']): boolean {
  return type === 'count' || type === 'size' || type === 'money' || type === 'version';
}

function isReference(text: string, plain: string, { type }: Question, policy: Policy): boolean {
  const begins = type === 'text' || type === 'list' ? opensAs : beginsAs;
  return (
    (isOnlyLinks(text) && !(type === 'user' && namesPerson(text))) ||
    isExactly(plain, 'reference', policy) ||
    (begins(plain, 'reference', policy) && readFigures(plain, policy).length === 0) ||
    mentions(plain, 'reference', policy)
  );
}

function knowsNone(question: Question, policy: Policy): boolean {
  const vocabulary = question.vocabulary ? policy.vocabularies.get(question.vocabulary) : undefined;
  return vocabulary?.values.some(({ id }) => id === 'none') ?? false;
}

function readValue(
  text: string,
  plain: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue {
  switch (question.type) {
    case 'count':
      return parseCount(plain, question, policy, anchor);
    case 'size':
      return parseSize(plain, policy);
    case 'money':
      return parseMoney(plain, policy);
    case 'version':
      return parseVersion(plain, policy);
    case 'date':
      return parseDate(plain, policy, anchor);
    case 'yes_no':
      return parseYesNo(plain, policy);
    case 'user':
      return parseUser(text, plain);
    case 'url':
      return parseUrl(text, plain, policy);
    case 'enum':
    case 'multi':
      return parseWords(plain, question, policy);
    case 'list':
      return isWord(plain, 'yes', policy)
        ? whichOnes
        : { state: 'answered', value: splitItems(plain) };
    default:
      return { state: 'answered', value: plain };
  }
}

/** A range or a figure; words without one are kept as they are. */
function parseMoney(plain: string, policy: Policy): ParsedValue {
  const figures = readFigures(plain, policy);
  const scaled = rangeScale(plain, figures);
  const values = figures.map(({ value }, i) => (i === 0 ? value * scaled : value));
  const [first] = values;
  if (first === undefined) return { state: 'answered', value: plain };
  return { state: 'answered', value: first, min: Math.min(...values), max: Math.max(...values) };
}
