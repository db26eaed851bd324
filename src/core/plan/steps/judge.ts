/** Fifth step: how the issue is judged in whatever stage it comes to, by all that was said and by what everybody can read. */
import type { Assessment } from '../../model.ts';
import { foldCommands } from '../commands/standing.ts';
import { readLeadSaid } from '../lead-said.ts';
import type { AfterFirstJudgement } from './first-judgement.ts';

export interface AfterJudging extends AfterFirstJudgement {
  /** As if it stood in this stage. */
  readonly judge: (at: string | null) => Assessment;
  /** The same without internal notes; null where these say nothing that counts. */
  readonly judgeOpenly: (at: string | null) => Assessment | null;
}

export function judge(first: AfterFirstJudgement): AfterJudging {
  const { policy, decisions, recalled, standing, said, before, reading, open, judgeReading } =
    first;
  const settled = {
    estimateStale: first.scope.stale,
    emKnown: first.people.manager.kind === 'known',
  };
  const leadSaid = readLeadSaid(policy, before.lead.role, standing.lead, decisions, recalled);
  const judgeOpenly = (at: string | null): Assessment | null => {
    if (!open) return null;
    const openly = foldCommands(open.judged, first.folding);
    const openIds = new Set(open.judged.map(({ id }) => id));
    const counting = [...standing.approvals].filter(([, { command }]) => openIds.has(command));
    const seen = {
      ...said,
      saidServices: openly.services,
      approvals: counting.map(([id]) => id),
    };
    const { role } = judgeReading(open.reading, at, seen).lead;
    return judgeReading(open.reading, at, {
      ...seen,
      ...settled,
      leadSaid: readLeadSaid(policy, role, openly.lead, decisions, recalled),
    });
  };
  return {
    ...first,
    judge: (at) => judgeReading(reading, at, { ...said, ...settled, leadSaid }),
    judgeOpenly,
  };
}
