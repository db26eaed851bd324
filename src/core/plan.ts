/**
 * Issue + facts + policy + now → the least changes that bring the issue to where it should be. Pure.
 * Long, because it is the one place where the order of all steps is read.
 */
import type { AssessInput } from './judge/groundwork.ts';
import { roadOf } from './judge/stages.ts';
import type { AcceptedSet, Assessment, Change, Facts, IssueState, Plan, Reading } from './model.ts';
import { hasOldAnswers, rememberDescribed } from './plan/answer-age.ts';
import { assessOnce } from './plan/assess-once.ts';
import { type AssigneeChange, changeAssignees } from './plan/assignees.ts';
import { asSpelled, inPolicySpelling } from './plan/canonical-labels.ts';
import { changeIssue, changeNotes, writeReplies } from './plan/changes.ts';
import { findChosenBefore } from './plan/chosen-before.ts';
import { hasPapers, standsIn, type Weighed } from './plan/commands/approvals.ts';
import { takenAtOnce } from './plan/commands/at-once.ts';
import { type Judged, judgeCommands } from './plan/commands/judge.ts';
import { findOffers } from './plan/commands/offers.ts';
import { hearClosed } from './plan/commands/on-closed.ts';
import { foldCommands, withdrawnApprovals } from './plan/commands/standing.ts';
import { type Conclusions, concludeLabels } from './plan/conclusions.ts';
import { crmStageOf, rememberCrm, viewCrm } from './plan/crm-history.ts';
import { readDescribed } from './plan/described.ts';
import { nextDue } from './plan/due.ts';
import { rememberManager, unsayManager } from './plan/engagement-manager.ts';
import { withinBounds } from './plan/growth.ts';
import { readDecisions, readStage } from './plan/label-decisions.ts';
import { changeLabels } from './plan/labels.ts';
import { rememberLead, sayLeadChange } from './plan/lead-change.ts';
import { readLeadSaid } from './plan/lead-said.ts';
import { Known } from './plan/lookups.ts';
import { nameMembers } from './plan/member-names.ts';
import { type Act, type Memory, noMemory, type Verdict, writeMemory } from './plan/memory.ts';
import { isMemoryLost } from './plan/memory-lost.ts';
import { findLive } from './plan/mentions.ts';
import { findMovers } from './plan/movers.ts';
import { asPersons, findNamedNow } from './plan/named-now.ts';
import { hearNewest } from './plan/newest-word.ts';
import { labelOpenly, openlySaid, tellOpenly } from './plan/openly.ts';
import { openlyNamed } from './plan/openly-named.ts';
import { findEnding } from './plan/outcome.ts';
import { sortNotes } from './plan/own-notes.ts';
import { findPeople, rememberPeople } from './plan/people.ts';
import { whyHandsOff } from './plan/recognise.ts';
import { withRefusals } from './plan/refusals.ts';
import { rememberRoles } from './plan/role-rights.ts';
import { findSameCustomer } from './plan/same-customer.ts';
import { checkScope } from './plan/scope-change.ts';
import { actsUntilNow, moveStage, type StageMove, wasInterrupted } from './plan/stage-move.ts';
import { planUndo } from './plan/undo.ts';
import { buildView } from './plan/view.ts';
import { findAllExposed, warnOfExposed } from './plan/warning.ts';
import type { Policy } from './policy.ts';
import { readIssue } from './read/issue.ts';
import { writeComment } from './say/comment.ts';

export interface PlanInput {
  readonly issue: IssueState;
  readonly facts: Facts;
  readonly policy: Policy;
  /** ISO time; the only clock there is. */
  readonly now: string;
  /** Signs what is remembered in the comment. */
  readonly key: string;
}

/**
 * Either the changes, or the lookups without which it cannot be decided: fetch them, ask again.
 * Planning again after the changes are done gives no changes.
 */
export function planIssue(input: PlanInput): Plan {
  return look(input, null, null);
}

