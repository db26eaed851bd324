/**
 * An answer's words → its state and value in the field's terms (`domain.md` §8.4 and §8.5, `rulings.md` 4 to 10).
 * Long, because the order in which states are looked for is the rule.
 */
import type { ParsedValue } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { readBox, tickedText } from './boxes.ts';
import { noneOf, parseWords, whichOnes } from './choice.ts';
import { parseCount, saysZero } from './count.ts';
import { parseDate, readDate, readRelative } from './date.ts';
import { isOnlyLinks, namesPerson, parseUrl, parseUser, readHandle } from './link.ts';
import { perObject, Recent } from './memo.ts';
import { parseMoney } from './money.ts';
import { readFigures } from './numbers.ts';
import { beginsAs, holdsWord, isExactly, isWord, mentions } from './phrases.ts';
import { plainText, splitItems } from './plain.ts';
import { doubtIn, opensAs, proseSays } from './prose.ts';
import { parseSize } from './size.ts';
import { parseVersion } from './version.ts';
import { helpersIn, isNamed, valueNamed, wordsOf } from './vocabulary.ts';
import { parseYesNo } from './yes-no.ts';

/** A note to oneself in prose is no longer than this. */
const mostWordsOfNote = 6;

/** No number, name or date is longer than this with all that is said about it. */
const mostCharactersOfValue = 10_000;
/** What states are looked for in; longer answers are prose. */
const mostCharactersOfState = 1000;
const handles = /@[\p{L}\p{N}_][\p{L}\p{N}_.-]*/gu;
const stillOpen = 'A part of it is still to be confirmed.';

/** Different words kept under one question. */
const mostRemembered = 200;

const nothing: ParsedValue = { state: 'unanswered', value: null };

/** The same words under the same question are read again and again: implied answers, second looks. */
const parsedOf = perObject((_: Question) => new Recent<string, ParsedValue>(mostRemembered));

