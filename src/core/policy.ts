/** The policy as the core sees it: loaded, merged, checked and compiled; `src/policy` makes it from YAML. Long, because it mirrors the whole policy file. */
import type { FieldId, GateId, Owner, Role } from './model.ts';

/** What a condition says; `unknown` names the fields that would have to be answered first. */
export type Truth =
  | { readonly is: true }
  | { readonly is: false }
  | { readonly is: 'unknown'; readonly missing: readonly FieldId[] };

/** Variables of a condition: field ids and facts by name. Absent means unknown. int = bigint, date = Date. */
export type Scope = ReadonlyMap<string, unknown>;

/** A compiled CEL expression. Never throws; an absent variable makes it unknown unless it cannot matter. */
export interface Condition {
  readonly source: string;
  /** Field ids that the expression reads, directly or through facts. */
  readonly fields: readonly FieldId[];
  evaluate(scope: Scope): Truth;
}

export type FieldType =
  | 'text'
  | 'list'
  | 'count'
  | 'size'
  | 'money'
  | 'version'
  | 'date'
  | 'enum'
  | 'multi'
  | 'yes_no'
  | 'user'
  | 'url';

export interface Question {
  readonly id: FieldId;
  /** Group of `domain.md` §8.3, e.g. `A`; templates make a section of each. */
  readonly group: string;
  readonly ask: string;
  /** Further wordings, including the literal row titles of public tables and translations. */
  readonly also: readonly string[];
  /** Words that mean this question only when the answer beside them fits it. */
  readonly perhaps?: readonly string[];
  /** Words that ask it the other way round: a yes beside them is a no. */
  readonly opposites?: readonly string[];
  readonly type: FieldType;
  /** For `enum` and `multi`: the id of its vocabulary. */
  readonly vocabulary: string | null;
  readonly gate: GateId;
  readonly when: Condition;
  readonly owner: Owner;
  readonly why: string;
  readonly example: string;
  /** "N/A" is not accepted as an answer (`rulings.md` 7). */
  readonly required: boolean;
  /** Other sources whose words answer this question too (`rulings.md` 1), tried in order. */
  readonly impliedBy: readonly ImpliedBy[];
}

/** `field`: read that field's words with this question's own reading; `part: 'later'` takes its later figure, `earlier` the one of today. */
export interface ImpliedBy {
  /** A field id, or `title`: the part of the title that `recognise.title` leaves to the `*`. */
  readonly field: FieldId | 'title';
  readonly part: 'all' | 'later' | 'earlier';
  readonly when: Condition | null;
  /** What it comes to, in words that this question understands; null: the field's own words. */
  readonly words: string | null;
}

export interface VocabularyValue {
  readonly id: string;
  /** How it is called in the comment; the id with spaces when absent. */
  readonly title: string;
  readonly also: readonly string[];
}

export interface Vocabulary {
  readonly id: string;
  /** Ids are whole numbers (the CRM stage); values are numbers then. */
  readonly numeric: boolean;
  readonly values: readonly VocabularyValue[];
  /** Words that name several values: one targeted question instead of a guess. */
  readonly ambiguous: readonly {
    readonly words: readonly string[];
    readonly choices: readonly string[];
    readonly remark: string;
  }[];
  /** Words that hold a value's word and do not mean it. */
  readonly ignore?: readonly string[];
}

/** Words of a kind of answer. All matching is done on folded text (case, accents, spaces, invisible characters). */
export interface PhraseSet {
  /** The whole answer is one of these. */
  readonly exact: readonly string[];
  /** The answer begins with one of these words. */
  readonly starts: readonly string[];
  /** One of these word sequences stands anywhere in the answer. */
  readonly contains: readonly string[];
}

