/** Tenth step: the status comment, with what is remembered hidden in it. */
import { roadOf } from '../../judge/stages.ts';
import { writeComment } from '../../say/comment.ts';
import { hasOldAnswers } from '../answer-age.ts';
import { differsInAskingOnly } from '../asked-again.ts';
import { viewCrm } from '../crm-history.ts';
import { withinBounds } from '../growth.ts';
import { sayLeadChange } from '../lead-change.ts';
import type { Memory } from '../memory.ts';
import { writeMemory } from '../memory-note.ts';
import { tellOpenly } from '../openly.ts';
import { sayTookBack } from '../took-back.ts';
import { buildView } from '../view.ts';
import type { AfterRemembering } from './remember.ts';

export interface AfterTelling extends AfterRemembering {
  /** What people read. */
  readonly comment: string;
  /** The whole note. */
  readonly body: string;
}

export function tell(remembered: AfterRemembering): AfterTelling {
  const { policy, issue, assessment, openly, scope, ending, move, key, seen, next } = remembered;
  const { answers } = assessment;
  const internal = issue.serviceDesk;
  const told = openly && !internal ? tellOpenly(assessment, openly) : assessment;
  const people = remembered.notes.people;
  const view = buildView({
    ...remembered,
    assessment: told,
    internal,
    botUsername: remembered.facts.bot.username,
    atTheEnd: () => remembered.judge(roadOf(policy).at(-1)?.id ?? null),
    approvals: remembered.standing.approvals,
    withdrawn: seen.withdrawn,
    staleBecause: scope.why,
    scopeUnsure: scope.unsure,
    oldAnswers: hasOldAnswers(answers, remembered.sets, seen.described.at, ending.reopenedAt),
    crm: viewCrm(policy, seen.crm, answers, people, !internal, key),
    tookBack: sayTookBack(seen.tookBack, remembered.judged, internal),
    leadChange: sayLeadChange(seen.lead, told, move.history, policy),
  });
  const by = remembered.facts.bot.id;
  const write = (memory: Memory): { comment: string; body: string } => {
    const state = writeMemory({ ...memory, by }, issue.ref, key);
    const comment = writeComment(view, policy, state.length + 2);
    return { comment, body: `${comment.trimEnd()}\n\n${state}` };
  };
  const kept = withinBounds(next);
  const before = remembered.memory;
  const as = differsInAskingOnly(kept, before) ? write(before) : null;
  const stands = as !== null && as.body === remembered.notes.status?.body;
  return { ...remembered, ...(stands ? as : write(kept)) };
}
