/**
 * The shape of a policy document, strict: what a YAML policy may say, before ids and conditions are checked.
 * Longer than most files, because the whole format is read best in one place.
 */
import { z } from 'zod';
import { VERBS } from '../core/policy.ts';

const NAME = 'a name of small letters, digits and underscores, beginning with a letter';
const Id = z.string().regex(/^[a-z][a-z0-9_]*$/, NAME);
/** Rules and checks are called as Professional Services calls them: `L1`, `K6`, `C45`. */
const RuleId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]*$/, 'a short name such as K6, without spaces');
const ValueId = z.union([
  z.string().regex(/^[a-z0-9][a-z0-9_]*$/, 'a name of small letters, digits and underscores'),
  z.int(),
]);
const Text = z.string().regex(/\S/, 'text that is not empty');
const Texts = z.array(Text);
const Username = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'a GitLab username without @');
const Usernames = z.array(Username);
const Condition = Text.describe('A CEL expression that is true or false');

const Role = z.enum(['sa', 'csm', 'ae', 'em', 'ta', 'coordinator', 'customer']);
const Owner = z.enum(['lead', ...Role.options]);
const FieldType = z.enum([
  'text',
  'list',
  'count',
  'size',
  'money',
  'version',
  'date',
  'enum',
  'multi',
  'yes_no',
  'user',
  'url',
]);
const GateId = z.enum(['intake', 'discovery', 'proposal', 'sow', 'none']);
const Confidence = z.enum(['high', 'medium', 'low']);
const Severity = z.enum(['block', 'warn', 'info']);

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as "2026-12-24", in quotes');
const Person = z.strictObject({ username: Username });
const People = z.array(Person).default([]);
const Approvers = Usernames.default([]);

const PeopleSection = z.strictObject({
  engagement_managers: z
    .array(
      z.strictObject({
        username: Username,
        territories: Texts.default([]),
        segments: Texts.default([]),
        services: Texts.default([]),
        pubsec_us: z.boolean().default(false),
      }),
    )
    .default([]),
  solutions_architects: People,
  customer_success_managers: People,
  account_executives: People,
  technical_architects: People,
  coordinators: People,
  approvers: z
    .strictObject({ ps: Approvers, revenue: Approvers, rdm: Approvers, ta: Approvers })
    .prefault({}),
  /** Where a condition holds, nobody but these is called by name. */
  mention_only: z
    .array(
      z.strictObject({
        id: Id,
        when: Condition,
        managers: z
          .enum(['pubsec_us'])
          .optional()
          .describe('The engagement managers marked so may be called too'),
        usernames: z.array(Username).default([]),
      }),
    )
    .default([]),
  /** Away from one day to another, both included. */
  leave: z.array(z.strictObject({ username: Username, from: Day, until: Day })).default([]),
  /** Who is named, not called, where nobody has a role: a user or group path without `@`. */
  pools: z
    .partialRecord(Role, z.string().regex(/^[^@\s]+$/, 'a user or group path without @'))
    .default({}),
});

const Assignment = z.strictObject({
  lead: Id.describe('Which of lead_rules is in force'),
  em: z.strictObject({
    match: z.array(z.enum(['pubsec_us', 'territory', 'segment', 'service_type'])),
    // biome-ignore lint/suspicious/noThenProperty: the policy's own word
    then: z.enum(['least_open', 'round_robin']),
    fallback: z
      .string()
      .regex(/^[^@\s]*$/, 'a user or group path without @, or nothing')
      .default(''),
  }),
  skip_busy: z.boolean(),
  assign: z.array(z.enum(['em', 'lead'])),
});

const Vocabulary = z.strictObject({
  id: Id,
  numeric: z.boolean().default(false),
  values: z
    .array(z.strictObject({ id: ValueId, title: Text.optional(), also: Texts.default([]) }))
    .min(1),
  ambiguous: z
    .array(z.strictObject({ words: Texts, choices: z.array(ValueId), remark: Text }))
    .default([]),
  /** Words that hold a value's word and do not mean it: "SQL Server" is no Azure DevOps Server. */
  ignore: Texts.default([]),
});

const Question = z.strictObject({
  id: Id,
  group: Text,
  ask: Text,
  also: Texts.default([]),
  type: FieldType,
  vocabulary: Id.optional(),
  gate: GateId,
  when: Condition.default('true'),
  owner: Owner,
  why: Text,
  example: z.string().default(''),
  required: z.boolean().default(false),
  implied_by: z
    .array(
      z.strictObject({
        field: Id,
        part: z.enum(['all', 'later', 'earlier']).default('all'),
        when: Condition.optional(),
        /** What it comes to, in the words of this question; the other field's own words when not given. */
        words: Text.optional(),
      }),
    )
    .default([]),
});