/** Everything the reading knows about words, as data in all supported languages. */
export interface ReadingWords {
  readonly columns: {
    readonly question: readonly string[];
    readonly answer: readonly string[];
    readonly answerLastResort: readonly string[];
    readonly example: readonly string[];
    readonly why: readonly string[];
    readonly number: readonly string[];
  };
  readonly states: {
    readonly unanswered: PhraseSet;
    readonly deferred: PhraseSet;
    readonly unknown: PhraseSet;
    readonly notApplicable: PhraseSet;
    readonly none: PhraseSet;
    readonly reference: PhraseSet;
  };
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly approximate: readonly string[];
  /** Words that multiply: `{ k: 1000, million: 1000000 }`. */
  readonly multipliers: ReadonlyMap<string, number>;
  /** "now"/"today" and "later"/"next year" words for growth. */
  readonly now: readonly string[];
  readonly later: readonly string[];
  /** Words that are no date: "ASAP", "soon". */
  readonly noDate: readonly string[];
  /** What public tables give as example answers: never somebody's own words. */
  readonly examples: readonly string[];
  /** "Other" before a colon in a list of choices: what follows is the answer. */
  readonly other: readonly string[];
  /** Keys of mail headers ("From", "Subject"): never answers to anything. */
  readonly mailHeaders: readonly string[];
  /** Words of a spoken question that say nothing about what is asked: "which", "do you". */
  readonly fillers: readonly string[];
  /** What may stand for a colon: "The tier is Premium". */
  readonly copulas: readonly string[];
  /** First month of the fiscal year, 1 to 12. */
  readonly fiscalYearStart: number;
}

export interface ServiceType {
  readonly id: string;
  readonly title: string;
  /** The label that says so. */
  readonly label: string;
  readonly infer: Condition | null;
}

export interface LeadRule {
  readonly id: string;
  readonly when: Condition;
  readonly lead: 'sa' | 'csm' | 'ae' | 'em';
  readonly reason: string;
  /** While the rule decides no engagement manager is chosen, and this is said in the place of one. */
  readonly noManager?: string;
}

export interface Offering {
  readonly id: string;
  readonly title: string;
}

export interface OfferingRule {
  readonly id: string;
  /** Null: applies when every rule before it is false (the last resort, K19). */
  readonly when: Condition | null;
  readonly kind: 'sku' | 'sow' | 'partner' | 'none' | 'undecided';
  readonly offering: string | null;
  /** Several offerings side by side: those whose condition holds, the first of them first. */
  readonly offerings: readonly { readonly when: Condition; readonly offering: string }[];
  readonly confidence: 'high' | 'medium' | 'low';
  /** Sentences; `{field}` is replaced by that field's answer, `{limits.x.y}` by a limit. */
  readonly reasons: readonly { readonly when: Condition | null; readonly say: string }[];
  readonly wouldChange: readonly string[];
}

export interface Check {
  readonly id: string;
  readonly severity: 'block' | 'warn' | 'info';
  readonly when: Condition;
  /** Where this holds, the finding is for people of the project only. */
  readonly internal: Condition | null;
  readonly fields: readonly FieldId[];
  readonly message: string;
  /** What makes it go away, in one sentence; '' when nobody wrote it. */
  readonly wouldClear: string;
}

/** A named condition of a stage, with the words for either outcome. */
export interface Gate {
  readonly id: string;
  readonly title: string;
  readonly when: Condition;
  readonly passed: string;
  readonly open: string;
  /** Whose move it is while the gate is open and no question is. */
  readonly owner: Owner;
}

export interface Stage {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly enterWhen: readonly Gate[];
  /** Questions of these gates are asked from this stage on. */
  readonly asks: readonly GateId[];
  readonly auto: boolean;
  /** Further spellings that are read as this stage. */
  readonly also: readonly string[];
  /** A pause beside the road, not a step on it. */
  readonly hold: boolean;
  /** The end of the road: the delivery team gets its summary. */
  readonly done: boolean;
}

