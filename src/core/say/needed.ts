/** "Needed now": the few questions that count most, grouped by who can answer; the rest folded. */
import type { Answer, OpenQuestion, Owner } from '../model.ts';
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { blocks, bullets, fold } from './markdown.ts';
import { personOf, quietName, roleTitle } from './names.ts';
import { answerForm, writeQuestion } from './question.ts';
import { isInternal, safeText } from './value.ts';
import type { CommentView } from './view.ts';
import { asMarkdown } from './words.ts';

/** Questions that hold the next stage up: none while the issue pauses or has ended, and never the papers. */
export function holding({ assessment, pause, ended }: CommentView): readonly OpenQuestion[] {
  if (pause || ended) return [];
  return assessment.open.filter(({ excused, gate }) => !excused && gate !== 'sow');
}

export function writeNeeded(view: CommentView, policy: Policy): string {
  const now = holding(view).slice(0, policy.comment.mostQuestions);
  if (now.length === 0) return '';
  const owners = [...new Set(now.map(({ owner }) => owner))];
  return blocks([
    '#### Needed now',
    ...owners.map((owner) =>
      blocks([
        writeOwner(owner, view, policy),
        bullets(
          now
            .filter((question) => question.owner === owner)
            .map((question) => writeQuestion(question, view, policy)),
        ),
      ]),
    ),
  ]);
}

/** Questions beyond the first few, and promises that hold nothing up. */
export function writeLater(view: CommentView, policy: Policy): string {
  const { assessment } = view;
  if (view.ended) return '';
  const rest = view.pause
    ? assessment.open.filter(({ excused, gate }) => !excused && gate !== 'sow')
    : holding(view).slice(policy.comment.mostQuestions);
  const promised = assessment.open.filter(({ excused }) => excused);
  return blocks([
    rest.length === 0
      ? ''
      : fold(
          rest.length === 1 ? 'One more question' : `${rest.length} more questions`,
          bullets(rest.map((question) => shortQuestion(question, policy))),
        ),
    promised.length === 0
      ? ''
      : fold(
          promised.length === 1
            ? 'One answer is promised'
            : `${promised.length} answers are promised`,
          bullets(promised.map((question) => promise(question, view))),
        ),
  ]);
}

/** What has to be there before everybody signs: it holds nothing up (`rulings.md`, stages and their gates). */
export function writePapers(view: CommentView, policy: Policy): string {
  const { applicable, answers, open, stage } = view.assessment;
  const asks = policy.stages.find(({ id }) => id === stage.current)?.asks ?? [];
  if (view.ended || !asks.includes('sow')) return '';
  const items = applicable.flatMap((field) => {
    const question = policy.questionById.get(field);
    if (question?.gate !== 'sow') return [];
    const missing = open.some((each) => each.field === field);
    const form = missing ? ` ${answerForm(field, policy)}` : '';
    const state = answers.get(field)?.state === 'unanswered' || missing ? '–' : '✓';
    return [`${state} ${calm(question.ask)}${form}`];
  });
  if (items.length === 0) return '';
  const done = items.filter((item) => item.startsWith('✓')).length;
  return fold(`Papers on the way to signature: ${done} of ${items.length}`, bullets(items));
}

function writeOwner(owner: Owner, { roles, assessment }: CommentView, policy: Policy): string {
  const person = personOf(owner, roles);
  const title = `**${calm(roleTitle(owner, policy))}**`;
  if (person) return `${title} ${quietName(person.username)}`;
  if (owner !== 'customer' || assessment.lead.role === 'unknown') return title;
  return `${title}, asked by the ${calm(roleTitle(assessment.lead.role, policy))}`;
}

function shortQuestion({ question, why, field }: OpenQuestion, policy: Policy): string {
  return `**${calm(question)}** ${calm(`(${why})`)} ${answerForm(field, policy)}`;
}

function promise({ field, question }: OpenQuestion, view: CommentView): string {
  const { answers } = view.assessment;
  const hidden = view.outsidersCanRead && isInternal(field, answers);
  return `**${calm(question)}**: ${hidden ? 'to come, as said internally' : promiseWords(answers.get(field))}`;
}

function promiseWords(answer: Answer | undefined): string {
  const who = answer?.owner ? ` from ${quietName(answer.owner)}` : '';
  const when = answer?.by ? ` by ${asMarkdown([safeText(answer.by)])}` : '';
  return `to come${who}${when}`;
}
