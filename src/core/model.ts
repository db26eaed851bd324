/** The nouns of the bot, in the order in which data meets them: issue, answers, assessment, plan. Long, because it is the one place where they are all defined. */

/** Which issue to look at. Nothing else ever travels through the queue. */
export interface IssueRef {
  readonly projectId: number;
  readonly issueIid: number;
}

/** A GitLab user as issues and notes carry it. */
export interface Person {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

/** A comment on an issue; system notes are never fetched into it. */
export interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: Person;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly internal: boolean;
}

/** A scoping issue as it is now, with all of its notes, oldest first. */
export interface IssueState {
  readonly ref: IssueRef;
  readonly webUrl: string;
  readonly title: string;
  /** Empty when GitLab says null. */
  readonly description: string;
  readonly state: 'opened' | 'closed';
  readonly confidential: boolean;
  /** A Service Desk issue: every visible note is an e-mail to the customer. */
  readonly serviceDesk: boolean;
  readonly labels: readonly string[];
  readonly assignees: readonly Person[];
  readonly author: Person;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly notes: readonly Note[];
}

/** Who put on or took off which label (GitLab: resource label events). */
export interface LabelEvent {
  readonly label: string;
  readonly action: 'add' | 'remove';
  readonly userId: number;
  readonly username?: string;
  readonly at: string;
}

/** Who put on or took off which assignees (GitLab: its own notes on the issue; it has no events of them). */
export interface AssigneeEvent {
  /** User names in lower case, those put on and those taken off. */
  readonly named: readonly string[];
  readonly userId: number;
  readonly username: string;
  readonly at: string;
}

export type FieldId = string;

/** The states of an answer, `domain.md` §8.5. */
export type AnswerState =
  | 'answered'
  | 'none'
  | 'not_applicable'
  | 'reference'
  | 'partial'
  | 'deferred'
  | 'unknown'
  | 'ambiguous'
  | 'contradictory'
  | 'unanswered';

/** A normalised value: see `interfaces.md` §4 for what each field type gives. */
export type Value = string | number | boolean | readonly string[] | null;

/** Where something was read. */
export interface Place {
  readonly kind:
    | 'table'
    | 'bullet'
    | 'heading'
    | 'checkbox'
    | 'line'
    | 'command'
    | 'comment'
    | 'title'
    | 'label'
    | 'report'
    | 'implied';
  /** 1-based line in the description or in the note. */
  readonly line?: number;
  /** The question's words as they stand in the text, or the label's name. */
  readonly label?: string;
  /** For commands and comments: the note and who wrote it. */
  readonly note?: {
    readonly id: number;
    readonly author: string;
    readonly internal: boolean;
    /** When it was written. */
    readonly at?: string;
  };
  /** For implied answers: the field that told it. */
  readonly from?: FieldId;
}

/** What a text says in a field's terms, before it is known where it stood. */
export interface ParsedValue {
  readonly state: AnswerState;
  readonly value: Value;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly approximate?: boolean;
  /** Sum by part; keys are canonical ids where a part names a known system. */
  readonly breakdown?: Readonly<Record<string, number>>;
  /** A second figure for later ("300 now, 950 next year"): the value, in the same unit. */
  readonly later?: number;
  /** The other way round, when the question asks for later: the figure of today. */
  readonly earlier?: number;
  /** The date that came with a count or a promise, `YYYY-MM-DD`. */
  readonly by?: string;
  /** Yes with a size ("yes, 40 GB"): the size in bytes. */
  readonly bytes?: number;
  /** A deferred answer's owner, without `@`. */
  readonly owner?: string;
  /** True when the text can never be an answer to this question ("ASAP" to a date). */
  readonly invalid?: boolean;
  /** Ambiguous: the canonical ids or sentences to choose between. */
  readonly choices?: readonly string[];
  /** One short sentence for the person when the state is ambiguous, invalid or contradictory. */
  readonly remark?: string;
}

/** One field's answer with the words it came from. */
export interface Answer extends ParsedValue {
  readonly field: FieldId;
  /** The answer's words as written, untouched, '' when there were none. */
  readonly raw: string;
  readonly where: Place | null;
  /** Accepted without anybody having confirmed it; shown as such. */
  readonly assumed?: boolean;
  /** Contradictory: every statement that disagrees, with its place. */
  readonly statements?: readonly { readonly raw: string; readonly where: Place }[];
}

export type Answers = ReadonlyMap<FieldId, Answer>;

/** One `/scoping …` line of a person's comment. */
export interface Command {
  readonly verb: string;
  /** Everything behind the verb, trimmed. */
  readonly args: string;
  /** 1-based line in the note. */
  readonly line: number;
}

