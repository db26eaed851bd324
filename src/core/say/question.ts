/** One open question: what is asked, why, and the shortest way to answer; each reason in its own words. */
import type { Answer, FieldId, OpenQuestion } from '../model.ts';
import type { FieldType, Policy, Question } from '../policy.ts';
import { calm } from './calm.ts';
import { inertInline } from './inert.ts';
import { asSentence, command, whySentence } from './markdown.ts';
import { quietName } from './names.ts';
import { writePlace } from './place.ts';
import { isInternal, safeText, titleOf } from './value.ts';
import type { CommentView } from './view.ts';
import { asMarkdown } from './words.ts';

/** Few enough choices to list beside the question. */
const FEW = 6;
const MOST_STATEMENTS = 3;
/** Fields' own words in a quotation are shorter than in the table. */
const QUOTE_LENGTH = 80;
const FORM_LENGTH = 240;

/** What may be said where outsiders read, when the answer came in an internal note. */
const INTERNALLY: Readonly<Record<OpenQuestion['reason'], string>> = {
  unanswered: 'Answered internally, but nothing that I could read.',
  deferred: 'To come later, says an internal note. When it is here:',
  unknown: 'Answered internally: not known yet, so one for the scoping call.',
  ambiguous: 'Answered internally, in words that can mean more than one thing.',
  contradictory: 'Two answers disagree, one of them given internally. Which one holds?',
  invalid: 'Answered internally, in words that I could not read.',
};

const CANNOT_READ: Readonly<Record<FieldType, string>> = {
  text: 'an answer',
  list: 'a list',
  count: 'a number',
  size: 'a size',
  money: 'an amount',
  version: 'a version',
  date: 'a date',
  enum: 'one of the choices',
  multi: 'one of the choices',
  yes_no: 'yes or no',
  user: 'a GitLab username',
  url: 'a link',
};

/** The line a person can send to answer. */
function replyForm(field: FieldId, value = '…'): string {
  return command(`set ${field} ${value}`);
}

/** The command that is made for this question ("estimate URL AMOUNT"); null when there is none. */
export function ownForm(field: FieldId, policy: Policy): string | null {
  const approval = policy.approvals.find((each) => each.field === field);
  if (approval) return command(`approve ${approval.id}`);
  // Who has a role may have rights by it, so it is not for everybody who may answer to say.
  const role = policy.roles.find((each) => each.field === field);
  if (role) return command(`assign ${role.id} @USER`);
  for (const { id, form, fields } of policy.commands) {
    for (const [part, answers] of fields) {
      if (answers !== field) continue;
      return command(fields.size > 1 && !form.includes('URL') ? `${id} ${part}` : form);
    }
  }
  return null;
}

/** The command of its own, where a question has one: `set` is refused there. */
export function answerForm(field: FieldId, policy: Policy): string {
  return ownForm(field, policy) ?? replyForm(field);
}

/** A list item of two lines: the question with its reason, then how to answer. */
export function writeQuestion(open: OpenQuestion, view: CommentView, policy: Policy): string {
  const answer = view.assessment.answers.get(open.field);
  const question = policy.questionById.get(open.field);
  const first = [`**${calm(asTitle(open.question))}**`, calm(whySentence(open.why))];
  const second = writeSituation(open, answer, question, view, policy);
  return `${first.join(' ')}\\\n  ${second.filter(Boolean).join(' ')}`;
}

/** "Users planned" → "Users planned."; a question mark stays. */
function asTitle(question: string): string {
  return /[?.!:]$/.test(question.trim()) ? question.trim() : `${question.trim()}.`;
}

function writeSituation(
  open: OpenQuestion,
  answer: Answer | undefined,
  question: Question | undefined,
  view: CommentView,
  policy: Policy,
): string[] {
  const { field } = open;
  if (view.outsidersCanRead && isInternal(field, view.assessment.answers)) {
    return [INTERNALLY[open.reason], reply(field, policy)];
  }
  switch (open.reason) {
    case 'contradictory':
      return [writeContradiction(answer, policy), `Which one holds? ${reply(field, policy)}`];
    case 'ambiguous':
      return writeAmbiguity(field, answer, question, policy);
    case 'invalid':
      return [writeInvalid(answer, question), hint(open, question, policy), reply(field, policy)];
    case 'deferred':
      return writeDeferral(open, answer, policy);
    case 'unknown':
      return [
        'Not known yet, so one for the scoping call.',
        `Once known: ${answerForm(field, policy)}`,
      ];
    default:
      return writeUnanswered(open, question, view, policy);
  }
}

function writeInvalid(answer: Answer | undefined, question: Question | undefined): string {
  if (answer?.remark) return calm(asSentence(answer.remark));
  return `I could not read ${quoted(answer)} as ${CANNOT_READ[question?.type ?? 'text']}.`;
}

