/** The top of the comment: stage, how complete, whose move, and in one breath what comes next. */
import { gatesBefore } from '../judge/stages.ts';
import type { Assessment, GateResult, Role } from '../model.ts';
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { inertInline } from './inert.ts';
import { asSentence, blocks, bullets, command } from './markdown.ts';
import { mention, personOf, quietName, roleTitle, stageTitle } from './names.ts';
import { holding } from './needed.ts';
import { writeApprovers } from './sentence.ts';
import type { CommentView, Ended, Pause } from './view.ts';
import { asMarkdown } from './words.ts';

/** Reasons shown at the top when no question is left; all of them stand in the checklist below. */
const MOST_REASONS = 3;
/** A person's reason in the sentence at the top. */
const REASON_LENGTH = 200;

export function writeHeadline(view: CommentView, policy: Policy): string {
  const { assessment } = view;
  const { ended, pause } = view;
  const title = [
    ended ? outcomeTitle(ended.outcome) : '',
    pause && !ended ? 'On hold' : '',
    stageTitle(assessment.stage.current, policy),
    ended || isAllAsked(view) ? '' : completeness(assessment),
  ];
  return blocks([
    `### ${title.filter(Boolean).map(calm).join(' · ')}`,
    writeMovers(view, policy),
    ended ? endedWords(ended) : pause ? pauseWords(pause) : standWords(view, policy),
    ended ? '' : writeServices(assessment, policy),
    ...view.remarks.map((remark) => `Note: ${calm(asSentence(remark))}`),
  ]);
}

/** Nothing more is asked: papers that are still on their way are counted where they stand. */
function isAllAsked(view: CommentView): boolean {
  return view.assessment.stage.next === null && holding(view).length === 0;
}

function standWords(view: CommentView, policy: Policy): string {
  return nothingRead(view.assessment) ? nothingReadWords() : writeStatus(view, policy);
}

const OUTCOMES: Readonly<Record<string, string>> = {
  won: 'Won',
  lost: 'Lost',
  sku: 'Standard offering',
  partner: 'Partner',
};

function outcomeTitle(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome;
}

function endedWords({ outcome, by, reason, closed }: Ended): string {
  const who = by === null ? 'A person' : quietName(by);
  const why = reason === '' ? '' : `: ${inertInline(reason, REASON_LENGTH)}`;
  const end = closed ? ' The issue is closed; opened again, I go on where it stood.' : '';
  return `${who} said that this ended as **${calm(outcomeTitle(outcome))}**${why}.${end}`;
}

function pauseWords({ until, due, by, reason }: Pause): string {
  const who = by === null ? 'A person put this on hold' : `${quietName(by)} put this on hold`;
  const end =
    until === null
      ? `, without a date. ${command('hold DATE REASON')} sets one.`
      : ` until ${calm(until)}${due ? ', and that day has come' : ''}.`;
  const why = reason === '' ? '' : ` The reason: ${inertInline(reason, REASON_LENGTH)}.`;
  return `${who}${end}${why} I ask nobody for anything meanwhile; ${command('resume')} ends it.`;
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
    const who = person ? '' : whoInstead(role, roles, policy);
    titlesByName.set(name, [...(titlesByName.get(name) ?? []), title + who]);
  }
  const names = [...titlesByName].map(([name, titles]) =>
    name === '' ? titles.join(', ') : `${name} (${titles.join(', ')})`,
  );
  return `Next: ${names.join(', ')}`;
}

/** A role without a person: those who may approve in it, by name and without a call. */
function whoInstead(role: Role, roles: CommentView['roles'], policy: Policy): string {
  const approvers = policy.people.approvers.get(role) ?? [];
  if (approvers.length > 0) return ` (${asMarkdown(writeApprovers(approvers))})`;
  return roles.has(role) ? ' (nobody yet)' : '';
}

function writeStatus(view: CommentView, policy: Policy): string {
  const { stageChangedNow } = view;
  const left = writeWhatIsLeft(view, policy);
  return stageChangedNow ? `${movedWords(view, stageChangedNow.to, policy)} ${left}` : left;
}

function movedWords({ history }: CommentView, to: string, policy: Policy): string {
  const stage = `**${calm(stageTitle(to, policy))}**`;
  const last = history.at(-1);
  const by = last?.stage === to ? last.by : 'bot';
  if (by === 'bot') return `Everything that ${stage} asks for was here, so I moved the issue on.`;
  const who = by === 'person' ? 'A person' : quietName(by.username);
  if (last?.undo) return `${who} took the last move back, so this is in ${stage} again.`;
  const gaps = last?.gaps?.length ?? 0;
  const open =
    gaps === 0 ? '' : ` with ${gaps === 1 ? 'one condition' : `${gaps} conditions`} open`;
  const why = last?.reason ? ` (${inertInline(last.reason, REASON_LENGTH)})` : '';
  return `${who} moved this to ${stage}${open}${why}.`;
}

function writeWhatIsLeft(view: CommentView, policy: Policy): string {
  const { stage } = view.assessment;
  const needed = holding(view).length;
  if (stage.next === null) {
    if (needed === 0 && stage.lapsed.length > 0) {
      return `The ${calm(roleTitle('em', policy))} takes it from here, with this still open:\n\n${reasons(stage.lapsed)}`;
    }
    return needed === 0
      ? `I have no more questions; the ${calm(roleTitle('em', policy))} takes it from here.`
      : `${needed === 1 ? 'One more answer helps' : `${needed} more answers help`} the delivery team.`;
  }
  const next = `**${calm(stageTitle(stage.next, policy))}**`;
  if (needed > 0) {
    const answers = needed === 1 ? 'One answer is' : `${needed} answers are`;
    return `${answers} still needed before this can move to ${next}.`;
  }
  const held = gatesBefore(
    policy.stages.find(({ id }) => id === stage.next),
    stage,
  );
  if (held.length === 0) {
    return `Everything for ${next} is here.`;
  }
  return `What is left before ${next}:\n\n${reasons(held)}`;
}

function reasons(gates: readonly GateResult[]): string {
  return bullets(gates.slice(0, MOST_REASONS).map(({ reason }) => calm(asSentence(reason))));
}

/** Beside inferred types there are only those that a command added. */
function writeServices({ serviceTypes }: Assessment, policy: Policy): string {
  const titles = (inferred: boolean): string =>
    serviceTypes
      .filter(({ from }) => (from === 'inferred') === inferred)
      .map(({ id }) => policy.services.find((service) => service.id === id)?.title ?? id)
      .map((title) => `**${calm(title)}**`)
      .join(', ');
  const read = titles(true);
  if (read === '') return '';
  const added = titles(false);
  const more = added === '' ? '' : `; ${added} was added by a command`;
  return `I read this as ${read}${more}. If that is wrong, ${command('set service_types …')} puts it right.`;
}
