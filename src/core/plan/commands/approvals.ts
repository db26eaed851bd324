/** How long an approval counts: for the estimate and the statement of work that stood when it was given, and no longer. */
import { roadOf } from '../../judge/stages.ts';
import type { AcceptedSet, Command, Note, Reading } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import { keyedHash, type Memory, type Verdict } from '../memory.ts';
import type { Order } from './order.ts';

/** What is asked of a command that was judged (`Judged`). */
interface Given {
  readonly id: string;
  readonly note: Note;
  readonly command: Command;
  readonly verdict: Verdict;
  readonly order: Order | null;
  readonly fresh: boolean;
}

/** The command that links the last paper. */
const paperVerb = 'sow';

/** Whether it is an approval of the statement of work; the others are of the estimate alone. */
function isOfPaper(approval: string, policy: Policy): boolean {
  const field = policy.approvals.find(({ id }) => id === approval)?.field ?? '';
  return policy.questionById.get(field)?.gate !== 'proposal';
}

/** The first stage that asks for the papers: before it there is nothing that could be approved. */
function paperStage(policy: Policy): Policy['stages'][number] | undefined {
  return roadOf(policy).find(({ asks }) => asks.includes('sow'));
}

/** Whether the issue has come as far as the papers. */
export function hasPapers(stage: string | null, policy: Policy): boolean {
  const road = roadOf(policy);
  const first = paperStage(policy);
  return first === undefined || road.findIndex(({ id }) => id === stage) >= road.indexOf(first);
}

/** Null: it can be given now. Else why not, as the sentences of the reply. */
export function whyTooEarly(approval: string, stage: string | null, policy: Policy): string | null {
  if (!isOfPaper(approval, policy) || hasPapers(stage, policy)) return null;
  const title = policy.approvals.find(({ id }) => id === approval)?.title ?? approval;
  const when = paperStage(policy)?.title ?? '';
  return `There is nothing to approve yet: an approval for ${title} counts once the issue is in ${when}, so that it is clear which estimate and which statement of work it is for. Please write it again then.`;
}

/** A new estimate makes every approval old; a new statement of work, and a way back before the papers, those of the paper. */
function outdates({ order, command }: Given, approval: string, policy: Policy): boolean {
  if (order?.kind === 'estimate') return true;
  if (!isOfPaper(approval, policy)) return false;
  if (order?.kind === 'back') return !hasPapers(order.stage, policy);
  return order?.kind === 'answer' && command.verb === paperVerb;
}

/** By the order of the commands: which approval → the command that gave it last and that nothing has made old since. */
export function latestApprovals(
  judged: readonly Given[],
  stage: string | null,
  policy: Policy,
): ReadonlyMap<string, Given> {
  const latest = new Map<string, Given>();
  for (const each of judged) {
    for (const id of [...latest.keys()]) if (outdates(each, id, policy)) latest.delete(id);
    const { order, verdict } = each;
    if (order?.kind !== 'approve' || verdict.old) continue;
    if (whyTooEarly(order.approval, stage, policy) === null) latest.set(order.approval, each);
  }
  return latest;
}

/** What the approval is given for, as a keyed hash: commands and rows, so that a change of either is seen. */
function subjectOf(
  approval: string,
  sets: readonly AcceptedSet[],
  { answers }: Reading,
  policy: Policy,
  key: string,
): string {
  const papers = policy.commands.find(({ id }) => id === paperVerb)?.fields.values() ?? [];
  const fields = [...policy.staleness.estimate, ...(isOfPaper(approval, policy) ? papers : [])];
  const said = fields.map((field) => [
    field,
    sets.findLast((set) => set.field === field)?.text ?? '',
    answers.get(field)?.raw ?? '',
  ]);
  return keyedHash(`subject ${JSON.stringify(said)}`, key);
}

export interface Weighed {
  readonly approvals: ReadonlyMap<string, Given>;
  /** Found old now: they never count again, whatever is changed back. */
  readonly old: readonly Given[];
  /** By command: what each one that counts was given for. */
  readonly given: ReadonlyMap<string, string>;
  /** What each approval would be given for now. */
  readonly subjects: Readonly<Record<string, string>>;
}

/**
 * Those that count as the estimate and the papers stand. `sets`: what commands say. A new one is for what
 * stands there now, unless the description has changed since the last look: then nobody knows which of the
 * two was meant, and it does not count.
 */
export function weighApprovals(
  judged: readonly Given[],
  sets: readonly AcceptedSet[],
  described: Reading,
  stage: string | null,
  {
    policy,
    memory,
    key,
  }: { readonly policy: Policy; readonly memory: Memory; readonly key: string },
): Weighed {
  const latest = latestApprovals(judged, stage, policy);
  const subjects = Object.fromEntries(
    policy.approvals.map(({ id }) => [id, subjectOf(id, sets, described, policy, key)]),
  );
  const approvals = new Map<string, Given>();
  const given = new Map<string, string>();
  const behind = judged.filter(
    ({ order, verdict }) =>
      order?.kind === 'approve' &&
      !verdict.old &&
      whyTooEarly(order.approval, stage, policy) !== null,
  );
  const old = [...behind];
  for (const [id, each] of latest) {
    const now = subjects[id] ?? '';
    const seen = each.fresh && !isRenewed(id, each, judged, policy) ? memory.subjects[id] : now;
    const subject = each.verdict.given ?? seen ?? now;
    given.set(each.id, subject);
    if (subject === now) approvals.set(id, each);
    else old.push(each);
  }
  return { approvals, old, given, subjects };
}

/** Whether a command before it, read at the same look, changed what there is to approve. */
function isRenewed(
  approval: string,
  { id }: Given,
  judged: readonly Given[],
  policy: Policy,
): boolean {
  const before = judged.slice(
    0,
    judged.findIndex((each) => each.id === id),
  );
  return before.some((each) => each.fresh && outdates(each, approval, policy));
}
