/** Fourth step: a first judgement where the issue stands, and by it who is who and whether the accepted scope still holds. */
import type { AssessInput } from '../../judge/groundwork.ts';
import type { Assessment, Role } from '../../model.ts';
import { findNamedNow } from '../named-now.ts';
import { findPeople, type People } from '../people.ts';
import { checkScope, type ScopeCheck } from '../scope-change.ts';
import type { AfterReading } from './read.ts';

export interface AfterFirstJudgement extends AfterReading {
  /** What people said beside the answers, for the judge. */
  readonly said: Partial<AssessInput>;
  readonly before: Assessment;
  readonly scope: ScopeCheck;
  readonly people: People;
  /** Roles that a command to be carried out now gives to somebody. */
  readonly namedNow: ReadonlyMap<Role, string>;
}

/** Undefined when something has to be looked up first. */
export function judgeFirst(read: AfterReading): AfterFirstJudgement | undefined {
  const { policy, issue, memory, recalled, known, forgottenUntil, key } = read;
  const { standing, decisions, judged, customer, manager } = read;
  const said = {
    peoplesLabels: decisions.peoples,
    removedServices: new Set(decisions.removedServices),
    saidServices: standing.services,
    approvals: [...standing.approvals.keys()],
    sameCustomer: customer.others,
  };
  const before = read.judgeReading(read.reading, read.stage.id, said);
  const scope = checkScope(before, policy, memory.accepted, standing, forgottenUntil, key);
  const namedNow = findNamedNow(policy, before.answers, judged);
  const people = findPeople(policy, issue, before.answers, recalled, known, {
    manager,
    command: namedNow.get('em') ?? null,
    leadRule: before.lead.rule,
    ours: read.unremembered.ids,
    recheck: judged.some(({ fresh, order }) => fresh && order?.kind === 'recheck'),
  });
  return people && scope && { ...read, said, before, scope, people, namedNow };
}
