/** Judges the commands in people's notes: once, by the author's role at that time (`rulings.md` 26, 27). */
import type { Command, FieldId, Note, Reading } from '../../model.ts';
import { nearest } from '../../nearest.ts';
import type { Policy } from '../../policy.ts';
import { readCommands } from '../../read/commands.ts';
import { inertInline } from '../../say/inert.ts';
import type { Known } from '../lookups.ts';
import { keyedHash, type Memory, type Verdict } from '../memory.ts';
import { latestApprovals, whyTooEarly } from './approvals.ts';
import { type CommandContext, form, isProblem, quote } from './context.ts';
import { whyNoFurtherDeferral } from './deferrals.ts';
import type { Offers } from './offers.ts';
import { isOnce, type Order } from './order.ts';
import { parseCommand } from './parse.ts';
import { whyNotAllowed } from './rights.ts';
import { keepNamed, whyUnfit } from './unfit.ts';
import { whyUnreadable } from './unreadable.ts';

/** A command with what was decided about it. */
export interface Judged {
  /** `note:line`. */
  readonly id: string;
  readonly note: Note;
  readonly command: Command;
  readonly verdict: Verdict;
  /** Null when refused, or not understood any more. */
  readonly order: Order | null;
  /** Decided now, and to be carried out now: never true twice for one command. */
  readonly fresh: boolean;
  /** Refused now: why, for the one reply. */
  readonly refusal: string | null;
}

export interface Judging {
  readonly policy: Policy;
  readonly memory: Memory;
  /** Until when memory was lost, null when it was not: nothing of before is then done a second time. Undefined: look it up first. */
  readonly forgottenUntil: () => number | null | undefined;
  /** Without memory: who has a role by what the issue shows; null while that is not known. */
  readonly shownRoles: Memory['roleIds'] | null;
  /** Notes that we have answered. */
  readonly replied: ReadonlySet<number>;
  readonly known: Known;
  /** What the description alone says, to tell later whether a row was edited after the command. */
  readonly described: Reading;
  readonly asked: () => readonly FieldId[];
  readonly offers: Offers;
  /** Where the issue stands, for the approvals. */
  readonly stage: string | null;
  readonly key: string;
  readonly botUsername: string;
}

/** So much of a line is given back to be copied. */
const longestRepeated = 400;
/** The same command twice within this time is a slip of the hand. */
const slipMs = 60_000;
const hourMs = 3_600_000;

/** Oldest first. Undefined when people or roles have to be looked up first. */
export function judgeCommands(
  notes: readonly Note[],
  judging: Judging,
): readonly Judged[] | undefined {
  const judged: Judged[] = [];
  let waiting = false;
  for (const note of notes) {
    const names = { prefix: '/scoping', mention: judging.botUsername };
    for (const command of readCommands(note.body, names)) {
      // One refusal says that there were too many; what follows is neither read nor remembered.
      if (countLately(note, judged) > judging.policy.commandsPerHour) break;
      const each = judgeOne(command, note, judged, judging);
      if (each) judged.push(each);
      else waiting = true;
    }
  }
  return waiting ? undefined : judged;
}

function judgeOne(
  command: Command,
  note: Note,
  before: readonly Judged[],
  judging: Judging,
): Judged | undefined {
  const { memory, key, described } = judging;
  const id = `${note.id}:${command.line}`;
  const hash = keyedHash(`${command.verb} ${command.args}`, key);
  const earlier = earlierVerdict(id, hash, note, memory);
  const many = countLately(note, before);
  const refuse = (refusal: string, dealtWith = wasSettled): Judged | undefined => {
    const lost = dealtWith(note, judging);
    if (lost === undefined) return undefined;
    const verdict = { hash, accepted: false };
    const why = lost ? null : refusal;
    return { id, note, command, verdict, order: null, fresh: !lost, refusal: why };
  };
  if (!earlier && many >= judging.policy.commandsPerHour) return refuse(tooMany(judging.policy));
  // What was refused need not be understood again, nor anybody in it looked up.
  if (earlier && !earlier.accepted) {
    return { id, note, command, verdict: earlier, order: null, fresh: false, refusal: null };
  }
  const read = parse(command, note, judging);
  if (read === undefined) return undefined;
  const order = isProblem(read) ? null : read;
  if (earlier) {
    if (order) keepNamed(order, judging.known);
    const kept = keptOrder(order, earlier, note);
    return {
      id,
      note,
      command,
      verdict: earlier,
      order: earlier.undone ? null : kept,
      fresh: false,
      refusal: null,
    };
  }
  if (isProblem(read)) return refuse(read.problem, wasAnswered);
  const spec = judging.policy.commands.find((each) => each.id === command.verb);
  const why = spec ? whyNotAllowed({ ...judging, note, spec, order: read, before }) : null;
  if (why === undefined) return undefined;
  if (why !== null) return refuse(why, wasAnswered);
  const unread = spec?.id === 'set' ? whyUnreadable(read, judging.policy, note) : null;
  if (unread !== null) return refuse(unread, wasAnswered);
  const unfit = spec ? whyUnfit(read, spec, judging) : null;
  if (unfit === undefined) return undefined;
  if (unfit !== null) return refuse(unfit);
  if (isOnce(read) && wasJudged(note, memory)) return refuse(editedNote);
  const full = whyNoFurtherDeferral(read, note, before, judging);
  if (full !== null) return refuse(full);
  const early =
    read.kind === 'approve' ? whyTooEarly(read.approval, judging.stage, judging.policy) : null;
  if (early !== null) return refuse(early);
  const taken =
    read.kind === 'approve' ? earlierApproval(note, read.approval, before, judging) : null;
  if (taken !== null) return refuse(taken);
  keepNamed(read, judging.known);
  const done = isOnce(read) ? wasSettled(note, judging) : note.id <= memory.settled;
  if (done === undefined) return undefined;
  const idle = done || (isOnce(read) && isSlip(read, hash, note, before));
  const verdict: Verdict = {
    hash,
    accepted: true,
    ...(read.kind === 'answer'
      ? { stood: read.answers.map(({ field }) => keyedHash(rawOf(described, field), key)) }
      : {}),
    ...(read.kind === 'take' ? { from: read.from } : {}),
  };
  return { id, note, command, verdict, order: read, fresh: !idle, refusal: null };
}

