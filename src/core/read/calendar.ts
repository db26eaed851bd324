/** Days and spans of the calendar in UTC, as the value of an answer. */
import type { ParsedValue } from '../model.ts';

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** No date. */
export const nothing: ParsedValue = { state: 'unanswered', value: null };

/** One exact day; `nothing` when the calendar does not have it. */
export function dayOf(year: number, month: number, day: number): ParsedValue {
  const date = utc(year, month, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return nothing;
  const value = asDay(date);
  return { state: 'answered', value, min: value, max: value };
}

/** That day of the year; without a year, the next one from the anchor on. */
export function nextDay(
  month: number,
  day: number,
  year: number | null,
  anchor: Date,
): ParsedValue {
  if (year !== null) return dayOf(year, month, day);
  const thisYear = anchor.getUTCFullYear();
  const soon = dayOf(thisYear, month, day);
  return soon.value !== null && soon.value >= asDay(anchor)
    ? soon
    : dayOf(thisYear + 1, month, day);
}

/** The span of that year; without a year, the first one that is not over at the anchor. */
export function nextSpan(spanOf: (year: number) => Span, year: number | null, anchor: Date): Span {
  if (year !== null) return spanOf(year);
  const soon = spanOf(anchor.getUTCFullYear());
  return soon.to >= anchor ? soon : spanOf(anchor.getUTCFullYear() + 1);
}

/** A span's value is its last day: nobody may count on it earlier. */
export function spanned({ from, to }: Span): ParsedValue {
  const [min, max] = [asDay(from), asDay(to)];
  return { state: 'answered', value: max, min, max, approximate: true };
}

/** So many whole months; months beyond December run into the next year. */
export function monthsFrom(year: number, month: number, count: number): Span {
  return { from: utc(year, month, 1), to: utc(year, month + count, 0) };
}

export function monthSpan(year: number, month: number): Span {
  return monthsFrom(year, month, 1);
}

/** The week as ISO 8601 counts: from Monday, the first one holds 4 January. */
export function weekSpan(year: number, week: number): Span {
  const fourth = utc(year, 1, 4);
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7) + (week - 1) * 7;
  return { from: utc(year, 1, monday), to: utc(year, 1, monday + 6) };
}

/** The part of some months that "early", "mid" or "late" means; without such a word, all of them. */
export function thirdOf(span: Span, part: readonly string[]): Span {
  const [year, month] = [span.from.getUTCFullYear(), span.from.getUTCMonth() + 1];
  const months = (span.to.getUTCFullYear() - year) * 12 + span.to.getUTCMonth() + 2 - month;
  const third = months / 3;
  if (!Number.isInteger(third)) return span;
  if (part.includes('early')) return monthsFrom(year, month, third);
  if (part.includes('mid')) return monthsFrom(year, month + third, third);
  if (part.includes('late')) return monthsFrom(year, month + 2 * third, third);
  return span;
}

/** So many days later, or earlier. */
export function shifted(day: string, days: number): string {
  const date = anchorDate(day);
  return asDay(new Date(date.getTime() + days * 86_400_000));
}

/** "27" as a year; null for other numbers. */
export function shortYear(word: string): number | null {
  return /^(?:2[4-9]|3\d)$/u.test(word) ? 2000 + Number(word) : null;
}

export function fullYear(digits: string): number {
  return digits.length === 4 ? Number(digits) : 2000 + Number(digits);
}

function utc(year: number, month: number, day: number): Date {
  return new Date(Date.UTC(year, month - 1, day));
}

function asDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text));
}

/** The anchor as a date; 1970 when it is none. */
export function anchorDate(anchor: string): Date {
  return new Date(`${isDay(anchor) ? anchor : '1970-01-01'}T00:00:00Z`);
}

/** The third of a month that "early", "mid" or "late" means; without such a word, all of it. */
export function partOfMonth(year: number, month: number, part: readonly string[]): Span {
  const { from, to } = monthSpan(year, month);
  if (part.includes('early')) return { from, to: utc(year, month, 10) };
  if (part.includes('mid')) return { from: utc(year, month, 10), to: utc(year, month, 20) };
  if (part.includes('late')) return { from: utc(year, month, 20), to };
  return { from, to };
}
