/** The questions that hold a gate open, in one line: `{open_intake.questions}` of the policy's sentences. */
import type { Answers, FieldId, OpenQuestion } from '../model.ts';
import { isInternal } from './value.ts';

/** The first few are enough to go on with; the comment lists them all. */
const MOST_NAMED = 3;

/** The question as it is asked, without what stands in brackets behind it. */
export function shortTitle(ask: string): string {
  return ask.replace(/[.?]$/, '').replace(/ \([^()]*\)$/, '');
}

/**
 * "Segment; GitLab tier; Goals; and 2 more", of those that hold the gate `of` (`intake`) open. What was answered
 * internally is counted and not named, whoever reads.
 */
export function nameOpen(of: string, open: readonly OpenQuestion[], answers: Answers): string {
  const counted = open.filter(({ gate, excused }) => gate === of && !excused);
  const isOpenly = ({ field }: { field: FieldId }): boolean => !isInternal(field, answers);
  const named = counted.filter(isOpenly).slice(0, MOST_NAMED);
  const more = counted.length - named.length;
  const shown = named.map(({ question }) => shortTitle(question));
  if (more === 0) return shown.join('; ') || 'nothing';
  if (shown.length > 0) return `${shown.join('; ')}; and ${more} more`;
  return more === 1
    ? 'a clear answer to one question that was answered internally'
    : `clear answers to ${more} questions that were answered internally`;
}
