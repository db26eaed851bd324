/** Ninth step: what the next look is to know, on a closed issue no more than how it was found. */
import type { Policy } from '../../policy.ts';
import { rememberDescribed } from '../answer-age.ts';
import { withdrawnApprovals } from '../commands/standing.ts';
import { rememberCrm } from '../crm-history.ts';
import { rememberLead } from '../lead-change.ts';
import { rememberManager } from '../manager-memory.ts';
import type { Act, Memory } from '../memory.ts';
import { rememberMentioned } from '../mentions.ts';
import { rememberPeople } from '../people.ts';
import { rememberRoles } from '../role-rights.ts';
import { rememberTookBack } from '../took-back.ts';
import { assignedByChoice } from '../undo.ts';
import { rememberVerdicts } from '../verdicts.ts';
import { type Warning, warnOfExposed } from '../warning.ts';
import type { AfterCalling } from './call.ts';

export interface AfterRemembering extends AfterCalling {
  readonly next: Memory;
  /** As it stands by this look, also where `next` does not keep it. */
  readonly seen: Pick<Memory, 'lead' | 'crm' | 'withdrawn' | 'tookBack'> & {
    readonly described: NonNullable<Memory['described']>;
  };
  readonly warning: Warning;
  /** The issue is found to have ended, or to have ended otherwise. */
  readonly endedNow: boolean;
}

export function remember(called: AfterCalling): AfterRemembering {
  const { policy, issue, memory, assessment, standing, ending, closed, now, key } = called;
  const warning = warnOfExposed(assessment, called.exposed, called.notes, memory, key);
  const seen = {
    lead: rememberLead(assessment, memory, now),
    crm: closed ? memory.crm : rememberCrm(policy, assessment.answers, memory, now, key),
    withdrawn: withdrawnApprovals(memory, standing),
    tookBack: closed ? memory.tookBack : tookBackOf(called),
    described: rememberDescribed(issue, memory, now, key),
  };
  const endedNow = ending.outcome !== memory.outcome;
  const next = closed
    ? rememberClosed(called, endedNow)
    : { ...rememberOpen(called), ...seen, warned: warning.warned };
  return { ...called, next, seen, warning, endedNow };
}

function rememberOpen(called: AfterCalling): Memory {
  const { policy, memory, recalled, assessment, people, labels, assignees, move, now } = called;
  const { standing, ending } = called;
  return {
    ...memory,
    ...assignees.memory,
    known: true,
    labels: labels.after,
    own: labels.own,
    held: move.held === undefined ? labels.held : { ...labels.held, stage: move.held },
    removedServices: stillRemoved(called.decisions.removedServices, labels.after, policy),
    stage: move.stage,
    history: move.history,
    hold: move.hold,
    acts: actsOf(called),
    outcome: ending.outcome,
    closedAt: ending.closedAt,
    reopenedAt: ending.reopenedAt,
    approvals: Object.fromEntries(standing.approvals),
    subjects: standing.weighed.subjects,
    accepted: called.scope.accepted,
    ...rememberRoles(policy, people, assessment, memory),
    ...rememberManager(people.manager, recalled, assignees.after, now),
    verdicts: rememberVerdicts(called.judged, move, standing.weighed),
    mentioned: rememberMentioned(memory, move.stage, called.live),
    live: called.live,
    twoLabelsIn: called.twoLabels ? move.stage : null,
    ...rememberPeople(people, {
      policy,
      answers: assessment.answers,
      known: called.known,
      open: called.openNames,
      assigned: assignees.after,
    }),
    ...called.customer.memory,
  };
}

/** On a closed issue nothing but the words is written, so nothing else has happened: it is found closed, once. */
function rememberClosed(called: AfterCalling, endedNow: boolean): Memory {
  const { memory, judged, move, standing, ending, live } = called;
  const byCommand = endedNow && ending.outcome?.command;
  return {
    ...memory,
    known: true,
    verdicts: rememberVerdicts(judged, move, standing.weighed),
    outcome: ending.outcome,
    closedAt: ending.closedAt,
    acts: byCommand ? [...memory.acts, { kind: 'ending' }] : memory.acts,
    live,
  };
}

/** What can be taken back from now on. */
function actsOf({
  undoing,
  move,
  assignees,
  ending,
  recalled,
  memory,
  people,
}: AfterCalling): readonly Act[] {
  const broughtBack =
    recalled.em === memory.em ? null : (people.byRole.get('em')?.person?.id ?? null);
  return [
    ...undoing.left,
    ...move.acts,
    ...assignedByChoice(assignees, broughtBack),
    ...(ending.close ? [{ kind: 'ending' as const }] : []),
  ];
}

function tookBackOf(called: AfterCalling): Memory['tookBack'] {
  const { undoing, memory } = called;
  const didMore = actsOf(called).length > undoing.left.length;
  return rememberTookBack(undoing.newest, memory.tookBack, didMore);
}

/** A type whose label stands again is removed no longer, whoever put it back. */
function stillRemoved(
  ids: readonly string[],
  labels: readonly string[],
  { services }: Policy,
): readonly string[] {
  const back = new Set(services.filter(({ label }) => labels.includes(label)).map(({ id }) => id));
  return ids.filter((id) => !back.has(id));
}