/** A `set` command that counts, ready to be folded over the description's answers. */
export interface AcceptedSet {
  readonly field: FieldId;
  readonly text: string;
  readonly note: { readonly id: number; readonly author: string; readonly internal: boolean };
  readonly line: number;
  /** When the command was written; dates without a year are anchored to it. */
  readonly at: string;
  /** Goes on with it although nobody has confirmed it. */
  readonly assumed?: boolean;
  /** Whether the description's own answer is still the one that stood there when the command was judged (`rulings.md` 27). */
  readonly beats: (rawInDescription: string) => boolean;
}

/** Everything that was read from an issue. */
export interface Reading {
  readonly answers: Answers;
  /** Fields whose row, bullet or heading is present, answered or not. */
  readonly rows: ReadonlySet<FieldId>;
  /** What plain sentences say is wanted, in small letters, without the words that ask. */
  readonly requests?: readonly string[];
  /** Lines that look like an answer but could not be placed. */
  readonly unplaced: readonly { readonly line: number; readonly text: string }[];
  /** How many such lines there were beyond those kept. */
  readonly unplacedMore?: number;
  /** Fields whose answer equals their row's example (`rulings.md` 10), when that made them unanswered. */
  readonly copiedExamples: readonly FieldId[];
  /** Fields whose answer cell is empty but whose example cell was typed over: what stands there. */
  readonly typedUnderExample: ReadonlyMap<FieldId, string>;
}

export type Role = 'sa' | 'csm' | 'ae' | 'em' | 'ta' | 'coordinator' | 'customer';
/** Who should answer a question; `lead` is whoever leads discovery. */
export type Owner = Role | 'lead';
export type GateId = 'intake' | 'discovery' | 'proposal' | 'sow' | 'none';

export interface ServiceTypeFound {
  readonly id: string;
  readonly from: 'field' | 'label' | 'inferred';
}

export interface OpenQuestion {
  readonly field: FieldId;
  readonly reason:
    | 'unanswered'
    | 'deferred'
    | 'unknown'
    | 'ambiguous'
    | 'contradictory'
    | 'invalid';
  readonly gate: GateId;
  /** `lead` is replaced by the leading role once that is known. */
  readonly owner: Owner;
  readonly question: string;
  readonly why: string;
  readonly example: string;
  /** Deferred with an owner and a date near enough: does not hold the gate up (`rulings.md`, gates). */
  readonly excused: boolean;
}

export interface Finding {
  readonly id: string;
  readonly severity: 'block' | 'warn' | 'info';
  readonly fields: readonly FieldId[];
  readonly message: string;
  /** What makes it go away, in one sentence. */
  readonly wouldClear?: string;
  /** Said in an internal note only, never in a comment that outsiders may read. */
  readonly internal?: boolean;
}

export interface Recommendation {
  readonly kind: 'sku' | 'sow' | 'partner' | 'none' | 'undecided';
  readonly offering: string | null;
  readonly also: readonly string[];
  readonly confidence: 'high' | 'medium' | 'low';
  /** The id of the rule that decided, e.g. `K6`; null while undecided. */
  readonly rule: string | null;
  readonly reasons: readonly string[];
  /** What would flip it; while undecided: what is needed to decide. */
  readonly wouldChange: readonly string[];
}

export interface Lead {
  readonly role: 'sa' | 'csm' | 'ae' | 'em' | 'unknown';
  readonly rule: string;
  readonly reason: string;
  /** Whom the policy's rules name, where a person said who leads. */
  readonly concluded?: Lead['role'];
  /** While nobody knows who leads: those who may (L7); none of them is called. */
  readonly candidates?: readonly Role[];
}

/** A role that a pool takes where nobody is named. */
export interface PoolFound {
  readonly role: Role;
  readonly rule: string;
  /** As the end of a sentence. */
  readonly reason: string;
}

export interface GateResult {
  readonly id: string;
  readonly passed: boolean;
  readonly reason: string;
}

export interface StageView {
  /** The stage the issue is in; null before the first. */
  readonly current: string | null;
  readonly next: string | null;
  /** Whether every gate of `next` holds; before the end of the road every earlier one too. */
  readonly passed: boolean;
  readonly gates: readonly GateResult[];
  /** Gates of this stage and of those before it that do not hold now (`rulings.md` 19). */
  readonly lapsed: readonly GateResult[];
}

/** The judgement on an issue: what is known, what is not, who, what next; each with its reason. */
export interface Assessment {
  readonly serviceTypes: readonly ServiceTypeFound[];
  readonly answers: Answers;
  readonly applicable: readonly FieldId[];
  /** Most blocking first; complete, the comment shows only the first few. */
  readonly open: readonly OpenQuestion[];
  readonly findings: readonly Finding[];
  readonly unplaced: Reading['unplaced'];
  readonly typedUnderExample: Reading['typedUnderExample'];
  readonly completeness: { readonly answered: number; readonly needed: number };
  readonly lead: Lead;
  readonly pools: readonly PoolFound[];
  /** User names in lower case: whom the policy lets us call on such an issue; null: anybody. */
  readonly callable: readonly string[] | null;
  /** By the policy's approvals: those that the answers call for, and those that count. */
  readonly reviews: ReadonlyMap<string, 'needed' | 'approved'>;
  readonly recommendation: Recommendation;
  readonly stage: StageView;
}

