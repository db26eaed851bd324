/** Second step: hears what people said by label, command and assignment, and which of it still counts. */

import { type Judged, judgeCommands } from '../commands/judge.ts';
import { hearClosed } from '../commands/on-closed.ts';
import { actsUntilNow, wasInterrupted } from '../interrupted.ts';
import { type LabelDecisions, readDecisions, readStage } from '../label-decisions.ts';
import { unsayManager } from '../manager-memory.ts';
import type { Act, Memory } from '../memory.ts';
import { type Heard, hearNewest } from '../newest-word.ts';
import { standsIn } from '../stands-in.ts';
import { planUndo, type Undoing } from '../undo.ts';
import { findUnremembered, type Unremembered } from '../unremembered.ts';
import type { Ground } from './ground.ts';
import { type JudgeReading, judgeWith } from './judge-reading.ts';

/** What an earlier round has found out and this one has to know from the start. Both null in the first. */
export interface Round {
  /** Who has a role by what the issue shows, where memory does not tell. */
  readonly shownRoles: Memory['roleIds'] | null;
  /** Where the issue comes to stand, where that decides which approvals count. */
  readonly reached: string | null;
}

export interface AfterHearing extends Ground {
  readonly judgeReading: JudgeReading;
  /** The stage that the labels say. */
  readonly stage: { readonly id: string | null; readonly several: boolean };
  /** Where the issue stands, for the approvals. */
  readonly stands: string | null;
  /** Every command, with its verdict. */
  readonly given: readonly Judged[];
  /** The same as they count after undoing and newer words. */
  readonly judged: readonly Judged[];
  readonly decisions: LabelDecisions;
  readonly manager: Heard['manager'];
  /** See `wasInterrupted`. */
  readonly interrupted: string | null;
  /** Whom we put on just before that. */
  readonly unremembered: Unremembered;
  readonly undoing: Undoing;
  /** The acts that are taken back now. */
  readonly undone: readonly Act[];
  /** Memory as if what is taken back, and what newer words overrule, had never been. */
  readonly recalled: Memory;
}

/** Undefined when something has to be looked up first. */
export function hear(ground: Ground, { shownRoles, reached }: Round): AfterHearing | undefined {
  const { policy, issue, facts, known, closed, notes } = ground;
  const decided = readDecisions(policy, issue.labels, ground.memory, facts.bot.id, known);
  const stage = readStage(policy, issue.labels, known);
  const judgeReading = judgeWith(ground, decided);
  const stands = reached ?? standsIn(policy, stage?.id ?? null, ground.memory);
  const given = judgeCommands(notes.people, {
    ...ground,
    shownRoles,
    replied: notes.replied,
    asked: () => judgeReading(ground.described, null, {}).applicable,
    stage: stands,
    botUsername: facts.bot.username,
  });
  if (!decided || !stage || !given) return undefined;
  const unremembered = findUnremembered(ground, decided.own, given);
  if (!unremembered) return undefined;

  const { memory, acts } = unremembered;
  const interrupted = wasInterrupted(policy, decided, memory, facts.labelEvents);
  const until = actsUntilNow(policy, stage.id, decided, memory, interrupted, acts);
  const undoing = planUndo(closed ? [] : given, until, interrupted ?? unremembered.at);
  const left = closed ? hearClosed(given, memory) : undoing.judged;
  const heard = hearNewest({ judged: left, decisions: decided, issue, memory, policy, known });
  if (!heard) return undefined;
  const { judged, decisions, manager, held } = heard;
  const undone = [...undoing.taken.values()];
  const commandsUndone = undone.flatMap((act) => (act.kind === 'command' ? act.id : []));
  const recalled = { ...unsayManager(memory, commandsUndone), held };
  return {
    ...ground,
    memory,
    judgeReading,
    stage,
    stands,
    given,
    judged,
    decisions,
    manager,
    interrupted,
    unremembered,
    undoing,
    undone,
    recalled,
  };
}