/** A group of questions and the words that headings, section rows and columns call it by. */
const Group = z.strictObject({ id: Text, also: Texts.default([]) });

const LeadRule = z.strictObject({
  id: RuleId,
  when: Condition,
  lead: z.enum(['sa', 'csm', 'ae', 'em']),
  reason: Text,
  no_manager: Text.optional().describe(
    'While this rule decides, no engagement manager is chosen; said in the place of one. Whom people name stands',
  ),
});

const OfferingRule = z.strictObject({
  id: RuleId,
  when: Condition.optional(),
  kind: z.enum(['sku', 'sow', 'partner', 'none', 'undecided']),
  offering: Id.nullable().default(null),
  /** Several offerings side by side, each with its condition: the first that holds, then the others. */
  offerings: z.array(z.strictObject({ when: Condition, offering: Id })).default([]),
  confidence: Confidence,
  reasons: z.array(z.union([Text, z.strictObject({ when: Condition, say: Text })])),
  would_change: Texts.default([]),
});

const Check = z.strictObject({
  id: RuleId,
  severity: Severity,
  when: Condition,
  /** Where this holds, the finding is said in an internal note and not in the comment. */
  internal: Condition.optional(),
  fields: z.array(Id).default([]),
  message: Text,
  /** The answer or deed that makes the finding go away, in one short sentence. */
  would_clear: z.string().default(''),
});

const Gate = z.strictObject({
  id: Id,
  title: Text,
  when: Condition,
  passed: Text,
  open: Text,
  owner: Owner,
});

const AccessLevel = z.int().min(0).max(60);

const Stage = z.strictObject({
  id: Id,
  title: Text,
  label: Text,
  enter_when: z.array(Id).default([]),
  asks: z.array(GateId).default([]),
  auto: z.boolean().default(true),
  /** Comes after this stage; without it, after the one listed before it. */
  after: Id.optional(),
  /** Further spellings of the label that are read as this stage. */
  also: Texts.default([]),
  /** A pause beside the road, not a step on it. */
  hold: z.boolean().default(false),
  /** The end of the road: the delivery team gets its summary. */
  done: z.boolean().default(false),
});

/** The issue board that `setup` makes, with a list for each stage. */
const Board = z.strictObject({ name: Text });

/** A verb of `/scoping …`; what it does is code, who may and how it is explained is data. */
const CommandSpec = z.strictObject({
  id: z.enum(VERBS),
  form: Text,
  right: z.enum(['answer', 'move', 'approve']),
  does: Text,
  /** Which questions the parts of the command answer. */
  fields: z.record(Id, Id).default({}),
  /** The words that the command stands for, where it has none of its own. */
  says: z.string().default(''),
});

/** A project role (GitLab's access level) or more may; `also`: who has this role on the issue itself. */
const CommandRight = z.strictObject({
  level: AccessLevel.optional(),
  also: z.array(z.enum(['lead', ...Role.options])).default([]),
  approvers: z.boolean().default(false),
  said: Text,
});

const Approval = z.strictObject({
  id: z.enum(['ps', 'revenue', 'rdm', 'ta']),
  title: Text,
  field: Id,
  /** Where the answers call for it. */
  needed_when: z.string().optional(),
  /** Labels that look like it. */
  labels: Texts.default([]),
});

const LabelFamilyId = z.enum([
  'stage',
  'outcome',
  'discovery',
  'lead',
  'fit',
  'service',
  'needs',
  'risk',
  'ta',
  'crm',
]);
const Colour = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'a colour such as "#1f75cb", in quotes');
const Look = z.strictObject({ colour: Colour, description: z.string() });
const Labels = z.strictObject({
  ignore: Text,
  /** How labels look that people put on and the bot only reads; without it `setup` does not make them. */
  by_people: z.strictObject({ ignore: Look.optional(), recognise: Look.optional() }).prefault({}),
  families: z.array(
    z.strictObject({
      id: LabelFamilyId,
      scoped: z.boolean(),
      reveals: z.boolean().default(false),
      colour: Colour,
      /** `{title}` stands for what the label names: the stage, the service type, the stage of the CRM. */
      description: z.string(),
      /** By key, where one label has a description of its own. */
      descriptions: z.record(RuleId, z.string()).default({}),
      names: z.record(RuleId, Text).optional(),
      pattern: z
        .string()
        .regex(/^[^{}]*\{id\}[^{}]*$/, 'a label with {id} in it')
        .optional(),
    }),
  ),
});

const Phrases = z
  .strictObject({
    exact: Texts.default([]),
    starts: Texts.default([]),
    contains: Texts.default([]),
  })
  .prefault({});
