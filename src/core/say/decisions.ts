/** The decision record that `explain` shows: what was concluded, and from what. */
import type { Policy } from '../policy.ts';
import { offeringWords } from './advice.ts';
import { calm } from './calm.ts';
import { inertInline } from './inert.ts';
import { asSentence, blocks, bullets } from './markdown.ts';
import { quietName, roleTitle, stageTitle } from './names.ts';
import type { CommentView, RoleView } from './view.ts';

const FROM = {
  field: 'named in the issue or by a command',
  label: 'a person put the label on',
  inferred: 'concluded from the answers',
} as const;

/** '' unless somebody asked for it in this stage. */
export function writeDecisions(view: CommentView, policy: Policy): string {
  if (!view.show?.explain) return '';
  return blocks([
    '#### How I came to this',
    bullets([
      ...services(view, policy),
      lead(view, policy),
      ...people(view, policy),
      ...offering(view, policy),
      ...stage(view, policy),
      ...findings(view),
      ...view.remarks.map((remark) => calm(asSentence(remark))),
    ]),
  ]);
}

function services({ assessment: { serviceTypes } }: CommentView, policy: Policy): string[] {
  return serviceTypes.map(({ id, from }) => {
    const title = policy.services.find((service) => service.id === id)?.title ?? id;
    return `Service type **${calm(title)}**: ${FROM[from]}.`;
  });
}

function lead({ assessment: { lead: found } }: CommentView, policy: Policy): string {
  const who = found.role === 'unknown' ? 'nobody yet' : calm(roleTitle(found.role, policy));
  return `Lead **${who}** (${calm(found.rule)}): ${calm(asSentence(found.reason))}`;
}

function people({ roles }: CommentView, policy: Policy): string[] {
  return [...roles].map(([role, view]) => {
    const title = calm(roleTitle(role, policy));
    return `${title} ${personWords(view)}`;
  });
}

function personWords(view: RoleView): string {
  if (view.username === null) return `**nobody**: ${calm(asSentence(view.reason))}`;
  return `${quietName(view.username)}: ${calm(asSentence(view.source))}`;
}

function offering({ assessment: { recommendation } }: CommentView, policy: Policy): string[] {
  const { rule, reasons, wouldChange } = recommendation;
  const verdict = offeringWords(recommendation, policy, (title) => `**${calm(title)}**`);
  const why = reasons.map((reason) => calm(asSentence(reason)));
  const flip = wouldChange.map((each) => calm(asSentence(each)));
  const change = flip.length === 0 ? [] : ['What would change it:', ...flip];
  return [[rule === null ? verdict : `${verdict} (${calm(rule)})`, ...why, ...change].join(' ')];
}

function stage({ assessment: { stage: at } }: CommentView, policy: Policy): string[] {
  const state = (passed: boolean): string => (passed ? 'holds' : 'open');
  const next = at.gates.map(
    ({ id, passed, reason }) =>
      `Gate ${inertInline(id, 60)} for ${calm(stageTitle(at.next, policy))}: ${state(passed)}. ${calm(asSentence(reason))}`,
  );
  const behind = at.lapsed.map(
    ({ id, reason }) => `Gate ${inertInline(id, 60)} behind us: open. ${calm(asSentence(reason))}`,
  );
  return [...next, ...behind];
}

function findings({ assessment: { findings: all } }: CommentView): string[] {
  return all
    .filter(({ internal }) => !internal)
    .map(({ id, severity, message }) => `${calm(id)} (${severity}): ${calm(asSentence(message))}`);
}
