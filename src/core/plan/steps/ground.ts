/** First step, the ground for all others: the issue in the policy's words, what we remember of it, what its description says. */
import type { Exposed } from '../../exposed.ts';
import type { Facts, IssueState, Plan, Reading } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import { inPolicySpelling, type StandingLabels } from '../canonical-labels.ts';
import { findOffers, type Offers } from '../commands/offers.ts';
import { readDescribed } from '../described.ts';
import { Known } from '../lookups.ts';
import { type Memory, noMemory } from '../memory.ts';
import { forgottenUntil } from '../memory-lost.ts';
import { type OpenlyNamed, openlyNamed } from '../openly-named.ts';
import { type SortedNotes, sortNotes } from '../own-notes.ts';
import { whyHandsOff } from '../recognise.ts';
import { findAllExposed } from '../warning.ts';

export interface PlanInput {
  readonly issue: IssueState;
  readonly facts: Facts;
  readonly policy: Policy;
  /** ISO time; the only clock there is. */
  readonly now: string;
  /** Signs what is remembered in the comment. */
  readonly key: string;
}

/** Issue and facts have their labels in the policy's spelling. */
export interface Ground extends PlanInput {
  /** The labels as they are really spelled on the issue. */
  readonly asTheyStand: StandingLabels;
  readonly notes: SortedNotes;
  readonly closed: boolean;
  readonly memory: Memory;
  /** Until when we were here without remembering anything of it (ms); null: not so; undefined: look it up first. */
  readonly forgottenUntil: () => number | null | undefined;
  readonly known: Known;
  readonly openNames: OpenlyNamed;
  /** What the description alone says. */
  readonly described: Reading;
  readonly exposed: readonly Exposed[];
  /** Answers that people gave in comments. */
  readonly offers: Offers;
}

/** The plan to do nothing where the issue is none of ours. */
export function layGround(input: PlanInput): Ground | Extract<Plan, { kind: 'hands_off' }> {
  const { policy, now, key } = input;
  const { issue, facts, standing } = inPolicySpelling(policy, input.issue, input.facts);
  const notes = sortNotes(issue, facts.bot, policy, key);
  const reason = whyHandsOff(issue, policy, notes.memory !== null);
  if (reason) return { kind: 'hands_off', reason };
  const memory = notes.memory ?? noMemory;
  const openNames = openlyNamed(issue);
  const asking = { absent: memory.absent, now, key, open: openNames };
  const seen = [...issue.assignees, issue.author, ...issue.notes.map(({ author }) => author)];
  const known = new Known(facts, memory.people, seen, asking);
  const described = readDescribed(issue, policy, now);
  return {
    ...input,
    issue,
    facts,
    asTheyStand: standing,
    notes,
    closed: issue.state === 'closed',
    memory,
    forgottenUntil: () => forgottenUntil(input, memory, notes, known),
    known,
    openNames,
    described,
    exposed: findAllExposed(issue, notes.people),
    offers: findOffers(notes.people, described, policy),
  };
}
