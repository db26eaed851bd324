/**
 * Small policies, answers and views for the tests of the words.
 * Long, because policies and views have many parts, and the tests should show only those they are about.
 */
import type {
  Answer,
  Answers,
  Assessment,
  OpenQuestion,
  Place,
  Role,
} from '../../../src/core/model.ts';
import type {
  Condition,
  PhraseSet,
  Policy,
  Question,
  Vocabulary,
} from '../../../src/core/policy.ts';
import type { CommentView, Paint, RoleView } from '../../../src/core/say/view.ts';

const always: Condition = { source: 'true', fields: [], evaluate: () => ({ is: true }) };
const noPhrases: PhraseSet = { exact: [], starts: [], contains: [] };

export function question(id: string, over: Partial<Question> = {}): Question {
  return {
    id,
    group: 'B',
    ask: id.replaceAll('_', ' '),
    also: [],
    type: 'text',
    vocabulary: null,
    gate: 'discovery',
    when: always,
    owner: 'lead',
    why: 'shapes the estimate',
    example: 'an example',
    required: false,
    impliedBy: [],
    ...over,
  };
}

function vocabulary(id: string, titles: Readonly<Record<string, string>>): Vocabulary {
  const values = Object.entries(titles).map(([value, title]) => ({ id: value, title, also: [] }));
  return { id, numeric: false, values, ambiguous: [] };
}

const vocabularies: readonly Vocabulary[] = [
  vocabulary('scm', {
    github_cloud: 'GitHub.com',
    github_server: 'GitHub Enterprise Server',
    bitbucket_dc: 'Bitbucket Data Center',
    gitlab_sm: 'GitLab self-managed',
  }),
  vocabulary('deploy', {
    gitlab_com: 'GitLab.com',
    dedicated: 'GitLab Dedicated',
    self_managed: 'GitLab self-managed',
    undecided: 'not decided',
  }),
  {
    ...vocabulary('crm_stage', { 2: 'Scoping', 3: 'Technical Evaluation', 4: 'Proposal' }),
    numeric: true,
  },
];

const questions: readonly Question[] = [
  question('customer_name', {
    ask: 'Customer name',
    gate: 'intake',
    owner: 'ae',
    why: 'tells whose issue this is',
    example: 'Acme Corp',
    required: true,
  }),
  question('sales_stage', {
    ask: 'CRM stage of the opportunity',
    type: 'enum',
    vocabulary: 'crm_stage',
    gate: 'intake',
    owner: 'ae',
    why: 'decides how much work may go into this now',
    example: '3',
  }),
  question('account_exec', {
    ask: 'Account Executive',
    type: 'user',
    gate: 'intake',
    owner: 'ae',
    why: 'answers for price, contract and dates',
    example: '@ae-one',
  }),
  question('goals', {
    ask: 'Goals and how success is measured',
    why: 'tells what the work has to achieve and when it is finished',
    example: 'one platform for both plants by December',
    required: true,
  }),
  question('pain_points', {
    ask: 'Present pain points',
    why: 'decides what comes first',
    example: 'builds take four hours',
  }),
  question('users_planned', {
    ask: 'Number of planned users when GitLab is fully rolled out',
    type: 'count',
    why: 'sizes the environment and the estimate',
    example: '1,200 by Q3',
  }),
  question('deployment_target', {
    ask: 'Where will GitLab run?',
    type: 'enum',
    vocabulary: 'deploy',
    why: 'decides almost everything that follows',
    example: 'GitLab.com',
  }),
  question('m_sources', {
    ask: 'Source SCM systems',
    type: 'multi',
    vocabulary: 'scm',
    why: 'picks the importer',
    example: 'Bitbucket Data Center 8.9',
  }),
  question('m_users', {
    ask: 'Users to migrate',
    type: 'count',
    owner: 'customer',
    why: 'drives the number of waves',
    example: '850',
  }),
  question('m_repos', {
    ask: 'Total number of Git repositories',
    type: 'count',
    owner: 'customer',
    why: 'is the biggest driver of the estimate',
    example: 'BB = 225, GLSM = 775',
  }),
  question('m_total_size', {
    ask: 'Total size of the Git storage, and the largest repository',
    type: 'size',
    owner: 'customer',
    why: 'decides how long a copy takes',
    example: '150 GB, largest 12 GB',
  }),
  question('m_lfs', {
    ask: 'Is Git LFS used, and how much?',
    type: 'yes_no',
    owner: 'customer',
    why: 'adds a step for each repository that uses it',
    example: 'yes, 40 GB',
  }),
  question('m_ci_jobs', {
    ask: 'CI/CD jobs that point at the old server',
    type: 'count',
    owner: 'customer',
    why: 'is work for each of them',
    example: '700',
  }),
  question('m_sso', {
    ask: 'Identity provider',
    type: 'text',
    owner: 'customer',
    why: 'has to be there before anything can be mapped to users',
    example: 'Okta',
  }),
  question('target_end', {
    ask: 'Wanted end date',
    type: 'date',
    why: 'shows whether the plan is possible at all',
    example: '2027-03-12',
  }),
  question('mg_version', {
    ask: 'Source GitLab version',
    type: 'version',
    owner: 'customer',
    why: 'decides whether an upgrade comes first',
    example: '18.2',
  }),
  question('integrations', {
    ask: 'Tools to connect',
    type: 'list',
    why: 'adds work for each tool',
    example: 'Jira, ServiceNow',
  }),
];

