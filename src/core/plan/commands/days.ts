/** Days in commands: a date that is written out and lies ahead. */
import { parseDate } from '../../read/date.ts';
import { type CommandContext, quote, wrong } from './context.ts';
import type { Problem } from './order.ts';

/** `YYYY-MM-DD`, not before the day of the comment; a span gives its last day. */
export function readDay(context: CommandContext, words: string): string | Problem {
  const { policy, note } = context;
  const today = note.createdAt.slice(0, 10);
  const example = `such as ${addDays(today, 7)}`;
  if (words === '') return wrong(context, `The date is missing, ${example}.`);
  const { state, value } = parseDate(words, policy, today);
  if (state !== 'answered' || typeof value !== 'string') {
    return wrong(context, `I could not read ${quote(words)} as one date, ${example}.`);
  }
  if (value < today) return wrong(context, `${value} has passed; I need a day ahead, ${example}.`);
  return value;
}

/** `day` is `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
