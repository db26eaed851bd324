/** People who are named as they are shown ("Jo Pike") instead of by handle. */
import type { Answer, Reading } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Known } from './lookups.ts';

/** Nobody's name is longer; what is, is a sentence. */
const LONGEST_NAME = 80;
const MOST_WORDS = 6;

/**
 * The reading in which such a name has become the handle of the one member who is called so. A name of
 * several members or of none stays as it was read. Undefined when members have to be looked up first.
 */
export function nameMembers(reading: Reading, policy: Policy, known: Known): Reading | undefined {
  const answers = new Map(reading.answers);
  let waiting = false;
  let named = false;
  for (const { field } of policy.roles) {
    const answer = field === null ? undefined : answers.get(field);
    const name = answer ? shownName(answer) : null;
    if (!answer || name === null) continue;
    const found = known.member(name);
    if (found === undefined) waiting = true;
    if (!found || found === 'several') continue;
    const { remark: _, ...rest } = answer;
    answers.set(answer.field, { ...rest, state: 'answered', value: found.username });
    named = true;
  }
  if (waiting) return undefined;
  return named ? { ...reading, answers } : reading;
}

/** The name in an answer without a handle; null when there is none to look for. */
export function shownName({ state, value }: Pick<Answer, 'state' | 'value'>): string | null {
  if (state !== 'partial' || typeof value !== 'string') return null;
  const name = value
    .slice(0, 2 * LONGEST_NAME)
    .replace(/[,;(].*$/su, '')
    .trim();
  const fits = name !== '' && name.length <= LONGEST_NAME && name.split(/\s+/).length <= MOST_WORDS;
  return fits ? name : null;
}