function quoted(answer: Answer | undefined): string {
  return answer && answer.raw.trim() !== '' ? inertInline(answer.raw, QUOTE_LENGTH) : 'the answer';
}

/** The choices when they are few, else the policy's example. */
function hint({ example }: OpenQuestion, question: Question | undefined, policy: Policy): string {
  const vocabulary = policy.vocabularies.get(question?.vocabulary ?? '');
  const few = vocabulary && !vocabulary.numeric && vocabulary.values.length <= FEW;
  if (question?.type === 'enum' && few) {
    const titles = vocabulary.values.map(({ id, title }) => calm(title || id.replaceAll('_', ' ')));
    return `One of: ${titles.join(' / ')}.`;
  }
  return example.trim() === '' ? '' : `For example “${calm(example.trim())}”.`;
}

function writeContradiction(answer: Answer | undefined, policy: Policy): string {
  const statements = answer?.statements ?? [];
  if (statements.length < 2) {
    return asSentence(
      answer?.remark ? calm(answer.remark) : `${quoted(answer)} does not go with the rest`,
    );
  }
  const shown = statements.slice(0, MOST_STATEMENTS).map(({ raw, where }) => {
    return `${inertInline(raw, QUOTE_LENGTH)} (${asMarkdown(writePlace(where, policy, false))})`;
  });
  const more = statements.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  return `Two places disagree: ${all.slice(0, -1).join(', ')} and ${all.at(-1)}.`;
}

function writeAmbiguity(
  field: FieldId,
  answer: Answer | undefined,
  question: Question | undefined,
  policy: Policy,
): string[] {
  const remark = asSentence(
    answer?.remark ? calm(answer.remark) : `${quoted(answer)} can mean more than one thing`,
  );
  const sure = Array.isArray(answer?.value) ? answer.value.map(String) : [];
  const choices = (answer?.choices ?? []).map((choice) =>
    [...sure.filter((id) => !answer?.choices?.includes(id)), choice]
      .map((id) => titleOf(id, policy, question?.vocabulary ?? null) ?? id)
      .join(', '),
  );
  if (choices.length === 0 || ownForm(field, policy) !== null)
    return [remark, reply(field, policy)];
  const forms = choices.map((choice) =>
    inertInline(`/scoping set ${field} ${choice}`, FORM_LENGTH),
  );
  return [remark, `Reply with one of: ${forms.join(' or ')}`];
}

function writeDeferral(
  { field, gate }: OpenQuestion,
  answer: Answer | undefined,
  policy: Policy,
): string[] {
  const who = answer?.owner ? ` from ${quietName(answer.owner)}` : '';
  const when = answer?.by ? ` for ${asMarkdown([safeText(answer.by)])}` : '';
  if (who && when) {
    return [
      `Promised${who}${when}, and needed before this can move.`,
      `When it is here: ${answerForm(field, policy)}`,
    ];
  }
  // Only discovery may wait for a promise (`rulings.md`, gates).
  if (gate !== 'discovery')
    return [`To come later${when}${who}. When it is here: ${answerForm(field, policy)}`];
  const missing = who ? 'a date' : when ? 'a name' : 'a name and a date';
  return [
    `To come later${when}${who}. With ${missing} I would go on without it until then: ${command(`defer ${field} DATE @NAME`)}.`,
    `When it is here: ${answerForm(field, policy)}`,
  ];
}

function writeUnanswered(
  open: OpenQuestion,
  question: Question | undefined,
  { assessment, offers }: CommentView,
  policy: Policy,
): string[] {
  const offer = offers?.get(open.field);
  if (offer) {
    const words = offer.text === null ? 'an answer' : inertInline(offer.text, QUOTE_LENGTH);
    return [
      `${quietName(offer.by)} wrote ${words} in a comment. If that is the answer: ${command(`take ${open.field}`)}. Or: ${answerForm(open.field, policy)}`,
    ];
  }
  const answer = assessment.answers.get(open.field);
  if (answer?.remark && answer.raw.trim() !== '') {
    const words = `Not counted: ${quoted(answer)}. ${calm(asSentence(answer.remark))}`;
    return [words, `If it is meant: ${answerForm(open.field, policy)}`];
  }
  const typed = assessment.typedUnderExample.get(open.field);
  if (typed === undefined) {
    return [hint(open, question, policy), reply(open.field, policy)];
  }
  const quote = inertInline(typed, QUOTE_LENGTH);
  return [
    `${quote} stands in the example column. If that is the answer, please move it into the answer column. Or: ${answerForm(open.field, policy)}`,
  ];
}

function reply(field: FieldId, policy: Policy): string {
  return `Reply: ${answerForm(field, policy)}`;
}
