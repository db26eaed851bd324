/** The top of the comment: stage, how complete, whose move, and in one breath what comes next. */
import type { Assessment } from '../model.ts';
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { asSentence, blocks, bullets, command } from './markdown.ts';
import { mention, personOf, quietName, roleTitle, stageTitle } from './names.ts';
import type { CommentView } from './view.ts';

/** Reasons shown at the top when no question is left; all of them stand in the checklist below. */
const MOST_REASONS = 3;

export function writeHeadline(view: CommentView, policy: Policy): string {
  const { assessment } = view;
  const title = [stageTitle(assessment.stage.current, policy), completeness(assessment)];
  return blocks([
    `### ${title.filter(Boolean).map(calm).join(' · ')}`,
    writeMovers(view, policy),
    nothingRead(assessment) ? nothingReadWords() : writeStatus(view, policy),
    writeServices(assessment, policy),
    ...view.remarks.map((remark) => `Note: ${calm(asSentence(remark))}`),
  ]);
}

/** "14 of 19 answers are here"; '' when nothing is needed. */
export function completeness({ completeness: { answered, needed } }: Assessment): string {
  if (needed === 0) return '';
  if (answered < needed) return `${answered} of ${needed} answers are here`;
  return needed === 1 ? 'the one answer is here' : `all ${needed} answers are here`;
}

/** No row, bullet, heading or command was recognised: what is known comes from the title and labels alone. */
export function nothingRead({ answers }: Assessment): boolean {
  const elsewhere = ['title', 'label', 'implied'];
  return ![...answers.values()].some(({ where }) => where && !elsewhere.includes(where.kind));
}

function nothingReadWords(): string {
  return 'Thank you for opening this. I could not find any answers in the description yet, so here is where to begin. Further down is a table with every open question, ready to paste.';
}

function writeMovers({ movers, roles }: CommentView, policy: Policy): string {
  if (movers.length === 0) return '';
  const titlesByName = new Map<string, string[]>();
  for (const role of movers) {
    const person = personOf(role, roles);
    const name = person ? mention(person) : '';
    const title = calm(roleTitle(role, policy));
    const nobody = !person && roles.has(role) ? ' (nobody yet)' : '';
    titlesByName.set(name, [...(titlesByName.get(name) ?? []), title + nobody]);
  }
  const names = [...titlesByName].map(([name, titles]) =>
    name === '' ? titles.join(', ') : `${name} (${titles.join(', ')})`,
  );
  return `Next: ${names.join(', ')}`;
}

function writeStatus(view: CommentView, policy: Policy): string {
  const { assessment, stageChangedNow } = view;
  const left = writeWhatIsLeft(assessment, policy);
  return stageChangedNow ? `${movedWords(view, stageChangedNow.to, policy)} ${left}` : left;
}

function movedWords({ history }: CommentView, to: string, policy: Policy): string {
  const stage = `**${calm(stageTitle(to, policy))}**`;
  const last = history.at(-1);
  const by = last?.stage === to ? last.by : 'bot';
  if (by === 'bot') return `Everything that ${stage} asks for was here, so I moved the issue on.`;
  const who = by === 'person' ? 'A person' : quietName(by.username);
  return `${who} moved this to ${stage}.`;
}

function writeWhatIsLeft(assessment: Assessment, policy: Policy): string {
  const { stage, open } = assessment;
  const needed = open.filter(({ excused }) => !excused).length;
  if (stage.next === null) {
    return needed === 0
      ? `I have no more questions in this stage; the ${calm(roleTitle('em', policy))} takes it from here.`
      : `For the estimate, ${needed === 1 ? 'one more answer helps' : `${needed} more answers help`}.`;
  }
  const next = `**${calm(stageTitle(stage.next, policy))}**`;
  if (needed > 0) {
    const answers = needed === 1 ? 'One answer is' : `${needed} answers are`;
    return `${answers} still needed before this can move to ${next}.`;
  }
  const held = stage.gates
    .filter(({ passed }) => !passed)
    .map(({ reason }) => calm(asSentence(reason)));
  if (held.length === 0) {
    return `Everything for ${next} is here.`;
  }
  return `What is left before ${next}:\n\n${bullets(held.slice(0, MOST_REASONS))}`;
}

function writeServices({ serviceTypes }: Assessment, policy: Policy): string {
  if (!serviceTypes.some(({ from }) => from === 'inferred')) return '';
  const names = serviceTypes.map(({ id }) => {
    const title = policy.services.find((service) => service.id === id)?.title ?? id;
    return `**${calm(title)}**`;
  });
  return `I read this as ${names.join(', ')}. If that is wrong, ${command('set service_types …')} puts it right.`;
}
