/** The issue templates, and the table that a comment offers: the policy's questions as Markdown to fill in. */
import type { FieldId } from '../model.ts';
import type { Policy, Question, TemplateSpec } from '../policy.ts';
import { flat } from './inert.ts';
import { asSentence, table } from './markdown.ts';

/** Vocabularies up to this size are listed in the hint. */
const MOST_CHOICES = 8;
/** What stands in a response cell until somebody answers; every policy reads it as unanswered. */
const UNANSWERED = 'to-do';

/**
 * One issue template as GitLab's template chooser offers it, final newline included. Untouched it reads
 * as "nothing answered": hints are HTML comments, table cells say `to-do`. Fields that the policy does
 * not know are left out.
 */
export function writeTemplate(spec: TemplateSpec, policy: Policy): string {
  const sections = spec.sections.map(({ title, fields }) => {
    const body = spec.form === 'table' ? writeTable(fields, policy) : writeBullets(fields, policy);
    return body === '' ? '' : `## ${flat(title).trim()}\n\n${body}`;
  });
  const intro = spec.intro.trim() === '' ? '' : `<!-- ${inComment(spec.intro)} -->`;
  return `${[writeMarker(spec.name), intro, ...sections].filter(Boolean).join('\n\n')}\n`;
}

/** The hidden line by which an issue made from a template is recognised. */
function writeMarker(name: string): string {
  return `<!-- scoping-bot:template ${inComment(name)} -->`;
}

/** Questions as a table with empty answers. */
export function writeTable(fields: readonly FieldId[], policy: Policy): string {
  const questions = known(fields, policy);
  if (questions.length === 0) return '';
  return table(
    ['Question', 'Customer response', 'Example response', 'Rationale'],
    questions.map((question) => [
      inCell(question.required ? `**${question.ask}**` : question.ask),
      UNANSWERED,
      inCell(question.example),
      inCell(
        [asSentence(question.why), asSentence(choices(question, policy))].filter(Boolean).join(' '),
      ),
    ]),
  );
}

function writeBullets(fields: readonly FieldId[], policy: Policy): string {
  return known(fields, policy)
    .map((question) => {
      const example = question.example.trim() === '' ? '' : `e.g. ${question.example}`;
      const hints = [question.why, choices(question, policy) || example];
      return `- **${flat(question.ask).trim()}**: <!-- ${inComment(hints.filter(Boolean).join('; '))} -->`;
    })
    .join('\n');
}

function known(fields: readonly FieldId[], policy: Policy): readonly Question[] {
  return fields.flatMap((id) => policy.questionById.get(id) ?? []);
}

function choices({ type, vocabulary }: Question, policy: Policy): string {
  const { values = [], numeric = false } = policy.vocabularies.get(vocabulary ?? '') ?? {};
  if (values.length === 0 || values.length > MOST_CHOICES || numeric) return '';
  const titles = values.map(({ id, title }) => title || id.replaceAll('_', ' '));
  return `${type === 'multi' ? 'any of' : 'one of'}: ${titles.join(' / ')}`;
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