const plain = { also: [], hold: false, done: false };

export const policy: Policy = {
  version: '1',
  hash: 'test',
  projects: [],
  botUsernames: [],
  recognise: { labels: ['Services Calculator'], title: [], template: true },
  people: {
    engagementManagers: [],
    byRole: new Map(),
    approvers: new Map(),
    leave: [],
    mentionOnly: [],
    pools: new Map(),
  },
  roles: [
    { id: 'sa', title: 'Solutions Architect', field: null },
    { id: 'csm', title: 'Customer Success Manager', field: null },
    { id: 'ae', title: 'Account Executive', field: 'account_exec' },
    { id: 'em', title: 'Engagement Manager', field: null },
  ],
  // biome-ignore lint/suspicious/noThenProperty: the policy's own word
  assignment: { match: [], then: 'least_open', fallback: '', skipBusy: true, assign: ['em'] },
  groups: new Map(),
  questions,
  questionById: new Map(questions.map((item) => [item.id, item])),
  vocabularies: new Map(vocabularies.map((item) => [item.id, item])),
  words: {
    columns: { question: [], answer: [], answerLastResort: [], example: [], why: [], number: [] },
    states: {
      unanswered: noPhrases,
      deferred: noPhrases,
      unknown: noPhrases,
      notApplicable: noPhrases,
      none: noPhrases,
      reference: noPhrases,
    },
    yes: [],
    no: [],
    approximate: [],
    multipliers: new Map(),
    now: [],
    later: [],
    noDate: [],
    examples: [],
    other: [],
    mailHeaders: [],
    fillers: [],
    copulas: [],
    fiscalYearStart: 2,
  },
  services: [
    { id: 'migration_scm', title: 'SCM migration', label: 'service:migration-scm', infer: null },
    { id: 'training', title: 'Training', label: 'service:training', infer: null },
  ],
  facts: [],
  leadRules: [],
  crmStage: null,
  leadUnknown: { rule: 'L7', reason: 'Is there an open licence opportunity?', candidates: [] },
  poolRules: [],
  offerings: [
    { id: 'migration_plus', title: 'Migration+' },
    { id: 'education', title: 'Education Services' },
  ],
  offeringRules: [],
  catalogueVersion: '2026-11',
  checks: [],
  stages: [
    {
      id: 'technical_evaluation',
      title: 'Technical Evaluation',
      label: 'stage::technical-evaluation',
      enterWhen: [],
      asks: ['intake', 'discovery'],
      auto: true,
      ...plain,
    },
    {
      id: 'proposal',
      title: 'Proposal',
      label: 'stage::proposal',
      enterWhen: [
        gate('discovery_complete', 'Discovery'),
        gate('no_blocking_finding', 'Nothing blocking'),
        gate('offering_decided', 'Offering'),
      ],
      asks: ['proposal'],
      auto: true,
      ...plain,
    },
    {
      id: 'sow_approval',
      title: 'SOW approval',
      label: 'stage::sow-approval',
      enterWhen: [gate('estimate_given', 'Estimate')],
      asks: ['sow'],
      auto: true,
      ...plain,
    },
  ],
  labels: [
    {
      id: 'fit',
      scoped: true,
      reveals: false,
      colour: '#108548',
      names: new Map([['sow', 'fit::sow']]),
      descriptions: new Map([['sow', 'A statement of work fits']]),
    },
  ],
  ignoreLabel: 'scoping-bot::ignore',
  looks: { ignore: null, recognise: null },
  board: null,
  labelAnswers: [],
  limits: new Map([['migration_plus.repositories', 1000]]),
  deferral: { most: 3, withinDays: 14 },
  comment: { mostQuestions: 7 },
  commands: [],
  commandRights: new Map(),
  commandsPerHour: 30,
  approvals: [],
  staleness: { estimate: [], sources: '', users: '', percent: 25 },
  commentAnswers: 'ask',
  handOff: [],
  templates: [],
};