/** `anchor` is `YYYY-MM-DD`, when the words were written. Never throws; linear in the length of `text`. */
export function parseAnswer(
  answer: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue {
  if (answer.length > mostCharactersOfState) return parse(answer, question, policy, anchor);
  const known = parsedOf(question);
  const key = `${anchor} ${answer}`;
  const before = known.get(key);
  if (before) return before;
  const value = parse(answer, question, policy, anchor);
  known.set(key, value);
  return value;
}

function parse(answer: string, question: Question, policy: Policy, anchor: string): ParsedValue {
  const prose = question.type === 'text' || question.type === 'list';
  const text = prose ? answer : answer.slice(0, mostCharactersOfValue);
  const written = plainText(text);
  const plain = prose ? written : chosen(halfWidth(written));
  if (isPrompt(text, plain, policy)) return nothing;
  if (question.vocabulary && names(plain, question.vocabulary, policy)) {
    return parseWords(plain, question, policy);
  }
  if (question.type === 'yes_no' && isNamed(plain, 'affirmed', policy)) {
    return parseYesNo(plain, policy);
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
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/gu, ' ')
    .replace(/[\u2010\u2011]/gu, '-');
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
function isPrompt(text: string, plain: string, policy: Policy): boolean {
  const bare = plain.slice(0, mostCharactersOfState).replace(/[\s*_.…?!~\-–—―‐‑‒/\\|:;,]/gu, '');
  if (bare === '') return true;
  const trimmed = plain.trim();
  if (trimmed.length > mostCharactersOfState) return false;
  if (/^\[[^\]]{0,500}\]$/u.test(trimmed) && !/\]\(/u.test(text))
    return !/^\[[x~ ]\]$/iu.test(trimmed);
  if (/^<[^<>]{1,300}>$/u.test(trimmed) || /^\{[^{}]{1,300}\}$/u.test(trimmed))
    return !/^<https?:/u.test(trimmed);
  if (trimmed.length > 200 || !/^[A-Z]+(?:_[A-Z0-9]+)+$/u.test(trimmed)) return false;
  const words = trimmed.split('_');
  return (
    valueNamed(words[0] ?? '', 'prompts', policy) === 'begins' ||
    valueNamed(words.at(-1) ?? '', 'prompts', policy) === 'ends'
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
  // "@nobody-knows" is somebody's name.
  const said = plain.length > mostCharactersOfState ? plain : plain.replace(handles, '@');
  const says = (state: Parameters<typeof isExactly>[1]): boolean =>
    isExactly(said, state, policy) || begins(said, state, policy);
  // "To-do, Anna runs it next week" is a promise, "to-do (ask the customer)" is none.
  if (opensAs(said, 'unanswered', policy)) {
    const promised = readDeferred(text, plain, policy, anchor);
    return promised.owner || promised.by || mentions(said, 'deferred', policy) ? promised : nothing;
  }
  const open = prose
    ? readOpenProse(text, plain, said, question, policy, anchor)
    : readOpen(text, plain, said, question, policy, anchor);
  if (open) return open;
  if (/^\[~\]/u.test(plain) || says('notApplicable')) {
    return knowsNone(question, policy)
      ? noneOf(question)
      : { state: 'not_applicable', value: null };
  }
  if (question.type === 'user' && beginsAs(said, 'none', policy)) return noneOf(question);
  const beginning = plain.split(/[,;:.(\n–—]|\s-\s/u, 1)[0] ?? '';
  if (question.type === 'multi' && isExactly(beginning, 'none', policy)) return noneOf(question);
  const without = question.type === 'size' && !/\d/u.test(plain) && beginsAs(plain, 'none', policy);
  if (
    without ||
    isExactly(plain, 'none', policy) ||
    (question.type === 'count' && saysZero(plain, policy))
  ) {
    return noneOf(question);
  }
  if (question.type !== 'url' && isReference(text, plain, question, policy))
    return { state: 'reference', value: null };
  return null;
}

/** "TBD", "not sure", with what is known all the same. */
function readOpen(
  text: string,
  plain: string,
  said: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue | null {
  const says = (state: 'deferred' | 'unknown'): boolean =>
    isExactly(said, state, policy) || beginsAs(said, state, policy);
  if (says('deferred') || says('unknown')) {
    const guess = readGuess(plain, question, policy, anchor);
    if (guess) return guess;
    if (says('deferred')) return readDeferred(text, plain, policy, anchor);
  } else if (mentions(said, 'deferred', policy)) {
    return withRest(text, plain, question, policy, anchor);
  }
  const unknown = says('unknown') || mentions(said, 'unknown', policy);
  return unknown ? { state: 'unknown', value: null } : null;
}

/** The same in prose, where such words may also be part of what is told. */
function readOpenProse(
  text: string,
  plain: string,
  said: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue | null {
  if (said.length > mostCharactersOfState) return null;
  const deferred = proseSays(said, 'deferred', policy);
  const open = deferred ?? proseSays(said, 'unknown', policy);
  if (open === 'partly') {
    return {
      ...readValue(text, plain, question, policy, anchor),
      state: 'partial',
      remark: stillOpen,
    };
  }
  if (deferred) return readDeferred(text, plain, policy, anchor);
  if (open) return { state: 'unknown', value: null };
  if (question.type === 'text') {
    const doubt = doubtIn(said, policy);
    if (doubt === 'open') return { state: 'unknown', value: null };
    if (doubt === 'maybe') {
      const read = readValue(text, plain, question, policy, anchor);
      return { ...read, state: 'partial', remark: stillOpen };
    }
  }
  return mentions(said, 'deferred', policy, mostWordsOfNote)
    ? withRest(text, plain, question, policy, anchor)
    : null;
}

function readDeferred(text: string, plain: string, policy: Policy, anchor: string): ParsedValue {
  const owner = readHandle(text);
  const written = readDate(plain, policy, anchor);
  const date =
    written.state === 'unanswered' ? (readRelative(plain, policy, anchor) ?? written) : written;
  const by = date.state === 'answered' && typeof date.value === 'string' ? date.value : '';
  return {
    state: 'deferred',
    value: null,
    ...(owner === '' ? {} : { owner }),
    ...(by === '' ? {} : { by }),
  };
}

/** "Not sure, around 500": a guess counts, as part of the answer. */
function readGuess(
  plain: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue | null {
  if (question.type !== 'count' && question.type !== 'size') return null;
  if (!/[~≈]/u.test(plain) && !holdsWord(plain, 'approximate', policy)) return null;
  if (readFigures(plain, policy).length === 0) return null;
  if (readDate(plain, policy, anchor).state === 'answered') return null;
  const read =
    question.type === 'count'
      ? parseCount(plain, question, policy, anchor)
      : parseSize(plain, policy);
  return read.state === 'answered' ? { ...read, state: 'partial', remark: stillOpen } : null;
}

/** "400, to be confirmed": what is known counts, as part of the answer. */
function withRest(
  text: string,
  plain: string,
  question: Question,
  policy: Policy,
  anchor: string,
): ParsedValue {
  const { type } = question;
  const prose = type === 'text' || type === 'list';
  // "Jira (TBD)" says something, "Anna to confirm" does not.
  const apart = /[,;:(\n–—]|\s-\s/u.test(plain);
  const known = prose
    ? apart
    : type === 'enum' ||
      type === 'multi' ||
      type === 'date' ||
      type === 'yes_no' ||
      hasFigure(type);
  const read = known ? readValue(text, plain, question, policy, anchor) : nothing;
  const other = !prose && Array.isArray(read.value) && read.value.includes('other');
  if ((read.state !== 'answered' && read.state !== 'partial') || other) {
    return readDeferred(text, plain, policy, anchor);
  }
  return { ...read, state: 'partial', remark: read.remark ?? stillOpen };
}

function hasFigure(type: Question['type']): boolean {
  return type === 'count' || type === 'size' || type === 'money' || type === 'version';
}

function isReference(text: string, plain: string, { type }: Question, policy: Policy): boolean {
  if (isOnlyLinks(text) && !(type === 'user' && namesPerson(text))) return true;
  if (type === 'text' || type === 'list') {
    return (
      plain.length <= mostCharactersOfState && proseSays(plain, 'reference', policy) === 'whole'
    );
  }
  if (isExactly(plain, 'reference', policy)) return true;
  const points = beginsAs(plain, 'reference', policy) || mentions(plain, 'reference', policy);
  return points && !(hasFigure(type) && tellsFigure(plain, policy));
}

/** "500, see attached", "see attached (500)" tell it; "see slide 12" does not. */
function tellsFigure(plain: string, policy: Policy): boolean {
  return readFigures(plain, policy).some(({ start }) =>
    /(?:^|[,;:=(–—]|\s-)\s*[~≈<>]?\s*$/u.test(plain.slice(Math.max(0, start - 12), start)),
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
      return parseVersion(plain, question, policy);
    case 'date':
      return parseDate(plain, policy, anchor, asksStart(question, policy));
    case 'yes_no':
      return parseYesNo(plain, policy);
    case 'user':
      return parseUser(text, plain, policy);
    case 'url':
      return parseUrl(text, plain, policy);
    case 'enum':
    case 'multi':
      return parseWords(plain, question, policy);
    case 'list':
      return isWord(plain, 'yes', policy)
        ? whichOnes
        : { state: 'answered', value: splitItems(withoutYes(plain, policy)) };
    default:
      return isWord(plain, 'yes', policy) && !asksWhether(question, policy)
        ? whatExactly
        : { state: 'answered', value: plain };
  }
}

/** "Yes" to a question in prose says that there is something, not what. */
const whatExactly: ParsedValue = {
  state: 'unanswered',
  value: null,
  invalid: true,
  remark: 'Yes, and what exactly?',
};

/** Whether a plain yes answers the question, although prose is asked for: one wording in ten or more asks so. */
function asksWhether(question: Question, policy: Policy): boolean {
  const wordings = [question.ask, ...question.also];
  const whether = wordings.filter(
    (wording) => helpersIn(wordsOf(wording), 'asks_whether', policy)[0]?.at === 0,
  );
  return whether.length * 10 >= wordings.length || whether[0] === question.ask;
}

/** "Yes: Jira and Slack" lists Jira and Slack. */
function withoutYes(plain: string, policy: Policy): string {
  const [, first = '', rest = ''] = /^(\p{L}{1,12})\s*[,:–—-]\s*(\S.*)$/su.exec(plain) ?? [];
  return rest !== '' && isWord(first, 'yes', policy) ? rest : plain;
}

/** Of a span of days, such a question asks for the first. */
function asksStart({ id }: Question, policy: Policy): boolean {
  return valueNamed(id.replaceAll('_', ' '), 'asked_for', policy) === 'start';
}