const Words = z.strictObject({
  columns: z.strictObject({
    question: Texts,
    answer: Texts,
    answer_last_resort: Texts.default([]),
    example: Texts.default([]),
    why: Texts.default([]),
    number: Texts.default([]),
  }),
  states: z.strictObject({
    unanswered: Phrases,
    deferred: Phrases,
    unknown: Phrases,
    not_applicable: Phrases,
    none: Phrases,
    reference: Phrases,
  }),
  yes: Texts,
  no: Texts,
  approximate: Texts.default([]),
  multipliers: z.record(Text, z.number().positive()).default({}),
  now: Texts.default([]),
  later: Texts.default([]),
  no_date: Texts.default([]),
  examples: Texts.default([]),
  other: Texts.default([]),
  mail_headers: Texts.default([]),
  fillers: Texts.default([]),
  copulas: Texts.default([]),
  fiscal_year_start: z.int().min(1).max(12),
});

const Template = z.strictObject({
  name: z
    .string()
    .regex(
      /^(?![. ])[^\\/:*?"<>|\p{Cc}]{1,100}$/u,
      'a file name without path, ending or special signs',
    ),
  form: z.enum(['bullets', 'table']),
  intro: z.string().default(''),
  sections: z.array(z.strictObject({ title: Text, fields: z.array(Id) })),
});

/** A whole policy, layered: every file of the shipped folder and the user's own on top. */
export const PolicyDocument = z.strictObject({
  version: Text,
  projects: Texts.default([]),
  bot_usernames: Usernames.default([]),
  recognise: z.strictObject({
    labels: Texts.default([]),
    title: Texts.default([]),
    template: z.boolean().default(false),
  }),
  people: PeopleSection.prefault({}),
  roles: z.array(z.strictObject({ id: Role, title: Text, field: Id.optional() })),
  assignment: Assignment,
  vocabularies: z.array(Vocabulary).default([]),
  lists: z.record(Id, z.array(z.string())).default({}),
  limits: z.record(Id, z.union([z.number(), z.record(Id, z.number())])).default({}),
  questions: z.array(Question).min(1),
  /** Further wordings by question, beside its own `also`. */
  wordings: z.record(Id, Texts).default({}),
  /** Words that mean a question only when the answer beside them fits it: "Plan: Premium". */
  perhaps: z.record(Id, Texts).default({}),
  /** Words that ask a yes/no question the other way round: "New customer" for `existing_customer`. */
  opposites: z.record(Id, Texts).default({}),
  groups: z.array(Group).default([]),
  facts: z.array(z.strictObject({ id: Id, is: Condition })).default([]),
  services: z
    .array(z.strictObject({ id: Id, title: Text, infer: Condition.optional() }))
    .default([]),
  lead_rules: z.record(Id, z.array(LeadRule)),
  lead_unknown: z.strictObject({
    rule: RuleId,
    reason: Text,
    /** Who may lead while nobody knows: listed, not called. */
    candidates: z.array(Role).default([]),
  }),
  /** Where the pool of `people.pools` takes a role for which nobody is named; the first rule that holds. */
  pool_rules: z
    .array(z.strictObject({ id: RuleId, role: Role, when: Condition, reason: Text }))
    .default([]),
  offerings: z.array(z.strictObject({ id: Id, title: Text })).default([]),
  catalogue_version: Text,
  offering_rules: z.array(OfferingRule).default([]),
  checks: z.array(Check).default([]),
  gates: z.array(Gate).default([]),
  stages: z.array(Stage),
  /** The question that tells the stage of the opportunity, shown under this title. */
  crm_stage: z.strictObject({ field: Id, title: Text }).optional(),
  labels: Labels,
  board: Board.optional(),
  label_answers: z
    .array(
      z.strictObject({
        label: Text,
        set: z.record(Id, z.union([z.string(), z.number(), z.boolean()])),
      }),
    )
    .default([]),
  words: Words,
  deferral: z.strictObject({ most: z.int().min(0), within_days: z.int().min(0) }),
  comment: z.strictObject({ most_questions: z.int().min(1) }),
  commands: z.array(CommandSpec).default([]),
  command_rights: z.strictObject({
    answer: CommandRight,
    move: CommandRight,
    approve: CommandRight,
  }),
  commands_per_hour: z.int().min(1).default(30),
  approvals: z.array(Approval).default([]),
  /** What makes an accepted estimate stale: a new value in `sources`, a new service type, users off by so much. */
  staleness: z
    .strictObject({
      estimate: z.array(Id),
      sources: Id,
      users: Id,
      percent: z.number().positive().max(90),
    })
    .optional(),
  comment_answers: z.enum(['ask', 'at_once']).default('ask'),
  hand_off: z
    .strictObject({ sections: z.array(z.strictObject({ title: Text, fields: z.array(Id) })) })
    .prefault({ sections: [] }),
  templates: z.array(Template).default([]),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;