function gate(id: string, title: string): Policy['stages'][number]['enterWhen'][number] {
  return { id, title, when: always, passed: '', open: '', owner: 'em' };
}

const inTable: Place = { kind: 'table', line: 12 };

export function answer(field: string, raw: string, over: Partial<Answer> = {}): Answer {
  return { field, state: 'answered', raw, value: raw, where: inTable, ...over };
}

export function answers(...given: readonly Answer[]): Answers {
  return new Map(given.map((one) => [one.field, one]));
}

/** An open question as the judgement gives it: words from the policy. */
export function open(field: string, over: Partial<OpenQuestion> = {}): OpenQuestion {
  const asked = policy.questionById.get(field) ?? question(field);
  const { gate: from, owner, ask, why, example } = asked;
  return {
    field,
    reason: 'unanswered',
    gate: from,
    owner: owner === 'lead' ? 'sa' : owner,
    question: ask,
    why,
    example,
    excused: false,
    ...over,
  };
}

export function assessment(over: Partial<Assessment> = {}): Assessment {
  return {
    serviceTypes: [{ id: 'migration_scm', from: 'field' }],
    answers: new Map(),
    applicable: [],
    open: [],
    findings: [],
    unplaced: [],
    typedUnderExample: new Map(),
    completeness: { answered: 0, needed: 0 },
    lead: {
      role: 'sa',
      rule: 'L1',
      reason: 'A licence opportunity is open, so the Solutions Architect leads discovery.',
    },
    pools: [],
    callable: null,
    reviews: new Map(),
    recommendation: {
      kind: 'undecided',
      offering: null,
      also: [],
      confidence: 'low',
      rule: null,
      reasons: [],
      wouldChange: [],
    },
    stage: {
      current: 'technical_evaluation',
      next: 'proposal',
      passed: false,
      gates: [],
      lapsed: [],
    },
    ...over,
  };
}

export function person(
  username: string,
  over: Partial<Extract<RoleView, { name: string }>> = {},
): RoleView {
  return {
    username,
    name: '',
    known: true,
    source: 'named in the issue',
    inferred: false,
    mention: false,
    ...over,
  };
}

export function view(over: Partial<CommentView> = {}): CommentView {
  return {
    assessment: assessment(),
    roles: new Map<Role, RoleView>(),
    movers: [],
    audience: 'everyone who can read the issue',
    outsidersCanRead: false,
    remarks: [],
    history: [],
    botUsername: 'scoping-bot',
    language: 'en',
    ...over,
  };
}

export const noPaint: Paint = {
  bold: (text) => text,
  dim: (text) => text,
  red: (text) => text,
  green: (text) => text,
  yellow: (text) => text,
};
