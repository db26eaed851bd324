/** Everything the status comment is written from; the planner fills it, `writeComment` only words it. */
import type { Assessment, GateResult, OpenQuestion, Role } from '../model.ts';

/** Who holds a role, or why nobody does. */
export type RoleView =
  | {
      /** Without `@`; as typed when GitLab does not know it. */
      readonly username: string;
      /** The display name, '' when not known. */
      readonly name: string;
      /** GitLab has this user. */
      readonly known: boolean;
      /** How we know, as the end of a sentence: "named in the issue", "chosen: fewest open issues in EMEA". */
      readonly source: string;
      /** Concluded, not said by a person: shown as "to be confirmed". */
      readonly inferred: boolean;
      /** May be mentioned live (`rulings.md` 25). Only ever true when `known`. */
      readonly mention: boolean;
    }
  | {
      readonly username: null;
      /** Why nobody, as the end of a sentence: "not needed while a licence deal is open". */
      readonly reason: string;
    };

/** One past move of the stage. */
export interface Move {
  /** Stage id. */
  readonly stage: string;
  /** ISO date or time. */
  readonly at: string;
  readonly by: 'bot' | 'person' | { readonly username: string };
  /** Gates that were open when a person moved it. */
  readonly gaps?: readonly string[];
  /** The person's own words; '' when there are none. */
  readonly reason?: string;
  /** The move before it was taken back. */
  readonly undo?: boolean;
}

/** The issue waits: until when (null: nobody said), who said so and why. */
export interface Pause {
  /** The day has come. */
  readonly due: boolean;
  readonly until: string | null;
  readonly by: string | null;
  readonly reason: string;
}

/** How it ended. */
export interface Ended {
  /** Key of the policy's outcome labels. */
  readonly outcome: string;
  readonly by: string | null;
  readonly reason: string;
  readonly closed: boolean;
}

/** An answer that stands in a comment and may be taken. */
export interface OfferView {
  /** Null: it was given internally and is not repeated. */
  readonly text: string | null;
  readonly by: string;
}

/** The opportunity's stages in the CRM, oldest first, and that it went back. */
export interface CrmView {
  readonly moves: readonly { readonly stage: number; readonly at: string }[];
  readonly back: {
    readonly from: number;
    readonly at: string;
    /** Nobody has said anything since, so the reason is asked for. */
    readonly asked: boolean;
  } | null;
}

export interface CommentView {
  readonly assessment: Assessment;
  /** Shown in the order of `policy.roles`; a role that is missing here is not shown. */
  readonly roles: ReadonlyMap<Role, RoleView>;
  /** Whose move it is now, most urgent first. */
  readonly movers: readonly Role[];
  /** Who reads the comment: an internal note reaches members only. */
  readonly audience: 'internal' | 'everyone who can read the issue';
  /** True: answers given in internal notes are only said to be "answered internally". */
  readonly outsidersCanRead: boolean;
  /** Plain sentences that people must know: what GitLab refused, where a person's label differs and why. */
  readonly remarks: readonly string[];
  /**
   * The move that this comment announces. Keep it in the view as long as it is the latest move, so
   * that the text stays the same from run to run.
   */
  readonly stageChangedNow?: { readonly from: string | null; readonly to: string };
  /** Oldest first. */
  readonly history: readonly Move[];
  readonly pause?: Pause | null;
  readonly ended?: Ended | null;
  /** By field, for open questions. */
  readonly offers?: ReadonlyMap<string, OfferView>;
  /** Parts that are there only when somebody asked for them, or when it is time. */
  readonly show?: { readonly help: boolean; readonly explain: boolean; readonly handOff: boolean };
  /** The label by which a person has decided what is offered; null or absent while nobody has. */
  readonly fitLabel?: string | null;
  /** For the hand-off: what the whole road asks for and is not there, wherever the issue stands. */
  readonly unfinished?: {
    readonly gates: readonly GateResult[];
    readonly open: readonly OpenQuestion[];
  } | null;
  /** Approvals that count: which → who gave it. */
  readonly approvals?: ReadonlyMap<string, string>;
  /** Null or absent while it only ever was one stage. */
  readonly crm?: CrmView | null;
  /** The bot's username, without `@`. */
  readonly botUsername: string;
  readonly language: 'en';
}

/** Colours of the terminal report, given by the caller; each returns the text with its codes around it. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}
