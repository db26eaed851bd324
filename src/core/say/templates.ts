/** The issue templates, and the table that a comment offers: the policy's questions as Markdown to fill in. */
import type { FieldId } from '../model.ts';
import type { Policy, Question, TemplateSpec } from '../policy.ts';
import { fold } from '../read/fold.ts';
import { offeredChoices } from '../read/offered.ts';
import { flat } from './inert.ts';
import { asSentence, table } from './markdown.ts';
import { stampTemplate } from './template-stamp.ts';

/** What stands in a response cell until somebody answers; every policy reads it as unanswered. */
const UNANSWERED = 'to-do';

/**
 * One issue template as GitLab's template chooser offers it, final newline included. Untouched it reads
 * as "nothing answered": hints are HTML comments, table cells say `to-do`. Only a template that is called
 * like one service type answers the question for it. Fields that the policy does not know are left out.
 * Behind each question stands a hidden anchor, `<!-- field:users_planned -->`, by which the answer is
 * found again after somebody has reworded the question.
 */
export function writeTemplate(spec: TemplateSpec, policy: Policy): string {
  const sections = spec.sections.map(({ title, fields }) => {
    const questions = known(fields, policy);
    if (questions.length === 0) return '';
    const body =
      spec.form === 'table'
        ? writeRows(questions, policy, (question) => ({
            ask: `${inCell(asked(question))} ${writeAnchor(question)}`,
            answer: inCell(answeredByName(question, spec, policy)) || UNANSWERED,
          }))
        : writeBullets(questions, spec, policy);
    return `## ${flat(title).trim()}\n\n${body}`;
  });
  const intro = spec.intro.trim() === '' ? '' : `<!-- ${inComment(spec.intro)} -->`;
  // The hidden first line is also how an issue made from a template is recognised.
  return stampTemplate(
    inComment(spec.name),
    `\n${[intro, ...sections].filter(Boolean).join('\n\n')}\n`,
  );
}

/** All templates of the policy by the names of their files. */
export function writeTemplates(policy: Policy): ReadonlyMap<string, string> {
  return new Map(policy.templates.map((spec) => [`${spec.name}.md`, writeTemplate(spec, policy)]));
}

/** Questions as a table with empty answers, to be shown as text: without anchors, which nobody would see. */
export function writeTable(fields: readonly FieldId[], policy: Policy): string {
  const questions = known(fields, policy);
  if (questions.length === 0) return '';
  return writeRows(questions, policy, (question) => ({
    ask: inCell(asked(question)),
    answer: UNANSWERED,
  }));
}

/** The example column holds nothing that many would answer: an answer equal to it would not be believed. */
function writeRows(
  questions: readonly Question[],
  policy: Policy,
  begin: (question: Question) => { readonly ask: string; readonly answer: string },
): string {
  return table(
    ['Question', 'Customer response', 'Example response', 'Rationale'],
    questions.map((question) => {
      const { ask, answer } = begin(question);
      const example = offeredChoices(question, policy) || question.example;
      return [ask, answer, inCell(example), inCell(asSentence(question.why))];
    }),
  );
}

/**
 * A short hint only, because whoever edits sees it. The anchor stands before the colon: overwriting
 * everything behind it, hint included, leaves it alone.
 * (At the start of the item it would turn the whole line into raw HTML.)
 */
function writeBullets(questions: readonly Question[], spec: TemplateSpec, policy: Policy): string {
  return questions
    .map((question) => {
      const example = question.example.trim() === '' ? '' : `e.g. ${question.example}`;
      const hint = offeredChoices(question, policy) || example || question.why;
      const key = `- **${flat(question.ask).trim()}**${writeAnchor(question)}:`;
      const answer = answeredByName(question, spec, policy);
      return `${key} ${answer || `<!-- ${inComment(hint)} -->`}`;
    })
    .join('\n');
}

function writeAnchor({ id }: Question): string {
  return `<!-- field:${id} -->`;
}

/** What is required stands out. */
function asked({ ask, required }: Question): string {
  return required ? `**${ask}**` : ask;
}

/** Whoever picks the template "Training" has said what is asked for. '' when the name is no service type. */
function answeredByName({ id, vocabulary }: Question, spec: TemplateSpec, policy: Policy): string {
  if (id !== 'service_types') return '';
  const { values = [] } = policy.vocabularies.get(vocabulary ?? '') ?? {};
  const name = fold(spec.name);
  const service = values.find(({ title, also }) => [title, ...also].some((w) => fold(w) === name));
  return service ? service.title.charAt(0).toLocaleUpperCase('en') + service.title.slice(1) : '';
}

function known(fields: readonly FieldId[], policy: Policy): readonly Question[] {
  return fields.flatMap((id) => policy.questionById.get(id) ?? []);
}

/** A hint must not end the comment it stands in. */
function inComment(text: string): string {
  return flat(text).trim().replace(/-{2,}/g, '-').replace(/>/g, '›');
}

/** Cells are live text in the issue: an example may not call anybody. */
function inCell(text: string): string {
  return flat(text)
    .trim()
    .replaceAll('|', '/')
    .replaceAll('<', '‹')
    .replace(/@(?=[\p{L}\p{N}_])/gu, '');
}