/** The verbs of `/scoping …` (`interfaces.md` §5). */
export const VERBS = [
  'set',
  'take',
  'na',
  'assume',
  'defer',
  'type',
  'lead',
  'assign',
  'advance',
  'back',
  'hold',
  'resume',
  'estimate',
  'accept',
  'sow',
  'approve',
  'won',
  'lost',
  'sku',
  'partner',
  'snooze',
  'recheck',
  'explain',
  'undo',
  'help',
] as const;
export type Verb = (typeof VERBS)[number];

export interface CommandSpec {
  readonly id: Verb;
  /** How it is written, without the name in front: "set FIELD VALUE". */
  readonly form: string;
  readonly right: 'answer' | 'move' | 'approve';
  /** What it does, to follow the form in a list. */
  readonly does: string;
  /** Parts of the command → the questions that they answer. */
  readonly fields: ReadonlyMap<string, FieldId>;
  /** The words that the command stands for, where it has none of its own. */
  readonly says: string;
}

/** Any one of these is enough. */
export interface CommandRight {
  /** Least access level in the project; absent: no level is enough. */
  readonly level?: number | undefined;
  /** Who has this role on the issue itself. */
  readonly also: readonly Owner[];
  /** Those whom `people.approvers` names for the approval. */
  readonly approvers: boolean;
  /** Who may, as the subject of a sentence. */
  readonly said: string;
}

export interface Approval {
  readonly id: 'ps' | 'revenue' | 'rdm' | 'ta';
  readonly title: string;
  /** The question whose answer shows it. */
  readonly field: FieldId;
  /** Where it has to be given; null: the stages alone ask for it. */
  readonly neededWhen: Condition | null;
  /** Labels that look like it: read in any spelling, and told to be none. */
  readonly labels: readonly string[];
}

/** Away from one day to another, both included. */
export interface Leave {
  readonly username: string;
  readonly from: string;
  readonly until: string;
}

/** A family of labels that the bot manages; everything outside the families is never touched. */
export interface LabelFamily {
  readonly id:
    | 'stage'
    | 'outcome'
    | 'discovery'
    | 'lead'
    | 'fit'
    | 'service'
    | 'needs'
    | 'risk'
    | 'ta'
    | 'crm';
  /** One at a time: siblings are removed by name. */
  readonly scoped: boolean;
  /** Says something about the customer: written only when everybody can read what it rests on. */
  readonly reveals: boolean;
  readonly colour: string;
  /** Key → the label's exact spelling. */
  readonly names: ReadonlyMap<string, string>;
  /** Key → what is said of the label where labels are listed. */
  readonly descriptions: ReadonlyMap<string, string>;
}

/** How a label looks where labels are listed. */
export interface LabelLook {
  /** `#` and six hexadecimal digits. */
  readonly colour: string;
  readonly description: string;
}

export interface EngagementManager {
  readonly username: string;
  readonly territories: readonly string[];
  readonly segments: readonly string[];
  readonly services: readonly string[];
  readonly pubsecUs: boolean;
}

