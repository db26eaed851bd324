/** Who is who on the issue and how we know, the moves so far, and what the next stage asks for. */
import type { FieldId, GateResult, Role, StageView } from '../model.ts';
import type { Policy } from '../policy.ts';
import { calm } from './calm.ts';
import { writeCrmStage } from './crm-stage.ts';
import { inertInline } from './inert.ts';
import { asSentence, blocks, bullets, fold, table } from './markdown.ts';
import { quietName, roleTitle, stageTitle } from './names.ts';
import type { CommentView, RoleView } from './view.ts';

/** A display name without anything that Markdown or GitLab could take up; digits might read as a commit. */
const HARMLESS_NAME = /^[\p{L}\p{M} '’,()-]{1,60}$/u;

export function writePeople(view: CommentView, policy: Policy): string {
  const { roles, assessment } = view;
  const rows = policy.roles.flatMap(({ id, field }) => {
    const role = roles.get(id);
    if (!role) return [];
    const leads = assessment.lead.role === id ? ', leads discovery' : '';
    return [[calm(roleTitle(id, policy) + leads), who(role), how(role, id, field)]];
  });
  if (rows.length === 0) return '';
  return blocks([
    '#### People',
    table(['Role', 'Who', 'How we know'], rows),
    calm(asSentence(assessment.lead.reason)),
    writeCrmStage(view, policy),
  ]);
}

function who(role: RoleView): string {
  if (role.username === null) return 'nobody';
  const quiet = quietName(role.username);
  if (role.name === '') return quiet;
  return `${HARMLESS_NAME.test(role.name) ? role.name : inertInline(role.name, 60)}, ${quiet}`;
}

function how(role: RoleView, id: Role, field: FieldId | null): string {
  if (role.username === null) return calm(role.reason);
  const spelling = role.known ? '' : '; please check the spelling';
  const source = calm(role.source + spelling);
  if (!role.inferred) return source;
  const form = inertInline(`/scoping assign ${id} @${role.username}`, 120);
  return `${source}, to be confirmed${field === null ? '' : `: ${form}`}`;
}

/** "To move to Proposal: 4 of 6 conditions hold", folded, each with its reason; and what no longer holds. */
export function writeGates(view: CommentView, policy: Policy): string {
  const { stage } = view.assessment;
  return blocks([writeLapsed(view, policy), view.ended ? '' : writeNextGates(stage, policy)]);
}

function writeNextGates(stage: StageView, policy: Policy): string {
  if (stage.next === null || stage.gates.length === 0) return '';
  const passed = stage.gates.filter((gate) => gate.passed).length;
  const items = stage.gates.map((gate) => `${gate.passed ? '✓' : '–'} ${gateWords(gate, policy)}`);
  const summary = `To move to ${stageTitle(stage.next, policy)}: ${passed} of ${stage.gates.length} conditions met`;
  return fold(summary, bullets(items));
}

/** Gates behind the issue that are open: since a person moved it past them, or because they no longer hold. */
function writeLapsed(
  { assessment: { stage }, history, ended }: CommentView,
  policy: Policy,
): string {
  if (stage.lapsed.length === 0 || ended) return '';
  const isPassedOver = ({ id }: GateResult): boolean =>
    sincePassing(id, history, policy).some(({ gaps = [] }) => gaps.includes(id));
  const since = stage.lapsed.filter(isPassedOver);
  const gone = stage.lapsed.filter((gate) => !isPassedOver(gate));
  const list = (title: string, gates: StageView['lapsed']): string =>
    gates.length === 0
      ? ''
      : `${title}\n\n${bullets(gates.map((gate) => gateWords(gate, policy)))}`;
  return blocks([
    '#### Open from earlier stages',
    list('Passed over when a person moved the issue on:', since),
    list('Held before, and does not hold any more:', gone),
  ]);
}

/** The moves since the issue last came through a gate: what was open when it did so earlier tells nothing any more. */
function sincePassing(
  gate: string,
  history: CommentView['history'],
  policy: Policy,
): CommentView['history'] {
  const road = policy.stages.filter(({ hold }) => !hold);
  const behind = road.findIndex(({ enterWhen }) => enterWhen.some(({ id }) => id === gate));
  const reached = history.map(({ stage }) => road.findIndex(({ id }) => id === stage));
  const passing = reached.findLastIndex((at, i) => at >= behind && (reached[i - 1] ?? -1) < behind);
  return passing < 0 ? history : history.slice(passing);
}

function gateWords({ id, reason }: StageView['gates'][number], policy: Policy): string {
  return `**${calm(gateTitle(id, policy))}**: ${calm(asSentence(reason))}`;
}

function gateTitle(id: string, policy: Policy): string {
  const gates = policy.stages.flatMap(({ enterWhen }) => enterWhen);
  return gates.find((gate) => gate.id === id)?.title ?? id.replaceAll('_', ' ');
}

export function writeHistory({ history }: CommentView, policy: Policy): string {
  if (history.length === 0) return '';
  const items = history.map(({ stage, at, by, gaps = [], reason = '', undo = false }) => {
    const person =
      by === 'bot' ? '' : by === 'person' ? ', by a person' : `, by ${quietName(by.username)}`;
    const back = undo ? ' (the move before was taken back)' : '';
    const why = reason === '' ? '' : `, ${inertInline(reason, 200)}`;
    const open =
      gaps.length === 0
        ? ''
        : ` (open then: ${gaps.map((id) => calm(gateTitle(id, policy))).join(', ')})`;
    return `${calm(at.slice(0, 10))}: ${calm(stageTitle(stage, policy))}${person}${back}${why}${open}`;
  });
  return fold('Moves so far', bullets(items));
}
