/** The summary for the delivery team, when the statement of work is approved or the deal is won (`domain.md` §8.12). */
import type { FieldId } from '../model.ts';
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { inertInline } from './inert.ts';
import { asSentence, blocks, bullets } from './markdown.ts';
import { quietName, roleTitle } from './names.ts';
import { isInternal, writeValue } from './value.ts';
import type { CommentView } from './view.ts';
import { asMarkdown } from './words.ts';

/** Long answers are for reading here, not for a table. */
const LONGEST_ANSWER = 600;
const said = new Set(['answered', 'none', 'partial', 'reference']);

/** '' until it is time. */
export function writeHandOff(view: CommentView, policy: Policy): string {
  if (!view.show?.handOff) return '';
  const sections = policy.handOff.map(({ title, fields }) =>
    section(
      title,
      fields.flatMap((field) => answerLine(field, view, policy)),
    ),
  );
  return blocks([
    '#### Hand-off to the delivery team',
    ...sections,
    section('People', peopleLines(view, policy)),
    section('Risks seen while scoping', riskLines(view)),
    section('Still open', openLines(view)),
  ]);
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `**${calm(title)}**\n\n${bullets(lines)}`;
}

function answerLine(field: FieldId, view: CommentView, policy: Policy): string[] {
  const { answers } = view.assessment;
  const answer = answers.get(field);
  const question = policy.questionById.get(field);
  if (!answer || !question || !said.has(answer.state)) return [];
  const ask = calm(question.ask.replace(/\s*\([^()]*\)$/u, ''));
  if (view.outsidersCanRead && isInternal(field, answers)) return [`${ask}: answered internally`];
  const read = asMarkdown(writeValue(answer, question, policy));
  const prose = question.type === 'text' || question.type === 'list' || question.type === 'url';
  const own = inertInline(answer.raw, LONGEST_ANSWER);
  // A reading may leave out what the delivery team needs, such as a version.
  const words = prose || read === '' ? own : says(answer.raw, read) ? read : `${read} (${own})`;
  const note = answer.assumed
    ? ' (assumed)'
    : answer.state === 'partial'
      ? ' (part of the answer)'
      : '';
  return [`${ask}: ${words}${note}`];
}

/** Whether the words say no more than the reading of them. */
function says(raw: string, read: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return bare(read).includes(bare(raw));
}

function peopleLines({ roles }: CommentView, policy: Policy): string[] {
  return policy.roles.flatMap(({ id }) => {
    const person = roles.get(id);
    if (!person || person.username === null) return [];
    return [`${calm(roleTitle(id, policy))}: ${quietName(person.username)}`];
  });
}

function riskLines({ assessment: { findings } }: CommentView): string[] {
  return findings
    .filter(({ internal, severity }) => !internal && severity !== 'info')
    .map(({ message }) => calm(asSentence(asStatement(message))));
}

/** Without the request at its end: nobody is asked for anything any more. */
function asStatement(message: string): string {
  return message.replace(/(?<=[.?!]) Please [^.?!]*[.?!]?$/u, '');
}

/**
 * Every condition on the whole road that does not hold, then every question without an answer. Papers such as
 * the signatures are no longer asked for once a person has said how it ended.
 */
function openLines({ unfinished, ended }: CommentView): string[] {
  const left = (unfinished?.open ?? []).filter(({ gate }) => !ended || gate !== 'sow');
  return [
    ...(unfinished?.gates ?? []).map(({ reason }) => calm(asSentence(reason))),
    ...left.map(({ question }) => calm(question)),
  ];
}
