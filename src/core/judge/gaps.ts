/** Which questions apply, and which of those are still open, most blocking first. */
import type { Answer, Answers, FieldId, GateId, Lead, OpenQuestion } from '../model.ts';
import type { Policy, Question, Scope } from '../policy.ts';
import { roadOf } from './stages.ts';

const gateOrder: readonly GateId[] = ['intake', 'discovery', 'proposal', 'sow', 'none'];
const closedStates = new Set(['answered', 'none', 'not_applicable', 'reference', 'partial']);
/** What counts towards completeness, `rulings.md` 22: a pointer or half an answer holds nothing up, but is not all of it. */
const countedStates = new Set(['answered', 'none', 'not_applicable']);

/** The questions that apply for sure; one whose condition hangs on an open answer is not asked yet. */
export function findApplicable(policy: Policy, scope: Scope): readonly Question[] {
  return policy.questions.filter((question) => question.when.evaluate(scope).is === true);
}

/** Gates whose questions are asked in a stage: those of the stage and of all before it. */
export function askedGates(policy: Policy, stage: string | null): ReadonlySet<GateId> {
  const road = roadOf(policy);
  const reached = Math.max(
    0,
    road.findIndex(({ id }) => id === stage),
  );
  return new Set(road.slice(0, reached + 1).flatMap(({ asks }) => asks));
}

/** `rulings.md` 8: complete, of the gates that are asked now, in the policy's order within each gate. */
export function findOpen(
  policy: Policy,
  applicable: readonly Question[],
  answers: Answers,
  gates: ReadonlySet<GateId>,
  lead: Lead,
  now: string,
): readonly OpenQuestion[] {
  const open = applicable
    .filter((question) => gates.has(question.gate))
    .flatMap((question) => {
      const reason = openReason(answers.get(question.id));
      return reason ? [asOpen(question, reason, lead)] : [];
    })
    .toSorted((a, b) => gateOrder.indexOf(a.gate) - gateOrder.indexOf(b.gate));
  return excuseDeferred(policy, open, answers, now);
}

/** `rulings.md` 22. */
export function countComplete(
  applicable: readonly Question[],
  answers: Answers,
  gates: ReadonlySet<GateId>,
): { answered: number; needed: number } {
  const needed = applicable.filter((question) => gates.has(question.gate));
  const answered = needed.filter(({ id }) => countedStates.has(answers.get(id)?.state ?? ''));
  return { answered: answered.length, needed: needed.length };
}

function openReason(answer: Answer | undefined): OpenQuestion['reason'] | null {
  if (!answer) return 'unanswered';
  if (closedStates.has(answer.state)) return null;
  if (answer.invalid) return 'invalid';
  return answer.state as OpenQuestion['reason'];
}

function asOpen(question: Question, reason: OpenQuestion['reason'], lead: Lead): OpenQuestion {
  const owner = question.owner === 'lead' && lead.role !== 'unknown' ? lead.role : question.owner;
  return {
    field: question.id,
    reason,
    gate: question.gate,
    owner,
    question: question.ask,
    why: question.why,
    example: question.example,
    excused: false,
  };
}

/** A promise with an owner and a near date holds nothing up, for a few of them (`rulings.md`, gates). */
function excuseDeferred(
  policy: Policy,
  open: readonly OpenQuestion[],
  answers: Answers,
  now: string,
): readonly OpenQuestion[] {
  const last = addDays(now, policy.deferral.withinDays);
  let left = policy.deferral.most;
  return open.map((question) => {
    const answer = answers.get(question.field);
    const promised =
      question.gate === 'discovery' &&
      question.reason === 'deferred' &&
      answer?.owner !== undefined &&
      answer.by !== undefined &&
      answer.by >= now.slice(0, 10) &&
      answer.by <= last;
    if (!promised || left === 0) return question;
    left -= 1;
    return { ...question, excused: true };
  });
}

function addDays(now: string, days: number): string {
  const date = new Date(`${now.slice(0, 10)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The dates on which a promised answer falls due, ascending. */
export function dueDates(
  open: readonly OpenQuestion[],
  answers: Answers,
): readonly { field: FieldId; date: string }[] {
  return open
    .flatMap(({ field, reason }) => {
      const date = reason === 'deferred' ? answers.get(field)?.by : undefined;
      return date ? [{ field, date }] : [];
    })
    .toSorted((a, b) => a.date.localeCompare(b.date));
}
