/** The commands that count, folded in their order: what holds because people said so (`interfaces.md` §5). */
import type { AcceptedSet, FieldId, Note, Reading } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import { keyedHash, type Memory } from '../memory.ts';
import { type Weighed, weighApprovals } from './approvals.ts';
import type { Judged } from './judge.ts';
import type { Offers } from './offers.ts';
import { isOnce, type OnceOrder, type SaidAnswer } from './order.ts';

/** Something to be done now, and the command that asked for it. */
export interface Asked {
  readonly id: string;
  readonly order: OnceOrder;
  readonly by: string;
  /** When the comment was written. */
  readonly at: string;
}

export interface Standing {
  readonly sets: readonly AcceptedSet[];
  /** Service types that a command added (true) or removed (false). */
  readonly services: ReadonlyMap<string, boolean>;
  readonly lead: { readonly role: 'sa' | 'csm' | 'ae' | 'em'; readonly by: string } | null;
  readonly approvals: ReadonlyMap<string, { readonly by: string; readonly command: string }>;
  /** How they were weighed, to be remembered. */
  readonly weighed: Weighed;
  /** The last estimate that a command gave. */
  readonly estimate: string | null;
  /** The last command that said that the customer accepts. */
  readonly accept: string | null;
  /** Nobody is called before this day; null: no such wish. */
  readonly quietUntil: string | null;
  /** In their order; only what is to be done now. */
  readonly orders: readonly Asked[];
}

export interface Folding {
  readonly offers: Offers;
  readonly policy: Policy;
  readonly memory: Memory;
  readonly described: Reading;
  /** Where the issue stands, for the approvals: see `hasPapers`. */
  readonly stage: string | null;
  readonly key: string;
}

export function foldCommands(judged: readonly Judged[], folding: Folding): Standing {
  const { offers, policy, described, stage, key } = folding;
  let sets: AcceptedSet[] = [];
  const services = new Map<string, boolean>();
  const orders: Asked[] = [];
  let lead: Standing['lead'] = null;
  let quietUntil: string | null = null;
  let estimate: string | null = null;
  let accept: string | null = null;
  for (const each of judged) {
    const { order, id, note, fresh } = each;
    if (!order) continue;
    const by = note.author.username;
    if (isOnce(order)) {
      if (fresh) orders.push({ id, order, by, at: note.createdAt });
      continue;
    }
    if (order.kind === 'answer') {
      if (each.command.verb === 'accept') accept = id;
      sets.push(...order.answers.map((answer, i) => asSet(answer, i, each, key)));
    } else if (order.kind === 'take') {
      const offer = offers.at(order.field, order.from);
      if (offer) sets.push(asTaken(offer.text, order.field, offer.note ?? note, each));
    } else if (order.kind === 'estimate') {
      // What was accepted before was another estimate.
      const accepting = policy.commands.find(({ id: verb }) => verb === 'accept')?.fields;
      const fields = new Set(accepting?.values());
      estimate = id;
      sets = sets.filter(({ field }) => !fields.has(field));
      sets.push(...order.answers.map((answer, i) => asSet(answer, i, each, key)));
    } else if (order.kind === 'assign' || order.kind === 'lead') {
      if (order.kind === 'lead') lead = { role: order.role, by };
      sets.push(...order.answers.map((answer, i) => asSet(answer, i, each, key)));
    } else if (order.kind === 'service') services.set(order.id, order.add);
    else if (order.kind === 'snooze') quietUntil = order.until;
  }
  const weighed = weighApprovals(judged, sets, described, stage, folding);
  const says = policy.commands.find(({ id: verb }) => verb === 'approve')?.says ?? '';
  for (const { id, field } of policy.approvals) {
    const each = weighed.approvals.get(id);
    if (each) sets.push(asSet({ field, text: says }, 0, each, key));
  }
  const approvals = new Map(
    [...weighed.approvals].map(([id, { note, id: command }]) => [
      id,
      { by: note.author.username, command },
    ]),
  );
  return { sets, services, lead, approvals, weighed, estimate, accept, quietUntil, orders };
}

function asSet(
  { field, text, assumed }: SaidAnswer,
  index: number,
  { note, command, verdict }: Pick<Judged, 'note' | 'command' | 'verdict'>,
  key: string,
): AcceptedSet {
  return {
    field,
    text,
    note: asPlace(note),
    line: command.line,
    at: note.createdAt,
    assumed: assumed === true,
    // An empty row says nothing that could disagree; one filled in since does (`rulings.md` 27).
    beats: (raw) =>
      raw.trim() === '' ||
      verdict.stood === undefined ||
      keyedHash(raw, key) === verdict.stood[index],
  };
}

/** An answer from a comment stands where the comment is. */
function asTaken(text: string, field: FieldId, source: Note, { command }: Judged): AcceptedSet {
  return {
    field,
    text,
    note: asPlace(source),
    line: command.line,
    at: source.createdAt,
    assumed: false,
    beats: () => true,
  };
}

function asPlace({ id, author, internal }: Note): AcceptedSet['note'] {
  return { id, author: author.username, internal };
}

/** Approvals that counted before and do not stand any more (`rulings.md` 26). */
export function withdrawnApprovals(
  { approvals, withdrawn }: Memory,
  standing: Standing,
): Memory['withdrawn'] {
  const gone = Object.entries(approvals).map(([id, { by }]): [string, string] => [id, by]);
  const old = standing.weighed.old.flatMap(({ order, note }): [string, string][] =>
    order?.kind === 'approve' ? [[order.approval, note.author.username]] : [],
  );
  const all = [...Object.entries(withdrawn), ...gone, ...old];
  return Object.fromEntries(all.filter(([id]) => !standing.approvals.has(id)));
}