export interface Policy {
  readonly version: string;
  /** Changes whenever anything in the policy changes. */
  readonly hash: string;
  readonly projects: readonly string[];
  readonly botUsernames: readonly string[];
  readonly recognise: {
    readonly labels: readonly string[];
    /** `*` stands for the customer's name. */
    readonly title: readonly string[];
    readonly template: boolean;
  };
  readonly people: {
    readonly engagementManagers: readonly EngagementManager[];
    readonly byRole: ReadonlyMap<Role, readonly string[]>;
    readonly approvers: ReadonlyMap<string, readonly string[]>;
    readonly leave: readonly Leave[];
    /** Where a condition holds, nobody but these may be called; `managers`: and those marked so. */
    readonly mentionOnly: readonly {
      readonly id: string;
      readonly when: Condition;
      readonly managers: 'pubsec_us' | null;
      readonly usernames: readonly string[];
    }[];
    /** Who is named, not called, where nobody has the role. */
    readonly pools: ReadonlyMap<Role, string>;
  };
  /** The roles in the order in which people are shown; `field` is the question that names the person. */
  readonly roles: readonly {
    readonly id: Role;
    readonly title: string;
    readonly field: FieldId | null;
  }[];
  readonly assignment: {
    readonly match: readonly ('pubsec_us' | 'territory' | 'segment' | 'service_type')[];
    readonly then: 'least_open' | 'round_robin';
    /** Who is named when no engagement manager is free: a user or group path without `@`, or ''. */
    readonly fallback: string;
    readonly skipBusy: boolean;
    readonly assign: readonly ('em' | 'lead')[];
  };
  /** In order of importance. */
  readonly questions: readonly Question[];
  readonly questionById: ReadonlyMap<FieldId, Question>;
  /** Group of questions → what headings, section rows and columns call it ("Jenkins" for `J`). */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly vocabularies: ReadonlyMap<string, Vocabulary>;
  readonly words: ReadingWords;
  readonly services: readonly ServiceType[];
  /** Named conditions, in order; each may use those before it. */
  readonly facts: readonly { readonly id: string; readonly is: Condition }[];
  readonly leadRules: readonly LeadRule[];
  /** What is said, and asked, when no lead rule holds (L7). */
  readonly leadUnknown: {
    readonly rule: string;
    readonly reason: string;
    readonly candidates: readonly Role[];
  };
  /** Where a pool takes a role for which nobody is named. */
  readonly poolRules: readonly {
    readonly id: string;
    readonly role: Role;
    readonly when: Condition;
    readonly reason: string;
  }[];
  readonly offerings: readonly Offering[];
  readonly offeringRules: readonly OfferingRule[];
  readonly catalogueVersion: string;
  readonly checks: readonly Check[];
  readonly stages: readonly Stage[];
  /** The question that tells the opportunity's stage in the CRM, and what that is called: an axis of its own (`domain.md` §8.9). */
  readonly crmStage: { readonly field: FieldId; readonly title: string } | null;
  readonly labels: readonly LabelFamily[];
  readonly ignoreLabel: string;
  /** Of labels that people put on and the bot only reads; null: nobody makes them but people. */
  readonly looks: { readonly ignore: LabelLook | null; readonly recognise: LabelLook | null };
  /** The issue board that `setup` makes; null: none. */
  readonly board: { readonly name: string } | null;
  /** Labels that answer questions: label → field → the words to read. */
  readonly labelAnswers: readonly {
    readonly label: string;
    readonly set: ReadonlyMap<FieldId, string>;
  }[];
  /** Numbers that conditions and sentences may name, e.g. `limits.migration_plus.projects`. */
  readonly limits: ReadonlyMap<string, number>;
  readonly deferral: { readonly most: number; readonly withinDays: number };
  readonly comment: { readonly mostQuestions: number };
  readonly commands: readonly CommandSpec[];
  readonly commandRights: ReadonlyMap<CommandSpec['right'], CommandRight>;
  /** So many commands of one person on one issue in an hour. */
  readonly commandsPerHour: number;
  readonly approvals: readonly Approval[];
  /** What makes an accepted estimate stale; fields are '' when nothing does. */
  readonly staleness: {
    readonly estimate: readonly FieldId[];
    readonly sources: FieldId;
    readonly users: FieldId;
    readonly percent: number;
  };
  /** An answer in a comment counts at once, or when somebody takes it (`rulings.md` 31). */
  readonly commentAnswers: 'ask' | 'at_once';
  /** What the delivery team reads, by section. */
  readonly handOff: readonly { readonly title: string; readonly fields: readonly FieldId[] }[];
  readonly templates: readonly TemplateSpec[];
}

export interface TemplateSpec {
  /** File name without `.md`, as GitLab's template chooser shows it. */
  readonly name: string;
  readonly form: 'bullets' | 'table';
  readonly intro: string;
  readonly sections: readonly { readonly title: string; readonly fields: readonly FieldId[] }[];
}
