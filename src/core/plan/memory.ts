/** What the bot remembers between two looks at an issue: ids, decisions and hashes, no answers. */
import { createHmac } from 'node:crypto';
import type { Lead, Person } from '../model.ts';

/** Something the bot did that `undo` can take back; `over`: a person has changed it since, and people win. */
export type Act =
  | {
      readonly kind: 'move';
      readonly from: string | null;
      readonly to: string;
      /** The pause that the move ended. */
      readonly hold?: Memory['hold'];
      readonly over?: boolean;
    }
  /** The pause before: null when there was none. */
  | { readonly kind: 'hold'; readonly from: Memory['hold']; readonly over?: boolean }
  /** Closed it; nothing is taken back by command on a closed issue, and opening it again is a person's. */
  | { readonly kind: 'ending' }
  | { readonly kind: 'assign'; readonly ids: readonly number[] }
  /** `id`: `note:line`. */
  | { readonly kind: 'command'; readonly id: string };

/** An `undo` and what it took back, by the ids of the commands, `note:line`. */
export interface TookBack {
  readonly undo: string;
  readonly command: string;
}

/** Ids, decisions, times and keyed hashes; never an answer (`rulings.md` 28). Short keys: it travels in a comment. */
export interface Memory {
  /** False before the first look, and when what was remembered cannot be trusted. */
  readonly known: boolean;
  /** User id of whose comment it stands in, so that a copy in somebody else's is nothing. */
  readonly by: number | null;
  /** Managed labels as they stood after our last look. */
  readonly labels: readonly string[];
  /** Of those, the ones we put on. */
  readonly own: readonly string[];
  /** Person's decisions that stand: family or plain label → our conclusion when they acted (`rulings.md` 30). */
  readonly held: Readonly<Record<string, string>>;
  /** Service types that a person took off. */
  readonly removedServices: readonly string[];
  readonly stage: string | null;
  /** Moves, oldest first; `by` is null for our own. */
  readonly history: readonly {
    readonly stage: string;
    readonly at: string;
    readonly by: string | null;
    /** Gates that were open when a person moved it. */
    readonly gaps?: readonly string[];
    /** The command that asked for it, `note:line`: its reason is read there. */
    readonly command?: string;
    /** It was `undo`: the move before was taken back. */
    readonly undo?: true;
  }[];
  /** What was done last, newest at the end. */
  readonly acts: readonly Act[];
  /** The newest thing done, when that was to take back a command. */
  readonly tookBack?: TookBack | undefined;
  /** A pause: until when (null when a person only set the label), and the command that asked for it. */
  readonly hold: { readonly until: string | null; readonly command: string | null } | null;
  /** How the issue ended, and the command that said so; null: a person's label did. */
  readonly outcome: {
    readonly outcome: string;
    readonly at: string;
    readonly command: string | null;
  } | null;
  /** When it was found closed, by whomever; null while it is open. */
  readonly closedAt: string | null;
  /** When a closed issue was found open again. */
  readonly reopenedAt: string | null;
  /** Approvals that count: which → the comment's author and the command. */
  readonly approvals: Readonly<Record<string, { readonly by: string; readonly command: string }>>;
  /** Approvals that counted and whose comment was edited away or deleted: which → whose. */
  readonly withdrawn: Readonly<Record<string, string>>;
  /** What each approval would have been given for at our last look, as a keyed hash. */
  readonly subjects: Readonly<Record<string, string>>;
  /** What stood there when the customer accepted, as keyed hashes. */
  readonly accepted: Accepted | null;
  /** Whose role on the issue gives them rights, by user id; `lead` is whoever leads. */
  readonly roleIds: Readonly<Record<string, number>>;
  /** Whom the description named for a role at our first look, by user id; null: not looked yet. */
  readonly wrote: Readonly<Record<string, number>> | null;
  /** The engagement manager once chosen: user name and why. */
  readonly em: RecordedManager | null;
  /** When it was last made sure that the engagement manager, no assignee any more, can go on. */
  readonly emChecked: string | null;
  /** Assignees whom we want there and have put on or seen there. */
  readonly assigned: readonly number[];
  /** Assignees as they stood after our last look: whoever joined since, a person has put on. Null: not known. */
  readonly here: readonly number[] | null;
  /** Assignees whom we put on ourselves: user id → the command that named them, '' for our own choice. */
  readonly placed: Readonly<Record<string, string>>;
  /** The manager who had to go because GitLab takes one assignee and a command named another. */
  readonly displaced: Person | null;
  /** Assignees that a person took off again; not put back. */
  readonly unassigned: readonly number[];
  /** Of those, whom `undo` took off. */
  readonly undone: readonly number[];
  /** Assignees that GitLab left out. */
  readonly refused: readonly number[];
  /** Verdicts on commands: `note:line` → verdict. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Notes up to this id have no verdicts any more: what they did once is done, what they set is judged as it stands. */
  readonly settled: number;
  /** When we last found the description changed, and a keyed hash of it. */
  readonly described: { readonly hash: string; readonly at: string } | null;
  /** Who was mentioned live in which stage. */
  readonly mentioned: Readonly<Record<string, readonly number[]>>;
  /** Who is mentioned live in the comment as it stands. */
  readonly live: readonly number[];
  /** The stage in which two stage labels were found, while the issue stays in it; else null. */
  readonly twoLabelsIn: string | null;
  /** Keyed hashes of the secrets and lists of addresses that were warned of, once each. */
  readonly warned: readonly string[];
  /** People by a keyed hash of their user name, or by `name:` and one of how they are shown: a quiet look needs no directory. */
  readonly people: Readonly<Record<string, KnownPerson>>;
  /** By the same keys: who cannot be asked and why, found out when; asked again after a day. */
  readonly absent: Readonly<
    Record<
      string,
      {
        readonly why: 'unknown' | 'blocked' | 'outside' | 'several' | 'nobody';
        readonly at: string;
      }
    >
  >;
  /** Who leads discovery, who did before, and since when. */
  readonly lead: {
    readonly role: Lead['role'];
    readonly previous: Lead['role'] | null;
    readonly at: string;
  } | null;
  /** Keyed hash of the customer's name, when it was last searched for, other open issues of theirs. */
  readonly customer: {
    readonly hash: string;
    readonly at: string;
    readonly issues: readonly number[];
  } | null;
  /** Issues that we have related to this one, once each: a person may undo it. */
  readonly linked: readonly number[];
  /** The opportunity's stages in the CRM as they were reported, oldest first: keyed hashes. */
  readonly crm: readonly CrmSeen[];
}

