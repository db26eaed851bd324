/** "Needed now": the few questions that count most, grouped by who can answer; the rest folded. */
import type { Answer, Assessment, OpenQuestion, Owner } from '../model.ts';
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { blocks, bullets, fold } from './markdown.ts';
import { personOf, quietName, roleTitle } from './names.ts';
import { replyForm, writeQuestion } from './question.ts';
import { safeText } from './value.ts';
import type { CommentView } from './view.ts';
import { asMarkdown } from './words.ts';

export function writeNeeded(view: CommentView, policy: Policy): string {
  const { open } = view.assessment;
  const waiting = open.filter(({ excused }) => !excused);
  const now = waiting.slice(0, policy.comment.mostQuestions);
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
export function writeLater({ assessment }: CommentView, policy: Policy): string {
  const rest = assessment.open
    .filter(({ excused }) => !excused)
    .slice(policy.comment.mostQuestions);
  const promised = assessment.open.filter(({ excused }) => excused);
  return blocks([
    rest.length === 0
      ? ''
      : fold(
          rest.length === 1 ? 'One more question' : `${rest.length} more questions`,
          bullets(rest.map(shortQuestion)),
        ),
    promised.length === 0
      ? ''
      : fold(
          promised.length === 1
            ? 'One answer is promised'
            : `${promised.length} answers are promised`,
          bullets(promised.map((question) => promise(question, assessment))),
        ),
  ]);
}

function writeOwner(owner: Owner, { roles, assessment }: CommentView, policy: Policy): string {
  const person = personOf(owner, roles);
  const title = `**${calm(roleTitle(owner, policy))}**`;
  if (person) return `${title} ${quietName(person.username)}`;
  if (owner !== 'customer' || assessment.lead.role === 'unknown') return title;
  return `${title}, asked by the ${calm(roleTitle(assessment.lead.role, policy))}`;
}

function shortQuestion({ question, why, field }: OpenQuestion): string {
  return `**${calm(question)}** ${calm(`(${why})`)} ${replyForm(field)}`;
}

function promise({ field, question }: OpenQuestion, { answers }: Assessment): string {
  return `**${calm(question)}**: ${promiseWords(answers.get(field))}`;
}

function promiseWords(answer: Answer | undefined): string {
  const who = answer?.owner ? ` from ${quietName(answer.owner)}` : '';
  const when = answer?.by ? ` by ${asMarkdown([safeText(answer.by)])}` : '';
  return `to come${who}${when}`;
}
