/** What was read from the text and how it was understood, and the lines that found no place. */
import { maskExposed } from '../exposed.ts';
import { askedGates } from '../judge/gaps.ts';
import type { Answer, Answers, Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import { plainInline } from './inert.ts';
import { countOf, heading, item, type Look, nameOf, placeWords, quote } from './report-lines.ts';
import { writeValue } from './value.ts';
import { asPlain } from './words.ts';

/** Lines without `--all`. */
const MOST_ANSWERS = 6;
const MOST_LINES = 8;
const VALUE_LENGTH = 160;

/** In short: how many, and those worth a glance because I did more than copy them. In full: all of them. */
export function writeRead(assessment: Assessment, policy: Policy, look: Look): string[] {
  const read = policy.questions.flatMap(({ id }) => {
    const answer = assessment.answers.get(id);
    return answer && answer.state !== 'unanswered' ? [answer] : [];
  });
  if (read.length === 0) return [];
  const applies = new Set(assessment.applicable);
  const interpreted = read.filter((answer) => applies.has(answer.field) && isInterpreted(answer));
  const shown = look.all ? read : interpreted.slice(0, MOST_ANSWERS);
  const more = interpreted.length - shown.length;
  return [
    ...heading('What I read', look),
    ...item(
      `${counts(read, assessment, policy)}${look.all ? '' : ' --all shows each with its words and its line.'}`,
      '  ',
      look,
    ),
    ...(look.all || shown.length === 0
      ? []
      : item('Where I did more than copy the words:', '  ', look, look.paint.dim)),
    ...shown.flatMap((answer) => writeAnswer(answer, assessment, policy, look)),
    ...(look.all || more <= 0 ? [] : item(`and ${more} more`, '    ', look, look.paint.dim)),
  ];
}

/** The same figures as the top line, and what the others are. */
function counts(read: readonly Answer[], assessment: Assessment, policy: Policy): string {
  const { completeness, open, applicable, stage } = assessment;
  const gates = askedGates(policy, stage.current);
  const applies = new Set(applicable);
  const stillOpen = new Set(open.map(({ field }) => field));
  const needed = read.filter(({ field }) => {
    return applies.has(field) && gates.has(policy.questionById.get(field)?.gate ?? 'none');
  });
  const usable = needed.filter(({ field }) => !stillOpen.has(field));
  const halves = usable.length - completeness.answered;
  const parts = [
    `${completeness.answered} of the ${completeness.needed} needed now`,
    halves > 0 ? `${halves} half answered` : '',
    needed.length > usable.length ? `${needed.length - usable.length} not usable yet` : '',
    read.length > needed.length ? `${read.length - needed.length} beyond what is needed now` : '',
  ];
  return `${countOf(read.length, 'answer')}: ${parts.filter(Boolean).join(', ')}.`;
}

/** More was done than to copy the words: rounded, counted together, followed from something else, or cut short. */
function isInterpreted({ state, approximate, min, max, breakdown, where, later }: Answer): boolean {
  // Half an answer is said among the points to check.
  if (state !== 'answered') return false;
  const range = min !== max;
  const followed = where?.kind === 'implied' || where?.kind === 'label' || where?.kind === 'title';
  return Boolean(approximate || range || breakdown || followed || later !== undefined);
}

function writeAnswer(
  answer: Answer,
  { answers }: Assessment,
  policy: Policy,
  look: Look,
): string[] {
  const place = whereFrom(answer, answers, policy);
  // A value may be cut in the middle of a secret, where nothing would know it any more.
  const read = maskExposed(answer.raw) === answer.raw ? readAs(answer, policy) : '';
  const same = repeats(read, answer.raw);
  const words = quote(answer.raw, same ? VALUE_LENGTH : undefined);
  const said = [words, same ? '' : read].filter(Boolean).join(' → ');
  const where = place === '' ? '' : ` (${place})`;
  return item(`${nameOf(answer, policy)}: ${said}${where}`, '  • ', look);
}

/** The place; for what follows from another answer, where that one stands. */
function whereFrom({ where }: Answer, answers: Answers, policy: Policy): string {
  const line = where?.from === undefined ? undefined : answers.get(where.from)?.where?.line;
  return line === undefined ? placeWords(where, policy) : `follows from line ${line}`;
}

/** Whether the value says nothing that the words do not: the same words, perhaps cut short or listed with "and". */
function repeats(read: string, raw: string): boolean {
  const [value, words] = [bare(read), bare(raw)];
  return value === words || (/…[”'`]?$/u.test(read) && value !== '' && words.startsWith(value));
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/\band\b/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The state in words, and the value where there is one. */
function readAs(answer: Answer, policy: Policy): string {
  const question = policy.questionById.get(answer.field);
  const value = question ? shortened(asPlain(writeValue(answer, question, policy))) : '';
  switch (answer.state) {
    case 'deferred':
      return ['to come', answer.by && `by ${answer.by}`, answer.owner && `from @${answer.owner}`]
        .filter(Boolean)
        .join(' ');
    case 'unknown':
      return 'not known yet';
    case 'ambiguous':
      return 'unclear';
    case 'contradictory':
      return 'two answers disagree';
    case 'reference':
      return 'kept elsewhere, where I cannot read it';
    case 'partial':
      return value === '' ? 'part of the answer' : `${value}, part of the answer`;
    default:
      return answer.invalid ? 'not readable' : value;
  }
}

function shortened(value: string): string {
  return plainInline(value, VALUE_LENGTH);
}

/** Lines that look like an answer to something. */
export function writeUnplaced({ unplaced }: Assessment, look: Look): string[] {
  if (unplaced.length === 0) return [];
  const shown = look.all ? unplaced : unplaced.slice(0, MOST_LINES);
  const more = unplaced.length - shown.length;
  return [
    ...heading('Lines I could not place', look),
    ...item(
      'If one of them answers a question, put it behind the words of that question.',
      '  ',
      look,
      look.paint.dim,
    ),
    ...shown.flatMap(({ line, text }) => item(quote(text, 120), `  line ${line}: `, look)),
    ...(more > 0 ? item(`and ${more} more (--all)`, '  ', look, look.paint.dim) : []),
  ];
}
