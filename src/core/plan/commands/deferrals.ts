/** How often and how far answers may be put off: a few at a time, each for a few days (`rulings.md`, gates). */
import type { FieldId, Note, Reading } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import { type CommandContext, quote, wrong } from './context.ts';
import { addDays } from './days.ts';
import type { Order, Problem } from './order.ts';

/** Only questions of this gate are let through on a promise, so only theirs is limited. */
const limited = 'discovery';

/** Null when the day is near enough for this question. */
export function tooFar(field: FieldId, day: string, context: CommandContext): Problem | null {
  const { policy, note } = context;
  if (policy.questionById.get(field)?.gate !== limited) return null;
  const { withinDays } = policy.deferral;
  const last = addDays(note.createdAt.slice(0, 10), withinDays);
  if (day <= last) return null;
  return wrong(context, `An answer can be put off by ${withinDays} days at most, until ${last}.`);
}

/** A command that was read before; null: it does not count. */
interface Ordered {
  readonly order: Order | null;
}

interface Counting {
  readonly policy: Policy;
  readonly described: Reading;
  readonly asked: () => readonly FieldId[];
}

/** Null when the order puts nothing off, or when there is room for one more. */
export function whyNoFurtherDeferral(
  order: Order,
  note: Note,
  before: readonly Ordered[],
  counting: Counting,
): string | null {
  const field = order.kind === 'answer' ? order.answers.find(isPutOff)?.field : undefined;
  if (field === undefined) return null;
  const { policy, asked } = counting;
  const counts = new Set(asked().filter((each) => policy.questionById.get(each)?.gate === limited));
  if (!counts.has(field)) return null;
  const promised = promises(note.createdAt.slice(0, 10), before, counting);
  const others = [...promised].filter((each) => each !== field && counts.has(each));
  if (others.length < policy.deferral.most) return null;
  const named = others.map(quote);
  const list = [named.slice(0, -1).join(', '), named.at(-1)].filter(Boolean).join(' and ');
  return `Put off already: ${list}. More than ${policy.deferral.most} at a time cannot be; an answer to one of them makes room.`;
}

/** What stands as promised on that day, by the description and by the commands before. */
function promises(
  today: string,
  before: readonly Ordered[],
  { described }: Counting,
): ReadonlySet<FieldId> {
  const found = new Set<FieldId>();
  for (const [field, { state, owner, by }] of described.answers) {
    if (state === 'deferred' && owner !== undefined && by !== undefined && by >= today) {
      found.add(field);
    }
  }
  for (const { order } of before) {
    if (order?.kind === 'take') found.delete(order.field);
    if (order?.kind !== 'answer') continue;
    for (const { field, until } of order.answers) {
      if (until !== undefined && until >= today) found.add(field);
      else found.delete(field);
    }
  }
  return found;
}

function isPutOff({ until }: { readonly until?: string }): boolean {
  return until !== undefined;
}