/** Somebody who was looked up; `at`: when it was last made sure that they can be asked, ISO time. */
export interface RememberedPerson extends Person {
  readonly at?: string;
}

/** Whoever is named internally only has neither name here. `as`: keyed hash of the user name, where that is not what they were found by. */
export interface KnownPerson {
  readonly id: number;
  readonly username?: string;
  readonly name?: string;
  readonly as?: string;
  readonly at?: string;
}

export interface CrmSeen {
  readonly hash: string;
  /** ISO time. */
  readonly at: string;
  /** Told in an internal note. */
  readonly internal?: boolean;
}

export interface Verdict {
  /** Keyed hash of the command's words. */
  readonly hash: string;
  readonly accepted: boolean;
  /** Keyed hashes of what the description said about the command's fields when it was judged. */
  readonly stood?: readonly string[];
  /** Where the answer stands that was taken. */
  readonly from?: string;
  /** `help` and `explain`: the stage in which they are shown. */
  readonly stage?: string;
  /** Of an approval: keyed hash of the estimate, and of the statement of work, that it was given for. */
  readonly given?: string;
  /** An approval that something has made old; it never counts again. */
  readonly old?: boolean;
  /** Taken back with `undo`. */
  readonly undone?: boolean;
  /** A person said otherwise later: by a label, or by assigning another manager. */
  readonly overruled?: readonly ('label' | 'manager')[];
}

/** The engagement manager once chosen. */
export interface RecordedManager {
  readonly username: string;
  readonly reason: string;
  /** The command that named them, and who it was before: `undo` goes back to that. */
  readonly said?: { readonly command: string; readonly before: RecordedManager | null };
}

/** What the customer accepted, each as it stood when that was first seen. */
export interface Accepted {
  /** The command that gave the estimate: with another one, acceptance starts anew. */
  readonly command: string | null;
  /** By the question that says so. */
  readonly by: Readonly<Record<string, AcceptedScope>>;
  /** Taken when memory was lost, so perhaps later than the acceptance: the `accept` until which that is so. */
  readonly unsure?: string;
}

/** Keyed hashes only (`rulings.md` 28). */
export interface AcceptedScope {
  /** Of the estimate, where it is the price that was accepted. */
  readonly estimate?: string;
  readonly sources: readonly string[];
  readonly services: readonly string[];
  /** Of the number of users, large ones to four digits; null when it was not known. */
  readonly users: string | null;
}

export const noMemory: Memory = {
  known: false,
  by: null,
  acts: [],
  hold: null,
  outcome: null,
  closedAt: null,
  reopenedAt: null,
  approvals: {},
  withdrawn: {},
  subjects: {},
  accepted: null,
  roleIds: {},
  wrote: null,
  labels: [],
  own: [],
  held: {},
  removedServices: [],
  stage: null,
  history: [],
  em: null,
  emChecked: null,
  assigned: [],
  here: null,
  placed: {},
  displaced: null,
  unassigned: [],
  undone: [],
  refused: [],
  verdicts: {},
  settled: 0,
  described: null,
  mentioned: {},
  live: [],
  twoLabelsIn: null,
  warned: [],
  people: {},
  absent: {},
  lead: null,
  customer: null,
  linked: [],
  crm: [],
};

/** A keyed hash, short enough to keep and useless to guess from. */
export function keyedHash(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('hex').slice(0, 24);
}