/**
 * `shownRoles`: who has a role by what the issue shows, where memory does not tell; `reached`: where the issue
 * comes to stand, where that decides which approvals count. Both null in the first round.
 */
function look(
  input: PlanInput,
  shownRoles: Memory['roleIds'] | null,
  reached: string | null,
): Plan {
  const { policy, now, key } = input;
  const respelled = inPolicySpelling(policy, input.issue, input.facts);
  const { issue, facts, standing: asTheyStand } = respelled;
  const notes = sortNotes(issue, facts.bot, policy, key);
  const reason = whyHandsOff(issue, policy, notes.memory !== null);
  if (reason) return { kind: 'hands_off', reason };
  const closed = issue.state === 'closed';
  const memory = notes.memory ?? noMemory;
  const openNames = openlyNamed(issue);
  const asking = { absent: memory.absent, now, key, open: openNames };
  const known = new Known(facts, memory.people, peopleSeen(issue), asking);
  const decided = readDecisions(policy, issue.labels, memory, facts.bot.id, known);
  const stage = readStage(policy, issue.labels, known);
  const described = readDescribed(issue, policy, now);
  const botUsername = facts.bot.username;
  const exposed = findAllExposed(issue, notes.people);
  const judgeReading = (
    reading: Reading,
    at: string | null,
    more: Partial<AssessInput>,
  ): Assessment =>
    assessOnce(
      {
        reading,
        title: issue.title,
        // What we put on ourselves tells nothing that we do not know.
        labels: issue.labels.filter((label) => !decided?.own.includes(label)),
        peoplesLabels: decided?.peoples ?? [],
        removedServices: new Set(decided?.removedServices),
        stage: at,
        emKnown: null,
        now,
        confidential: issue.confidential,
        exposed,
        ...more,
      },
      policy,
    );
  const lost = (): boolean | undefined => isMemoryLost(memory, notes, policy, facts.bot.id, known);
  const offers = findOffers(notes.people, described, policy);
  const stands = reached ?? standsIn(policy, stage?.id ?? null, memory);
  const given = judgeCommands(notes.people, {
    policy,
    memory,
    memoryLost: lost,
    shownRoles,
    replied: notes.replied,
    known,
    described,
    asked: () => judgeReading(described, null, {}).applicable,
    offers,
    stage: stands,
    key,
    botUsername,
  });
  if (!decided || !stage || !given) return { kind: 'lookups', lookups: known.needs };

  const interrupted = wasInterrupted(policy, decided, memory, facts.labelEvents);
  const until = actsUntilNow(policy, stage.id, decided, memory, interrupted);
  const undoing = planUndo(closed ? [] : given, until, interrupted);
  const left = closed ? hearClosed(given, memory) : undoing.judged;
  const heard = hearNewest({ judged: left, decisions: decided, issue, memory, policy, known });
  if (!heard) return { kind: 'lookups', lookups: known.needs };
  const { judged, decisions } = heard;
  const undone = [...undoing.taken.values()];
  const commandsUndone = undone.flatMap((act) => (act.kind === 'command' ? act.id : []));
  const recalled = { ...unsayManager(memory, commandsUndone), held: heard.held };
  const folding = { offers, policy, memory, described, stage: stands, key };
  const standing = foldCommands(judged, folding);
  const sets = [...takenAtOnce(policy, offers, described), ...standing.sets];
  const readWith = (said: readonly AcceptedSet[]): Reading =>
    said.length === 0
      ? described
      : readIssue({ ...issue, writtenAt: issue.createdAt, sets: said }, policy, now);
  const read = readWith(sets);
  const open = openlySaid(judged, sets);
  const reading = nameMembers(read, policy, known);
  const openReading = open && nameMembers(readWith(open.sets), policy, known);
  const customer = findSameCustomer(policy, issue, read.answers, memory, known, key);
  if (!reading || !customer || openReading === undefined) {
    return { kind: 'lookups', lookups: known.needs };
  }
  const saidServices = standing.services;
  const approvals = [...standing.approvals.keys()];
  const sameCustomer = customer.others ? { sameCustomer: customer.others } : {};
  const said = {
    peoplesLabels: decisions.peoples,
    removedServices: new Set(decisions.removedServices),
    saidServices,
    approvals,
    ...sameCustomer,
  };
  const before = judgeReading(reading, stage.id, said);
  const leadSaid = readLeadSaid(policy, before.lead.role, standing.lead, decisions, recalled);
  const scope = checkScope(before, policy, memory.accepted, standing, lost, key);
  const judge = (at: string | null, emKnown: boolean | null): Assessment =>
    judgeReading(reading, at, {
      ...said,
      estimateStale: scope?.stale ?? false,
      leadSaid,
      emKnown,
    });
  const judgeOpenly = (at: string | null): Assessment | null => {
    if (!open || !openReading) return null;
    const openly = foldCommands(open.judged, folding);
    const openIds = new Set(open.judged.map(({ id }) => id));
    const counting = [...standing.approvals].filter(([, { command }]) => openIds.has(command));
    const seen = {
      ...said,
      saidServices: openly.services,
      approvals: counting.map(([id]) => id),
    };
    const { role } = judgeReading(openReading, at, seen).lead;
    return judgeReading(openReading, at, {
      ...seen,
      estimateStale: scope?.stale ?? false,
      leadSaid: readLeadSaid(policy, role, openly.lead, decisions, recalled),
      emKnown,
    });
  };
  const namedNow = findNamedNow(policy, before.answers, judged);
  const people = findPeople(policy, issue, before.answers, recalled, known, {
    manager: heard.manager,
    command: namedNow.get('em') ?? null,
    leadRule: before.lead.rule,
    recheck: judged.some(({ fresh, order }) => fresh && order?.kind === 'recheck'),
  });
  if (!people || !scope) return { kind: 'lookups', lookups: known.needs };

  const emKnown = people.manager.kind === 'known';
  const orders = closed ? [] : standing.orders;
  const ending = findEnding(policy, issue, decisions.peoples, standing.orders, memory, now);
  const move = moveStage({
    policy,
    labelled: stage.id,
    decisions,
    memory,
    orders,
    interrupted,
    chosenBefore: findChosenBefore({
      policy,
      judged,
      lost: !memory.known,
      replied: notes.replied,
      labelled: stage.id,
      events: facts.labelEvents,
    }),
    frozen: closed,
    undo: undoing.taken,
    judge: (at) => judge(at, emKnown),
    now,
    movedBy: lastMover(facts, policy) ?? '',
  });
  const { assessment } = move;
  // Without memory, rights that come from a role on the issue are known only now: the commands are judged by them.
  if (!memory.known && shownRoles === null && given.some(({ verdict }) => !verdict.accepted)) {
    return look(input, rememberRoles(policy, people, assessment, memory).roleIds, null);
  }
  const approving = given.some(({ command }) => command.verb === 'approve');
  if (
    approving &&
    reached === null &&
    hasPapers(move.stage, policy) !== hasPapers(stands, policy)
  ) {
    return look(input, shownRoles, move.stage);
  }
  // Said for as long as the issue stays in that stage, so that the comment is the same at the next look.
  const twoLabels = stage.several || (move.stage !== null && memory.twoLabelsIn === move.stage);
  const idle = ending.key !== null || move.hold !== null || closed;
  const noManager = people.manager.kind === 'later';
  const movers = idle ? [] : findMovers(assessment, policy, noManager);
  const pause = policy.stages.find(({ hold }) => hold)?.id ?? move.stage;
  const labelled = move.labelled ? move.stage : null;
  const standAt = move.hold ? pause : labelled;
  const openly = judgeOpenly(assessment.stage.current);
  const conclude = (judged: Assessment): Conclusions =>
    concludeLabels(judged, movers, standAt, ending.key, crmStageOf(policy, judged.answers));
  const concluded = conclude(assessment);
  const conclusions =
    openly && !issue.confidential ? labelOpenly(concluded, conclude(openly), policy) : concluded;
  const changed = changeLabels(policy, issue.labels, conclusions, decisions, recalled);
  const labels = asSpelled(changed, asTheyStand);
  const named = asPersons(namedNow, people);
  const assignees = changeAssignees({
    policy,
    issue,
    assessment,
    people,
    memory: recalled,
    managerBefore: recalled.em && known.remembered(recalled.em.username),
    refusedNow: facts.refusedAssignees,
    takenBack: undoneAssignments(undone, memory),
    named,
  });
  const quiet = standing.quietUntil !== null && standing.quietUntil > now.slice(0, 10);
  const called = movers.filter((role) => !assessment.lead.candidates?.includes(role));
  const live = quiet ? [] : findLive(people, called, assessment, move.stage, memory, facts.bot.id);
  const lead = rememberLead(assessment, memory, now);
  const internal = issue.serviceDesk;
  const withdrawn = withdrawnApprovals(memory, standing);
  const warning = warnOfExposed(assessment, exposed, notes, memory, key);
  const description = rememberDescribed(issue, memory, now, key);
  const crm = closed ? memory.crm : rememberCrm(policy, assessment.answers, memory, now, key);
  const broughtBack =
    recalled.em === memory.em ? null : (people.byRole.get('em')?.person?.id ?? null);
  const acts: readonly Act[] = [
    ...undoing.left,
    ...move.acts,
    ...assignedByChoice(assignees, broughtBack),
    ...(ending.close ? [{ kind: 'ending' as const }] : []),
  ];
  const { weighed } = standing;
  const verdicts = Object.fromEntries(
    judged.map((each) => [each.id, { ...asRemembered(each, move), ...asWeighed(each, weighed) }]),
  );
  const remembered: Memory = {
    ...memory,
    ...assignees.memory,
    known: true,
    labels: labels.after,
    own: labels.own,
    held: move.held === undefined ? labels.held : { ...labels.held, stage: move.held },
    removedServices: stillRemoved(decisions.removedServices, labels.after, policy),
    stage: move.stage,
    history: move.history,
    hold: move.hold,
    acts,
    outcome: ending.outcome,
    closedAt: ending.closedAt,
    reopenedAt: ending.reopenedAt,
    described: description,
    approvals: Object.fromEntries(standing.approvals),
    withdrawn,
    subjects: weighed.subjects,
    accepted: scope.accepted,
    ...rememberRoles(policy, people, assessment, memory),
    ...rememberManager(people.manager, recalled, assignees.after, now),
    verdicts,
    mentioned: addMentioned(memory, move.stage, live),
    live,
    twoLabelsIn: twoLabels ? move.stage : null,
    warned: warning.warned,
    ...rememberPeople(people, {
      policy,
      answers: assessment.answers,
      known,
      open: openNames,
      assigned: assignees.after,
    }),
    lead,
    ...customer.memory,
    crm,
  };
  // On a closed issue nothing but the words is written, so nothing else has happened: it is found closed, once.
  const endedNow = ending.outcome !== memory.outcome;
  const kept: Memory = closed
    ? {
        ...memory,
        known: true,
        verdicts,
        outcome: ending.outcome,
        closedAt: ending.closedAt,
        acts:
          endedNow && ending.outcome?.command ? [...memory.acts, { kind: 'ending' }] : memory.acts,
        live,
      }
    : remembered;
  const state = writeMemory(withinBounds(kept), issue.ref, key);
  const told = openly && !internal ? tellOpenly(assessment, openly) : assessment;
  const comment = writeComment(
    buildView({
      policy,
      issue,
      assessment: told,
      people,
      movers,
      live,
      labels,
      assignees,
      move,
      twoLabels,
      internal,
      botUsername,
      judged,
      offers,
      ending,
      atTheEnd: () => judge(roadOf(policy).at(-1)?.id ?? null, emKnown),
      approvals: standing.approvals,
      withdrawn,
      staleBecause: scope.why,
      scopeUnsure: scope.unsure,
      oldAnswers: hasOldAnswers(assessment.answers, sets, description.at, ending.reopenedAt),
      quietUntil: quiet ? standing.quietUntil : null,
      now,
      crm: viewCrm(policy, crm, assessment.answers, notes.people, !internal, key),
      leadChange: sayLeadChange(lead, told, move.history, policy),
    }),
    policy,
    state.length + 2,
  );
  const body = `${comment.trimEnd()}\n\n${state}`;
  const mentionsAnew = live.some((id) => !memory.live.includes(id));
  const written = changeNotes(notes, body, internal, mentionsAnew);
  if (closed) {
    const asked = judged.some(({ fresh }) => fresh) || endedNow || memory.closedAt === null;
    return {
      kind: 'changes',
      changes: asked ? written : [],
      assessment,
      comment,
      lookAgainAt: null,
    };
  }
  const names = assignees.added.map(({ name }) => name);
  const changes: Change[] = [
    ...changeIssue(labels, assignees.ids, names, ending.close),
    ...customer.changes,
    ...warning.changes,
    ...writeReplies(
      withRefusals(judged, [undoing.refusals, move.refusals]),
      notes,
      memory,
      issue.serviceDesk,
    ),
    ...written,
  ];
  const due = [move.hold?.until ?? null, quiet ? standing.quietUntil : null];
  return {
    kind: 'changes',
    changes,
    assessment,
    comment,
    lookAgainAt: nextDue(assessment, due, now),
  };
}

