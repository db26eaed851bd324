/** How one open question is answered: what stands there now, and the shortest way to put it right. */
import type { Answer, OpenQuestion } from '../model.ts';
import type { Policy } from '../policy.ts';
import { plainInline } from './inert.ts';
import { asSentence } from './markdown.ts';
import { ownForm } from './question.ts';
import { quote, quoteWithPlace, say } from './report-lines.ts';
import { titleOf } from './value.ts';

/** Few enough choices to list. */
const FEW = 6;
const LABEL_LENGTH = 60;

/** What is there already and why it does not do; '' for a question without any answer. */
export function situation(
  { reason }: OpenQuestion,
  answer: Answer | undefined,
  policy: Policy,
): string {
  const said = quoteWithPlace(answer?.raw ?? '', answer?.where ?? null, policy);
  const remark = answer?.remark ? ` ${say(answer.remark)}` : '';
  switch (reason) {
    case 'unanswered':
      return remark === '' ? '' : `Not counted: ${said}.${remark}`;
    case 'deferred':
      return `To come later: ${said}.`;
    case 'unknown':
      return `Not known yet: ${said}. One for the scoping call.`;
    case 'ambiguous':
      return `Unclear: ${said}.${remark || ' It can mean more than one thing.'}`;
    case 'contradictory':
      return `Does not go together: ${said}.${remark}`;
    case 'invalid':
      return `Not readable: ${said}.${remark}`;
  }
}

/** "For example …", or the choices when they are few. */
export function example({ field, example: shown }: OpenQuestion, policy: Policy): string {
  const question = policy.questionById.get(field);
  const vocabulary = policy.vocabularies.get(question?.vocabulary ?? '');
  const few = vocabulary && !vocabulary.numeric && vocabulary.values.length <= FEW;
  if (question?.type === 'enum' && few) {
    const titles = vocabulary.values.map(({ id, title }) => title || id.replaceAll('_', ' '));
    return `One of: ${titles.join(' / ')}.`;
  }
  return shown.trim() === '' ? '' : asSentence(`for example “${shown.trim()}”`);
}

/** "Fill in the row “…” (line 14), or comment:", "/scoping set FIELD …": a line each, so that the second is copied whole. */
export function waysToAnswer(
  open: OpenQuestion,
  answer: Answer | undefined,
  typed: string | undefined,
  policy: Policy,
): readonly string[] {
  const forms = replyForms(open, answer, policy);
  const spot = rowWords(answer);
  if (typed !== undefined) {
    const of = spot === '' ? '' : ` of ${spot}`;
    const first = `${quote(typed)} stands in the example column${of}: move it over if it is the answer. Or comment:`;
    return [first, ...forms];
  }
  return spot === '' ? forms : [`${verb(open, answer)} ${spot}, or comment:`, ...forms];
}

/** The lines to send; one for each choice when the answer was unclear. */
function replyForms(
  { field }: OpenQuestion,
  answer: Answer | undefined,
  policy: Policy,
): readonly string[] {
  const own = ownForm(field, policy);
  if (own !== null) return [own.replaceAll('`', '')];
  const vocabulary = policy.questionById.get(field)?.vocabulary ?? null;
  const choices = (answer?.choices ?? []).map((id) => titleOf(id, policy, vocabulary) ?? id);
  const values = choices.length === 0 ? ['…'] : choices;
  return values.map((value) => `/scoping set ${field} ${plainInline(value, LABEL_LENGTH)}`);
}

function verb({ reason }: OpenQuestion, answer: Answer | undefined): string {
  if (reason !== 'unanswered') return 'Put it right in';
  return answer?.where?.kind === 'checkbox' ? 'Tick a box of' : 'Fill in';
}

/** Where in the description it is answered; '' when the question does not stand there. */
function rowWords(answer: Answer | undefined): string {
  const where = answer?.where;
  if (!where || where.line === undefined || where.note) return '';
  const kinds = new Map([
    ['table', 'the row'],
    ['bullet', 'the item'],
    ['heading', 'the section'],
    ['checkbox', 'the checkboxes'],
    ['line', 'the line'],
  ]);
  const kind = kinds.get(where.kind);
  if (kind === undefined) return '';
  const label = where.label === undefined ? '' : ` “${plainInline(where.label, LABEL_LENGTH)}”`;
  return `${kind}${label} (line ${where.line})`;
}