/** What the directory knows of a person. */
export interface PersonFacts extends Person {
  /** Not blocked, not deactivated. */
  readonly active: boolean;
  /** GitLab user status "busy". */
  readonly busy: boolean;
  /** Access level in the project, inherited included; null when not a member. */
  readonly accessLevel: number | null;
}

/** An engagement manager's share of open scoping issues. */
export interface Load {
  readonly open: number;
  /** When the newest of them was created, closed ones included; null when there never was one. */
  readonly latest: string | null;
}

/** Another open issue of the project, as far as it tells whose it is. */
export interface OtherIssue {
  readonly iid: number;
  readonly title: string;
  readonly labels: readonly string[];
  readonly confidential: boolean;
}

/** Something the planner must know before it can decide; `reconcile` fetches it and asks again. */
export type Lookup =
  /** `seen`: they were found at an earlier look, so an answer that is up to a day old will do. */
  | { readonly kind: 'person'; readonly username: string; readonly seen?: true }
  | { readonly kind: 'role'; readonly userId: number }
  | { readonly kind: 'load'; readonly username: string }
  /** The member of the project who is shown by this name. */
  | { readonly kind: 'member_name'; readonly name: string }
  /** Open issues of the project whose title holds the customer's name. */
  | { readonly kind: 'same_customer'; readonly name: string; readonly seen?: true }
  | { readonly kind: 'label_events' }
  | { readonly kind: 'assignee_events' };

/** What was looked up beside the issue. Usernames are keys in lower case; null means "there is no such person". */
export interface Facts {
  /** The token's user. */
  readonly bot: Person;
  readonly people: ReadonlyMap<string, PersonFacts | null>;
  /** Access level by user id; null when not a member. */
  readonly roles: ReadonlyMap<number, number | null>;
  readonly loads: ReadonlyMap<string, Load>;
  /** Members by shown name, folded; null: nobody is called so. */
  readonly names: ReadonlyMap<string, Person | null | 'several'>;
  /** By the customer's name, folded; this issue may be among them. */
  readonly customers: ReadonlyMap<string, readonly OtherIssue[]>;
  /** Another issue was related to this one since it was last asked who shares its customer. */
  readonly newLink: boolean;
  /** Oldest first; null when they were not fetched. */
  readonly labelEvents: readonly LabelEvent[] | null;
  /** The newest, oldest first; null when they were not fetched. */
  readonly assigneeEvents: readonly AssigneeEvent[] | null;
  /** Assignees that GitLab left out of the last write (one assignee on Free, no access). */
  readonly refusedAssignees: readonly number[];
}

/** How far a change reaches: told to people by mail, seen by who looks, or not seen at all. */
export type Reach = 'notifies people' | 'visible' | 'silent';

/** The smallest writes, in the order in which they are done. */
export type Change = { readonly reach: Reach; readonly why: string } & (
  | {
      readonly kind: 'issue';
      readonly addLabels: readonly string[];
      readonly removeLabels: readonly string[];
      /** The complete new list; absent when assignees stay. */
      readonly assigneeIds?: readonly number[];
      /** Only when a person with the right said so (`rulings.md` 18). */
      readonly stateEvent?: 'close';
    }
  /** Relates this issue to another; one that is related already counts as done. */
  | { readonly kind: 'link_issue'; readonly projectId: number; readonly issueIid: number }
  | { readonly kind: 'create_note'; readonly body: string; readonly internal: boolean }
  | { readonly kind: 'update_note'; readonly noteId: number; readonly body: string }
  | { readonly kind: 'delete_note'; readonly noteId: number }
);

/** A user who is neither the bot nor named in `bot_usernames`, and in whose comment the bot's status mark stands. */
export interface ForeignMark {
  readonly author: Person;
  /** With our key and for this very user: the bot ran as them. False says nothing: another key, or a copy. */
  readonly signed: boolean;
}

/** What one look at an issue comes to. */
export type Plan =
  | { readonly kind: 'lookups'; readonly lookups: readonly Lookup[] }
  | { readonly kind: 'hands_off'; readonly reason: string }
  | {
      readonly kind: 'changes';
      readonly changes: readonly Change[];
      readonly assessment: Assessment;
      /** The status comment as it would stand, hidden state left out. */
      readonly comment: string;
      /** When something on this issue falls due; null when nothing does. */
      readonly lookAgainAt: string | null;
      readonly foreignMarks: readonly ForeignMark[];
    };
