/** When something on an issue falls due: promised answers, the end of a pause or of a wish for quiet. */
import { dueDates } from '../judge/gaps.ts';
import type { Assessment } from '../model.ts';

/** The day on which something falls due, or the day after it, when a promise holds nothing up no longer. */
export function nextDue(
  assessment: Assessment,
  days: readonly (string | null)[],
  now: string,
): string | null {
  const today = now.slice(0, 10);
  const promised = dueDates(assessment.open, assessment.answers).flatMap(({ date }) => [
    date,
    dayAfter(date),
  ]);
  const next = [...promised, ...days.flatMap((day) => day ?? [])]
    .filter((date) => date > today)
    .toSorted()[0];
  return next ? `${next}T00:00:00.000Z` : null;
}

function dayAfter(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return '';
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
