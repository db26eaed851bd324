/** A command's words → what it asks for, or the sentence that says what is wrong with it. */
import type { Verb } from '../../policy.ts';
import {
  parseAccept,
  parseAssume,
  parseDefer,
  parseEstimate,
  parseNotApplicable,
  parseSet,
  parseSow,
  parseTake,
} from './answers.ts';
import type { CommandContext } from './context.ts';
import {
  parseAdvance,
  parseAlone,
  parseApprove,
  parseBack,
  parseHold,
  parseOutcome,
  parseSnooze,
  parseType,
} from './moves.ts';
import type { Order, Problem } from './order.ts';
import { parseAssign, parseLead } from './roles.ts';

const parsers: Readonly<Record<Verb, (context: CommandContext) => Order | Problem | undefined>> = {
  set: parseSet,
  take: parseTake,
  na: parseNotApplicable,
  assume: parseAssume,
  defer: parseDefer,
  type: parseType,
  lead: parseLead,
  assign: parseAssign,
  advance: parseAdvance,
  back: parseBack,
  hold: parseHold,
  resume: parseAlone('resume'),
  estimate: parseEstimate,
  accept: parseAccept,
  sow: parseSow,
  approve: parseApprove,
  won: parseOutcome,
  lost: parseOutcome,
  sku: parseOutcome,
  partner: parseOutcome,
  snooze: parseSnooze,
  recheck: () => ({ kind: 'recheck' }),
  explain: () => ({ kind: 'explain' }),
  undo: parseAlone('undo'),
  help: () => ({ kind: 'help' }),
};

/** Undefined while GitLab has to be asked about somebody named. Never looks at the state of the issue. */
export function parseCommand(context: CommandContext): Order | Problem | undefined {
  return parsers[context.spec.id](context);
}
