/** The open questions: the most pressing ones in full, grouped by who can answer; the rest by name. */
import type { Answer, Assessment, OpenQuestion, Owner } from '../model.ts';
import type { Policy } from '../policy.ts';
import { asSentence, whySentence } from './markdown.ts';
import { roleTitle } from './names.ts';
import { example, situation, waysToAnswer } from './report-answer.ts';
import { waiting } from './report-counts.ts';
import type { FileFacts } from './report-file.ts';
import { countOf, heading, item, type Look, quote, say, shortName } from './report-lines.ts';

const HOW_TO =
  'Answer in the description, in any form: a row, a list item or a heading with the words of the question. Or send the line that begins with /scoping as a comment on the issue.';

/** What is shown in full: the first of those that wait, in the judgement's own order (most blocking first). */
export function pressing(
  assessment: Assessment,
  policy: Policy,
  { all }: Look,
): readonly OpenQuestion[] {
  const open = waiting(assessment);
  return all ? open : open.slice(0, policy.comment.mostQuestions);
}

export function writePressing(
  assessment: Assessment,
  now: readonly OpenQuestion[],
  policy: Policy,
  look: Look,
  file: FileFacts,
): string[] {
  if (now.length === 0) return [];
  const open = waiting(assessment).length;
  const title =
    now.length < open ? `Ask first (${now.length} of ${open} open questions)` : 'Open questions';
  return [
    ...heading(title, look),
    ...ownersOf(now).flatMap((owner) => [
      '',
      ...item(roleTitle(owner, policy), '  ', look, look.paint.bold),
      ...now
        .filter((question) => question.owner === owner)
        .flatMap((question) => writeQuestion(question, assessment, policy, look, file)),
    ]),
    '',
    ...item(HOW_TO, '  ', look, look.paint.dim),
  ];
}

function writeQuestion(
  question: OpenQuestion,
  { answers, typedUnderExample }: Assessment,
  policy: Policy,
  look: Look,
  { titled }: FileFacts,
): string[] {
  const answer = answers.get(question.field);
  const typed = typedUnderExample.get(question.field);
  const why = [say(whySentence(question.why)), example(question, policy)].filter(Boolean).join(' ');
  const usually = policy.questionById
    .get(question.field)
    ?.impliedBy.some((source) => source.field === 'title');
  const now =
    situation(question, answer, policy) ||
    (usually && !titled ? 'Not in the file; usually read from the title: --title "…"' : '');
  return [
    ...item(question.question, '  • ', look),
    ...(now === '' ? [] : item(now, '    ', look, look.paint.yellow)),
    ...item(why, '    ', look, look.paint.dim),
    ...waysToAnswer(question, answer, typed, policy).flatMap((way, at) =>
      item(way, at === 0 ? '    → ' : '      ', look, look.paint.green),
    ),
  ];
}

/** Those beyond the first few, by name; promises that hold nothing up. */
export function writeRest(
  assessment: Assessment,
  now: readonly OpenQuestion[],
  policy: Policy,
  look: Look,
): string[] {
  const shown = new Set(now.map(({ field }) => field));
  const { open, answers } = assessment;
  const rest = waiting(assessment).filter(({ field }) => !shown.has(field));
  const promised = open.filter(({ excused }) => excused);
  const lines = [
    ...ownersOf(rest).flatMap((owner) => {
      const names = rest
        .filter((question) => question.owner === owner)
        .map((question) => shortly(question, answers.get(question.field)));
      return item(`${roleTitle(owner, policy)}: ${names.join('; ')}.`, '  • ', look);
    }),
    ...promised.flatMap(({ field, question }) => {
      const { owner, by, raw = '' } = answers.get(field) ?? {};
      const who = owner === undefined ? '' : ` from @${owner}`;
      const words = asSentence(
        `promised${who}${by === undefined ? '' : ` by ${by}`}, ${quote(raw)}`,
      );
      return item(`${question}: ${words}`, '  • ', look, look.paint.dim);
    }),
  ];
  if (lines.length === 0) return [];
  const title =
    rest.length === 0
      ? 'Promised, and holding nothing up'
      : `Then (${countOf(rest.length, 'more question')}; --all shows them in full)`;
  return [...heading(title, look), ...lines];
}

/** The question, and what was said about it so far. */
function shortly({ question, reason }: OpenQuestion, answer: Answer | undefined): string {
  const name = shortName(question);
  const states = {
    unanswered: '',
    deferred: 'to come later',
    unknown: 'not known yet',
    ambiguous: 'unclear',
    contradictory: 'disagrees',
    invalid: 'not readable',
  };
  return reason === 'unanswered'
    ? name
    : `${name} (${states[reason]}: ${quote(answer?.raw ?? '')})`;
}

function ownersOf(questions: readonly OpenQuestion[]): readonly Owner[] {
  return [...new Set(questions.map(({ owner }) => owner))];
}
