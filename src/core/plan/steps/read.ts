/** Third step: reads the issue together with what commands say, once in full and once as everybody can read it. */
import type { AcceptedSet, Reading } from '../../model.ts';
import { readIssue } from '../../read/issue.ts';
import { takenAtOnce } from '../commands/at-once.ts';
import type { Judged } from '../commands/judge.ts';
import { type Folding, foldCommands, type Standing } from '../commands/standing.ts';
import { nameMembers } from '../member-names.ts';
import { openlySaid } from '../openly.ts';
import { findSameCustomer, type SameCustomer } from '../same-customer.ts';
import type { AfterHearing } from './hear.ts';

export interface AfterReading extends AfterHearing {
  readonly folding: Folding;
  /** What holds by command. */
  readonly standing: Standing;
  /** Answers from comments. */
  readonly sets: readonly AcceptedSet[];
  readonly reading: Reading;
  /** Without internal notes; null where these say nothing that counts. */
  readonly open: { readonly judged: readonly Judged[]; readonly reading: Reading } | null;
  readonly customer: SameCustomer;
}

/** Undefined when something has to be looked up first. */
export function readSaid(heard: AfterHearing): AfterReading | undefined {
  const { judged, offers, policy, memory, described, stands, key, issue, now, known } = heard;
  const folding = { offers, policy, memory, described, stage: stands, key };
  const standing = foldCommands(judged, folding);
  const sets = [...takenAtOnce(policy, offers, described), ...standing.sets];
  const readWith = (said: readonly AcceptedSet[]): Reading =>
    said.length === 0
      ? described
      : readIssue({ ...issue, writtenAt: issue.createdAt, sets: said }, policy, now);
  const read = readWith(sets);
  const openly = openlySaid(judged, sets);
  const reading = nameMembers(read, policy, known);
  const openReading = openly && nameMembers(readWith(openly.sets), policy, known);
  const customer = findSameCustomer(policy, issue, read.answers, memory, known, key);
  if (!reading || !customer || openReading === undefined) return undefined;
  const open = openly && openReading && { judged: openly.judged, reading: openReading };
  return { ...heard, folding, standing, sets, reading, open, customer };
}
