/** Issue + facts + policy + now → the least changes that bring the issue to where it should be. Pure. */
import { assess } from './judge/assess.ts';
import { dueDates } from './judge/gaps.ts';
import type { Assessment, Facts, IssueState, Plan, Reading } from './model.ts';
import { changeAssignees } from './plan/assignees.ts';
import { changeIssue, changeNotes, writeReplies } from './plan/changes.ts';
import { judgeCommands } from './plan/commands.ts';
import { readDescribed } from './plan/described.ts';
import { readDecisions, readStage } from './plan/label-decisions.ts';
import { changeLabels, concludeLabels } from './plan/labels.ts';
import { Known } from './plan/lookups.ts';
import { type Memory, noMemory, writeMemory } from './plan/memory.ts';
import { findMovers } from './plan/movers.ts';
import { sortNotes } from './plan/own-notes.ts';
import { findPeople, type People } from './plan/people.ts';
import { whyHandsOff } from './plan/recognise.ts';
import { moveStage } from './plan/stage-move.ts';
import { buildView, findLive } from './plan/view.ts';
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
  const { issue, facts, policy, now, key } = input;
  const notes = sortNotes(issue, facts.bot, policy, key);
  const reason = whyHandsOff(issue, policy, notes.memory !== null);
  if (reason) return { kind: 'hands_off', reason };
  const memory = notes.memory ?? noMemory;
  const known = new Known(facts, memory.people, peopleSeen(issue));
  const decisions = readDecisions(policy, issue.labels, memory, facts.bot.id, known);
  const stage = readStage(policy, issue.labels, known);
  const described = readDescribed(issue, policy, now);
  const botUsername = facts.bot.username;
  const exposed = findAllExposed(issue, notes.people);
  const judgeReading = (reading: Reading, at: string | null, emKnown: boolean | null): Assessment =>
    assess(
      {
        reading,
        title: issue.title,
        labels: issue.labels,
        peoplesLabels: decisions?.peoples ?? [],
        removedServices: new Set(decisions?.removedServices),
        stage: at,
        emKnown,
        now,
        confidential: issue.confidential,
        exposed,
      },
      policy,
    );
  const asked = (): readonly string[] => judgeReading(described, null, null).applicable;
  const judging = { policy, memory, known, described, asked, key, botUsername };
  const commands = judgeCommands(notes.people, judging);
  if (!decisions || !stage || !commands) return { kind: 'lookups', lookups: known.needs };

  const { sets } = commands;
  const reading =
    sets.length === 0
      ? described
      : readIssue({ ...issue, writtenAt: issue.createdAt, sets }, policy, now);
  const judge = (at: string | null, emKnown: boolean | null): Assessment =>
    judgeReading(reading, at, emKnown);
  const people = findPeople(policy, issue, judge(stage.id, null).answers, memory, known);
  if (!people) return { kind: 'lookups', lookups: known.needs };

  const emKnown = people.manager.kind === 'known';
  const movedBy = lastMover(facts, policy) ?? '';
  const move = moveStage(
    policy,
    stage.id,
    decisions,
    memory,
    (at) => judge(at, emKnown),
    now,
    movedBy,
  );
  const { assessment } = move;
  // Said for as long as the issue stays in that stage, so that the comment is the same at the next look.
  const twoLabels = stage.several || (move.stage !== null && memory.twoLabelsIn === move.stage);
  const movers = findMovers(assessment, policy);
  const conclusions = concludeLabels(assessment, movers, move.labelled ? move.stage : null);
  const labels = changeLabels(policy, issue.labels, conclusions, decisions, memory);
  const assignees = changeAssignees(
    policy,
    issue,
    assessment,
    people,
    memory,
    facts.refusedAssignees,
  );
  const live = findLive(people, movers, move.stage, memory, facts.bot.id);
  const internal = issue.serviceDesk;
  const comment = writeComment(
    buildView({
      policy,
      issue,
      assessment,
      people,
      movers,
      live,
      labels,
      assignees,
      move,
      twoLabels,
      internal,
      botUsername,
    }),
    policy,
  );
  const warning = warnOfExposed(assessment, exposed, notes, memory, key);
  const remembered: Memory = {
    ...memory,
    ...assignees.memory,
    labels: labels.after,
    own: labels.own,
    held: move.held === undefined ? labels.held : { ...labels.held, stage: move.held },
    removedServices: stillRemoved(decisions.removedServices, labels.after, policy),
    stage: move.stage,
    history: move.history,
    em: rememberManager(people, memory),
    verdicts: commands.verdicts,
    mentioned: addMentioned(memory, move.stage, live),
    live,
    twoLabelsIn: twoLabels ? move.stage : null,
    warned: warning.warned,
    people: rememberPeople(people),
  };
  const body = `${comment.trimEnd()}\n\n${writeMemory(remembered, issue.ref, key)}`;
  const changes = [
    ...changeIssue(
      labels,
      assignees.ids,
      assignees.added.map(({ name }) => name),
    ),
    ...warning.changes,
    ...writeReplies(commands.refused, notes, memory, issue.serviceDesk),
    ...changeNotes(
      notes,
      body,
      internal,
      live.some((id) => !memory.live.includes(id)),
    ),
  ];
  return { kind: 'changes', changes, assessment, comment, lookAgainAt: nextDue(assessment, now) };
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

function rememberManager({ byRole, manager }: People, memory: Memory): Memory['em'] {
  const em = byRole.get('em');
  return manager.kind === 'known' && em ? { username: em.username, reason: em.source } : memory.em;
}

function rememberPeople({ byRole }: People): Memory['people'] {
  return Object.fromEntries(
    [...byRole.values()].flatMap(({ person }) => {
      if (!person) return [];
      const { id, username, name } = person;
      return [[username.toLowerCase(), { id, username, name }]];
    }),
  );
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

/** The day on which a promised answer is due, then the day after it, when the promise holds nothing up no longer. */
function nextDue(assessment: Assessment, now: string): string | null {
  const today = now.slice(0, 10);
  const next = dueDates(assessment.open, assessment.answers)
    .flatMap(({ date }) => [date, dayAfter(date)])
    .filter((date) => date > today)
    .toSorted()[0];
  return next ? `${next}T00:00:00.000Z` : null;
}

function dayAfter(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return '';
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
