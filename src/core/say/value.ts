/** How an answer reads for people: "about 1,200", "96 GB", "yes, 40 GB", "GitHub.com and Bitbucket Cloud". */
import type { Answers, FieldId, ParsedValue } from '../model.ts';
import type { Policy, Question } from '../policy.ts';
import { echo, enumerate, type Words } from './words.ts';

/** Longer lists are cut: "… and 4 more". */
const MOST_ITEMS = 10;
const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const threeDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

type Asked = Pick<Question, 'type' | 'vocabulary'>;

/** Whole numbers with commas: `1200` → "1,200". */
export function writeNumber(value: number | bigint): string {
  return grouped.format(value);
}

/** Bytes in decimal units with at most three digits: `96e9` → "96 GB". */
export function writeSize(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3);
  const unit = Math.min(power, SIZE_UNITS.length - 1);
  return `${threeDigits.format(bytes / 1000 ** unit)} ${SIZE_UNITS[unit]}`;
}

/** What a canonical id is called: in the question's own vocabulary, else in any; null when in none. */
export function titleOf(id: string, policy: Policy, vocabulary: string | null): string | null {
  const own = vocabulary === null ? undefined : policy.vocabularies.get(vocabulary);
  const places = own ? [own] : [...policy.vocabularies.values()];
  for (const place of places) {
    const found = place.values.find((value) => value.id === id);
    if (found) return found.title || id.replaceAll('_', ' ');
  }
  const service = policy.services.find((type) => type.id === id);
  return service?.title ?? null;
}

/** A value in words. Titles and figures are ours; whatever only people wrote is an echo. */
export function writeValue(answer: ParsedValue, question: Asked, policy: Policy): Words {
  const { value } = answer;
  if (answer.state === 'none') return ['none'];
  if (answer.state === 'not_applicable') return ['does not apply'];
  if (value === null) return writeRange(answer, question) ?? [];
  if (typeof value === 'boolean') return writeYesNo(value, answer);
  if (typeof value === 'number') return writeFigure(value, answer, question, policy);
  if (typeof value === 'string') return writeText(value, answer, question, policy);
  return writeList(value, question, policy);
}

function writeYesNo(value: boolean, { bytes }: ParsedValue): Words {
  if (!value) return ['no'];
  return [bytes === undefined ? 'yes' : `yes, ${writeSize(bytes)}`];
}

function writeFigure(value: number, answer: ParsedValue, question: Asked, policy: Policy): Words {
  if (question.type === 'enum') return [writeNumberedTitle(value, policy, question.vocabulary)];
  const figure = inUnit(question);
  const range = writeRange(answer, question) ?? [answer.approximate ? 'about ' : '', figure(value)];
  const later = answer.later === undefined ? [] : [` now, ${figure(answer.later)}`];
  const date = answer.by === undefined ? [] : [' by ', safeText(answer.by)];
  const when = later.length > 0 && date.length === 0 ? [' later'] : date;
  return [...range, ...writeBreakdown(answer.breakdown, figure, policy), ...later, ...when].filter(
    (part) => part !== '',
  );
}

/** CRM stage 3 → "3, Technical Evaluation", unless the title says the number itself. */
function writeNumberedTitle(value: number, policy: Policy, vocabulary: string | null): string {
  const title = titleOf(String(value), policy, vocabulary);
  if (title === null || title === String(value)) return String(value);
  return title.includes(String(value)) ? title : `${value}, ${title}`;
}

/** "300 to 400", "12 or more", "up to 50"; null when there is one figure. */
function writeRange({ min, max, approximate }: ParsedValue, question: Asked): Words | null {
  const write = (end: number | string): Words =>
    typeof end === 'number' ? [inUnit(question)(end)] : [safeText(end)];
  if (min !== undefined && max !== undefined) {
    if (min === max) return null;
    if (question.type === 'date') return ['between ', ...write(min), ' and ', ...write(max)];
    return [approximate ? 'about ' : '', ...write(min), ' to ', ...write(max)].filter(Boolean);
  }
  if (min !== undefined) {
    return question.type === 'date' ? [...write(min), ' or later'] : [...write(min), ' or more'];
  }
  if (max !== undefined) {
    return question.type === 'date' ? ['by ', ...write(max)] : ['up to ', ...write(max)];
  }
  return null;
}

function writeBreakdown(
  breakdown: ParsedValue['breakdown'],
  figure: (value: number) => string,
  policy: Policy,
): Words {
  const parts = Object.entries(breakdown ?? {});
  if (parts.length === 0) return [];
  const shown = parts.slice(0, MOST_ITEMS).flatMap(([part, value], at): Words => {
    const title = titleOf(part, policy, null);
    return [at === 0 ? '' : ', ', title ?? echo(part, 40), ` ${figure(value)}`];
  });
  const more = parts.length - MOST_ITEMS;
  return [' (', ...shown, more > 0 ? ` and ${more} more)` : ')'].filter((part) => part !== '');
}

function inUnit(question: Asked): (value: number) => string {
  return question.type === 'size' ? writeSize : writeNumber;
}

function writeText(value: string, answer: ParsedValue, question: Asked, policy: Policy): Words {
  if (question.type === 'enum') {
    const title = titleOf(value, policy, question.vocabulary);
    return [title ?? echo(value)];
  }
  if (question.type === 'user') return [echo(`@${value.replace(/^@/, '')}`, 80)];
  if (question.type === 'date') {
    return writeRange(answer, question) ?? [answer.approximate ? 'about ' : '', safeText(value)];
  }
  return [safeText(value)];
}

/** Dates and version numbers need no code span. */
export function safeText(value: string): Words[number] {
  return /^\d{1,4}([.-]\d{1,3}){1,3}$/.test(value) ? value : echo(value);
}

function writeList(items: readonly string[], question: Asked, policy: Policy): Words {
  if (items.length === 0) return ['none'];
  const known = question.type === 'multi';
  const shown = items.slice(0, MOST_ITEMS).map((item): Words => {
    const title = known ? titleOf(item, policy, question.vocabulary) : null;
    return [title ?? safeOrShortEcho(item)];
  });
  const more = items.length - shown.length;
  return enumerate(more > 0 ? [...shown, [`${more} more`]] : shown);
}

function safeOrShortEcho(item: string): Words[number] {
  const words = safeText(item);
  return typeof words === 'string' ? words : echo(item, 60);
}

/** Whether an answer came, directly or through what implies it, from an internal note. */
export function isInternal(field: FieldId, answers: Answers): boolean {
  const seen = new Set<FieldId>();
  let at: FieldId | undefined = field;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const answer = answers.get(at);
    if (answer?.where?.note?.internal) return true;
    if (answer?.statements?.some(({ where }) => where.note?.internal)) return true;
    at = answer?.where?.from;
  }
  return false;
}