/** Whom an undone act had assigned: by our own choice, or with the command. */
function undoneAssignments(undone: readonly Act[], { placed }: Memory): readonly number[] {
  return undone.flatMap((act) => {
    if (act.kind === 'assign') return act.ids;
    if (act.kind !== 'command') return [];
    return Object.entries(placed).flatMap(([id, by]) => (by === act.id ? [Number(id)] : []));
  });
}

/**
 * Whoever a command names is assigned with it, which is undone with it, and taking back is nothing done:
 * neither is an act of its own.
 */
function assignedByChoice(
  { added, memory: { placed } }: AssigneeChange,
  broughtBack: number | null,
): readonly Act[] {
  const ids = added.flatMap(({ id }) => (placed[id] === '' && id !== broughtBack ? [id] : []));
  return ids.length > 0 ? [{ kind: 'assign', ids }] : [];
}

/** What could not be carried out is no earlier command; help is shown while the issue is in this stage. */
function asRemembered({ id, verdict, order, fresh }: Judged, move: StageMove): Verdict {
  if (move.refusals.has(id)) return { ...verdict, accepted: false };
  const shown = order?.kind === 'help' || order?.kind === 'explain';
  return shown && fresh ? { ...verdict, stage: move.stage ?? '' } : verdict;
}

/** Of an approval: what it was given for, and whether that is gone. */
function asWeighed({ id }: Judged, { given, old }: Weighed): Partial<Verdict> {
  const subject = given.get(id);
  return {
    ...(subject === undefined ? {} : { given: subject }),
    ...(old.some((each) => each.id === id) ? { old: true } : {}),
  };
}

function peopleSeen(issue: IssueState): IssueState['assignees'] {
  return [...issue.assignees, issue.author, ...issue.notes.map(({ author }) => author)];
}

function lastMover({ labelEvents }: Facts, policy: Policy): string | undefined {
  const names = new Set(policy.stages.map(({ label }) => label));
  return labelEvents?.findLast(({ label }) => names.has(label))?.username;
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

function addMentioned(
  memory: Memory,
  stage: string | null,
  live: readonly number[],
): Memory['mentioned'] {
  const key = stage ?? '';
  const earlier = Object.hasOwn(memory.mentioned, key) ? (memory.mentioned[key] ?? []) : [];
  return { ...memory.mentioned, [key]: [...new Set([...earlier, ...live])] };
}
