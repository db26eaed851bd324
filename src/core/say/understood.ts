/** "What I understood": every answer as read beside the words it came from, and lines that found no place. */
import type { Answer } from '../model.ts';
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { inertInline } from './inert.ts';
import { bullets, fold, table } from './markdown.ts';
import { quietName } from './names.ts';
import { writePlace } from './place.ts';
import { isInternal, safeText, writeValue } from './value.ts';
import type { CommentView } from './view.ts';
import { asMarkdown, ECHO_LENGTH } from './words.ts';

const MOST_LINES = 20;

export function writeUnderstood(view: CommentView, policy: Policy): string {
  const rows = policy.questions.flatMap((question) => {
    const answer = view.assessment.answers.get(question.id);
    if (!answer || answer.state === 'unanswered') return [];
    return [[calm(question.ask), ...writeAnswer(answer, view, policy)]];
  });
  if (rows.length === 0) return '';
  return fold(
    // No figure: it would count other things than the one at the top.
    'What I understood, beside your words',
    table(['Question', 'Read as', 'Your words', 'Where'], rows),
  );
}

function writeAnswer(
  answer: Answer,
  { assessment, outsidersCanRead }: CommentView,
  policy: Policy,
): string[] {
  if (outsidersCanRead && isInternal(answer.field, assessment.answers)) {
    return ['answered internally', '', 'internal note'];
  }
  const where = asMarkdown(writePlace(answer.where, policy, outsidersCanRead));
  const words = answer.raw.trim() === '' ? '' : inertInline(answer.raw, ECHO_LENGTH);
  const read = readAs(answer, policy);
  return [read === words ? 'the same words' : read, words, where];
}

/** The state in words, and the value where there is one. */
function readAs(answer: Answer, policy: Policy): string {
  const question = policy.questionById.get(answer.field);
  const value = question ? asMarkdown(writeValue(answer, question, policy)) : '';
  switch (answer.state) {
    case 'deferred':
      return promised(answer);
    case 'unknown':
      return 'not known yet';
    case 'ambiguous':
      return 'unclear';
    case 'contradictory':
      return 'two answers disagree';
    case 'reference':
      return 'kept elsewhere, where I cannot read it';
    case 'partial':
      return value === '' ? 'part of the answer' : `${value} (part of the answer)`;
    default:
      if (answer.invalid) return 'not readable';
      return answer.assumed ? `${value} (assumed)`.trim() : value;
  }
}

function promised({ by, owner }: Answer): string {
  const when = by === undefined ? '' : ` by ${asMarkdown([safeText(by)])}`;
  const who = owner === undefined ? '' : ` from ${quietName(owner)}`;
  return `to come${when}${who}`;
}

export function writeUnplaced({ assessment: { unplaced } }: CommentView): string {
  if (unplaced.length === 0) return '';
  const items = unplaced
    .slice(0, MOST_LINES)
    .map(({ line, text }) => `line ${line}: ${inertInline(text, ECHO_LENGTH)}`);
  const more = unplaced.length - items.length;
  if (more > 0) items.push(`and ${more} more`);
  const count = unplaced.length === 1 ? 'One line' : `${unplaced.length} lines`;
  return fold(`${count} that I could not place`, bullets(items));
}