function parse(
  command: Command,
  note: Note,
  { policy, known, asked, offers }: Judging,
): Order | { readonly problem: string } | undefined {
  const spec = policy.commands.find(({ id }) => id === command.verb);
  if (spec) {
    const context: CommandContext = {
      policy,
      known,
      asked,
      offers,
      note,
      spec,
      args: command.args,
    };
    return parseCommand(context);
  }
  const verbs = policy.commands.map(({ id }) => id);
  const near = nearest(command.verb, verbs);
  const meant = policy.commands.find(({ id }) => id === near);
  const help = `${form('help')} shows what I understand.`;
  if (command.verb === '') return { problem: `After the name I need a word. ${help}` };
  // What was typed behind the verb is to be copied with it, also where it is long.
  const args = command.args.trim();
  const again = meant && inertInline(`/scoping ${meant.id} ${args}`, longestRepeated);
  const hint = meant ? `Did you mean ${args === '' ? form(meant.form) : again}? ` : '';
  return { problem: `I do not know ${quote(command.verb)}. ${hint}${help}` };
}

/** Dealt with already, though not remembered. Only asked for what is done once: moves and replies. */
function wasSettled(note: Note, { forgottenUntil, memory }: Judging): boolean | undefined {
  if (note.id <= memory.settled) return true;
  const until = forgottenUntil();
  return until === undefined ? undefined : until !== null && Date.parse(note.createdAt) <= until;
}

/**
 * The same for what could be carried out at no time: had we read it before a look that was stopped just now, our
 * reply would stand there, because replies are written first.
 */
function wasAnswered(note: Note, judging: Judging): boolean | undefined {
  const settled = wasSettled(note, judging);
  const isStopped = Number.isFinite(judging.forgottenUntil() ?? Number.NaN);
  return settled === true && isStopped && note.id > judging.memory.settled
    ? judging.replied.has(note.id)
    : settled;
}

function rawOf({ answers }: Reading, field: FieldId): string {
  return answers.get(field)?.raw ?? '';
}

/** Commands of the same person in the hour before this one; walks back only that far, however long the thread. */
function countLately(note: Note, before: readonly Judged[]): number {
  const since = Date.parse(note.createdAt) - hourMs;
  let count = 0;
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const other = before[at]?.note;
    if (!other || Date.parse(other.createdAt) <= since) break;
    if (other.author.id === note.author.id) count += 1;
  }
  return count;
}

const editedNote =
  'This comment was edited after I had read it, and a move is made once. Please write it in a new comment.';

/** The verdict on the same words in the same comment, also where other lines were put above them since. */
function earlierVerdict(
  id: string,
  hash: string,
  note: Note,
  { verdicts }: Memory,
): Verdict | undefined {
  const here = Object.hasOwn(verdicts, id) ? verdicts[id] : undefined;
  if (here?.hash === hash) return here;
  return Object.entries(verdicts).find(
    ([key, verdict]) => key.startsWith(`${note.id}:`) && verdict.hash === hash,
  )?.[1];
}

/** Whether the comment has been read before, in whatever words. */
export function wasJudged(note: Note, { verdicts }: Memory): boolean {
  return Object.keys(verdicts).some((key) => key.startsWith(`${note.id}:`));
}

/** Said for the first one beyond the limit. */
function tooMany({ commandsPerHour }: Policy): string {
  return `That were more than ${commandsPerHour} commands within an hour on this issue; I read no further ones for now.`;
}

/** Never an `undo`: whoever writes it twice wants two things taken back. */
function isSlip(order: Order, hash: string, note: Note, before: readonly Judged[]): boolean {
  if (order.kind === 'undo') return false;
  return before.some(
    (each) =>
      each.verdict.accepted &&
      each.verdict.hash === hash &&
      each.note.author.id === note.author.id &&
      Date.parse(note.createdAt) - Date.parse(each.note.createdAt) <= slipMs,
  );
}

/** What was accepted once; an approval only while nobody has edited its comment (`rulings.md` 26). */
function keptOrder(order: Order | null, earlier: Verdict, note: Note): Order | null {
  if (order?.kind === 'take') return { ...order, from: earlier.from ?? '' };
  return order?.kind === 'approve' && note.updatedAt !== note.createdAt ? null : order;
}

/** One person's approval counts for one role, for as long as it counts. */
function earlierApproval(
  note: Note,
  approval: string,
  before: readonly Judged[],
  { stage, policy }: Judging,
): string | null {
  const other = [...latestApprovals(before, stage, policy).values()].find(
    ({ order, note: { author } }) =>
      order?.kind === 'approve' && order.approval !== approval && author.id === note.author.id,
  );
  if (other?.order?.kind !== 'approve') return null;
  return `You have approved as ${quote(other.order.approval)} already; one person's approval counts for one role. Somebody else named for ${quote(approval)} has to give it.`;
}
