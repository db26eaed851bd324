/**
 * What each key of a policy means, in one sentence a key: for `docs/policy.md` and for editors that read the JSON Schema.
 * Long, because a key without its sentence is what this file is there to prevent; a test holds both to each other.
 */

/** By path; `[]` an item of a list, `*` any name. */
const MEANINGS: Readonly<Record<string, string>> = {
  version: 'Your own name for this state of the policy; shown in comments and by `check --json`',
  projects: 'Full paths or ids of the projects that are served; `PROJECTS` comes before it',
  bot_usernames: 'Earlier users of the bot, whose comments are still taken for its own',
  recognise: 'What makes an issue a scoping issue; one of the three is enough',
  'recognise.labels': 'It carries one of these labels, in any spelling',
  'recognise.title': 'Its title fits one of these; `*` stands for any text',
  'recognise.template': 'It was made from one of our issue templates, which leave a hidden mark',

  people: 'Who is who; empty as shipped',
  'people.engagement_managers': 'From whom an Engagement Manager is chosen',
  'people.engagement_managers[].username': 'GitLab username without `@`',
  'people.engagement_managers[].territories':
    'Territories covered, as the vocabulary `territory` names them',
  'people.engagement_managers[].segments':
    'Segments covered, as the vocabulary `segment` names them',
  'people.engagement_managers[].services':
    'Service types covered, for teams that match by `service_type`',
  'people.engagement_managers[].pubsec_us': 'Takes customers of the US public sector',
  'people.solutions_architects': 'Solutions Architects',
  'people.customer_success_managers': 'Customer Success Managers',
  'people.account_executives': 'Account Executives',
  'people.technical_architects': 'Technical Architects',
  'people.coordinators': 'Project Coordinators',
  'people.approvers': 'Who may give which approval with `/scoping approve`; nobody else may',
  'people.approvers.ps': 'For the leadership of Professional Services',
  'people.approvers.revenue': 'For Revenue',
  'people.approvers.rdm': 'For the Regional Delivery Manager',
  'people.approvers.ta': 'For the Technical Architect',
  'people.mention_only': 'Where a condition holds, nobody but these is called by name',
  'people.mention_only[].id': 'A name for this rule',
  'people.mention_only[].when': 'When it holds',
  'people.mention_only[].managers': 'The Engagement Managers who are marked so may be called too',
  'people.mention_only[].usernames': 'Who else may be called',
  'people.leave': 'Who is away and takes nothing new meanwhile',
  'people.leave[].username': 'GitLab username without `@`',
  'people.leave[].from': 'First day away',
  'people.leave[].until': 'Last day away',
  'people.pools':
    'By role: a user or group path, without `@`, that is named (not called) where nobody has the role',
  roles: 'The roles on an issue, with the words for them',
  'roles[].id': 'The role',
  'roles[].title': 'Its name in comments',
  'roles[].field': 'The question whose answer says who has it',

  assignment: 'How people are chosen and assigned',
  'assignment.lead': 'Which list of `lead_rules` is in force',
  'assignment.em': 'How an Engagement Manager is chosen',
  'assignment.em.match': 'What must fit, most important first',
  'assignment.em.then': 'Of those who fit: who has the fewest open issues, or one after the other',
  'assignment.em.fallback': 'A user or group path that is named when nobody fits',
  'assignment.skip_busy': 'Leaves out who has set the GitLab status “busy”',
  'assignment.assign':
    'Who becomes assignee, most important first; GitLab Free takes the first only',

  vocabularies:
    'The values that an answer of type `enum` or `multi` may have, and the words people use for them',
  'vocabularies[].id': 'Its name, which questions refer to',
  'vocabularies[].numeric': 'Values are numbers, which conditions may compare with `<` and `>`',
  'vocabularies[].values': 'The values',
  'vocabularies[].values[].id': 'The value, as conditions and `--json` name it',
  'vocabularies[].values[].title': 'Its name in comments; the id when not given',
  'vocabularies[].values[].also': 'Words that mean it, in any case',
  'vocabularies[].ambiguous': 'Words that may mean several values: the bot asks which',
  'vocabularies[].ambiguous[].words': 'The words',
  'vocabularies[].ambiguous[].choices': 'The values they may mean',
  'vocabularies[].ambiguous[].remark': 'What is said when it asks',
  'vocabularies[].ignore': 'Words that hold the word for a value and do not mean it',
  lists: 'Named lists of ids or words for conditions, by name',
  limits:
    'Named numbers for conditions and sentences, by name or in one level of groups: `limits.education.seats`',

  questions: 'What is asked, in the order in which it is asked',
  'questions[].id': 'Its name in conditions, commands and `--json`',
  'questions[].group':
    'Which questions it belongs with. Below a heading that names a group, wording that several questions share is read as the question of that group',
  'questions[].ask': 'The question, in the words of the comment and the templates',
  'questions[].also': 'Other words by which people call it; more of them stand under `wordings`',
  'questions[].type': 'How an answer is read',
  'questions[].vocabulary': 'For `enum` and `multi`: the values it may have',
  'questions[].gate': 'What waits for the answer; `none`: it is read and never asked',
  'questions[].when': 'When it applies; while a needed answer is missing it is not asked yet',
  'questions[].owner': 'Who can answer it; `lead`: whoever leads discovery',
  'questions[].why':
    'Why it matters, as the end of a sentence that begins with “It”; one that begins with a capital letter may stand alone',
  'questions[].example': 'An example of a good answer; an answer that repeats it does not count',
  'questions[].required': '“Does not apply” is no answer to it',
  'questions[].implied_by': 'Other questions whose answer answers this one too',
  'questions[].implied_by[].field': 'The other question',
  'questions[].implied_by[].part': 'Of two days or numbers in that answer, which one',
  'questions[].implied_by[].when': 'Only where this holds',
  'questions[].implied_by[].words':
    "What it comes to, in this question's words; the other answer itself when not given",
  wordings: 'By question: further words by which people call it',
  perhaps: 'By question: words that mean it only when the answer beside them fits it',
  opposites: 'By yes/no question: words that ask it the other way round',
  groups: 'Words by which headings and columns call a group of questions',
  'groups[].id': 'The group, as questions name it',
  'groups[].also': 'Its other names',
  facts: 'Named conditions, in order: each may use those above it',
  'facts[].id': 'Its name in conditions',
  'facts[].is': 'When it is true',

  services: 'The service types that may be asked for',
  'services[].id': 'Its name in conditions and commands; with hyphens in labels',
  'services[].title': 'Its name in comments',
  'services[].infer': 'Where this holds the type is suggested though nobody named it',
  lead_rules:
    'Who leads discovery: lists by name, of which `assignment.lead` picks one; the first rule that is true decides',
  'lead_rules.*[].id': 'Its name, shown by `/scoping explain`',
  'lead_rules.*[].when': 'When it is true',
  'lead_rules.*[].lead': 'Who leads then',
  'lead_rules.*[].reason': 'Why, in a whole sentence for the comment',
  'lead_rules.*[].no_manager':
    'While this rule decides, no Engagement Manager is chosen, and this is said in the place of one; whom people name stands',
  lead_unknown: 'What is said while no rule is true',
  'lead_unknown.rule': 'Its name, shown by `/scoping explain`',
  'lead_unknown.reason': 'What has to be known first, for the comment',
  'lead_unknown.candidates': 'Who may lead meanwhile: listed, not called',
  pool_rules:
    'Where a pool of `people.pools` takes a role for which nobody is named; the first rule that is true decides',
  'pool_rules[].id': 'Its name',
  'pool_rules[].role': 'The role that the pool takes',
  'pool_rules[].when': 'When it is true',
  'pool_rules[].reason': 'Why, as the end of a sentence',

  offerings: 'The standard offerings',
  'offerings[].id': 'Its name in rules and `--json`',
  'offerings[].title': 'Its name in comments',
  catalogue_version: 'The price list that the offering rules were written from',
  offering_rules: 'Standard offering or statement of work: the first rule that is true decides',
  'offering_rules[].id': 'Its name, shown by `/scoping explain`',
  'offering_rules[].when': 'When it is true; without it always, which the last rule needs',
  'offering_rules[].kind': 'What is recommended',
  'offering_rules[].offering': 'Which offering, for `sku`',
  'offering_rules[].offerings':
    'Several offerings side by side: the first whose condition holds, then the others',
  'offering_rules[].offerings[].when': 'When it belongs to them',
  'offering_rules[].offerings[].offering': 'Which offering',
  'offering_rules[].confidence': 'How sure the rule is; a gate may ask for it',
  'offering_rules[].reasons': 'Why, in sentences for the comment',
  'offering_rules[].reasons[].when': 'A sentence may have a condition of its own',
  'offering_rules[].reasons[].say': 'The sentence',
  'offering_rules[].would_change': 'What would lead to another recommendation',

  checks: 'What does not fit together, or must be said early',
  'checks[].id': 'Its name',
  'checks[].severity': '`block` stops the stage, `warn` and `info` are said',
  'checks[].when': 'When it speaks',
  'checks[].internal': 'Where this holds it is said in an internal note instead of the comment',
  'checks[].fields': 'The questions it is about',
  'checks[].message':
    'What is said; `{users_planned}` stands for the answer, `{limits.…}` for a limit',
  'checks[].would_clear': 'What makes it go away, in one short sentence',
  gates: 'What has to hold before a stage',
  'gates[].id': 'Its name, as `stages` use it',
  'gates[].title': 'Its name in the comment',
  'gates[].when': 'When it holds',
  'gates[].passed': 'Said when it holds',
  'gates[].open':
    'Said when it does not; `{open_intake.questions}` names the first questions that are open, as do `open_discovery` and `open_proposal`',
  'gates[].owner': 'Whose move it is while it does not',
  stages: 'The stages of an issue, in order',
  'stages[].id': 'Its name in conditions, commands and `--json`',
  'stages[].title': 'Its name in comments',
  'stages[].label': 'The label that shows it',
  'stages[].enter_when': 'The gates before it',
  'stages[].asks': 'Which questions are asked in it, by their `gate`',
  'stages[].auto': 'The issue moves on by itself when the gates hold; else with `/scoping advance`',
  'stages[].after': 'Comes after this stage; without it, after the one listed before it',
  'stages[].also': 'Other spellings of the label that are read as this stage',
  'stages[].hold': 'A pause beside the road, not a step on it',
  'stages[].done': 'The end of the road: the delivery team gets its summary',
  crm_stage: "How the comment shows the opportunity's own stage",
  'crm_stage.field': 'The question that tells it',
  'crm_stage.title': 'Its title in the comment',

  labels: 'The labels that the bot manages, and the one that keeps it away',
  board: 'The issue board that `setup` makes',
  'board.name': 'Its name',
  'labels.ignore': 'People set it to keep the bot off an issue',
  'labels.by_people': 'How `setup` makes the labels that people put on and the bot only reads',
  'labels.by_people.ignore': 'The label that keeps the bot off an issue',
  'labels.by_people.ignore.colour': 'Its colour, in quotes',
  'labels.by_people.ignore.description': 'Its description',
  'labels.by_people.recognise': 'The labels that make an issue a scoping issue',
  'labels.by_people.recognise.colour': 'Their colour, in quotes',
  'labels.by_people.recognise.description': 'Their description',
  'labels.families': 'One entry a family; labels outside them are never touched',
  'labels.families[].id': 'The family',
  'labels.families[].scoped': 'One label of it at a time (`family::value`); else several',
  'labels.families[].reveals':
    'Tells something about the customer, so it is set only for what everybody who sees the issue can read',
  'labels.families[].colour': 'The colour when the bot makes the label, in quotes',
  'labels.families[].description': 'The description when the bot makes the label',
  'labels.families[].descriptions':
    'The description for the label of one value, where it is to be another',
  'labels.families[].names': 'The label of each value of the family',
  'labels.families[].pattern':
    'In place of `names`: the label with `{id}` where the value stands, with hyphens',
  label_answers: 'Labels of people that answer questions',
  'label_answers[].label': 'The label, in any spelling',
  'label_answers[].set': 'The answers it gives, by question',

  words:
    'The words that the reading knows; compared without regard to case, accents and punctuation',
  'words.columns': 'What the columns of a table are called',
  'words.columns.question': 'The column of questions',
  'words.columns.answer': 'The column of answers',
  'words.columns.answer_last_resort': 'Taken for the column of answers where there is no other',
  'words.columns.example': 'The column of examples, which is never read as an answer',
  'words.columns.why': 'The column of reasons, which is never read as an answer',
  'words.columns.number': 'A column that only counts or sorts',
  'words.states': 'Words that are no answer, by what they say instead',
  'words.states.*': 'Phrases for this state',
  'words.states.*.exact': 'The whole answer is this',
  'words.states.*.starts': 'The answer begins with this',
  'words.states.*.contains': 'This stands anywhere in the answer',
  'words.yes': 'Mean yes',
  'words.no': 'Mean no',
  'words.approximate': 'Stand before a number that is a guess',
  'words.multipliers': 'Words and letters behind a number, with what they multiply it by',
  'words.now': 'Mark the part of an answer that holds today',
  'words.later': 'Mark the part of an answer that is planned',
  'words.no_date': 'Say that there is no date, such as “as soon as possible”',
  'words.examples': 'Stand before an example',
  'words.other': 'Mean “another one”, which is not in the list of values',
  'words.mail_headers': 'Lines of a pasted mail that are no answers',
  'words.fillers': 'Words that say nothing, left out of questions when they are compared',
  'words.copulas': 'Words between a question and its answer: “users are 300”',
  'words.fiscal_year_start':
    'The month in which the fiscal year begins, for answers such as “Q3 FY27”',

  deferral: 'How far answers may be put off',
  'deferral.most': 'So many put-off answers let the discovery gate pass all the same',
  'deferral.within_days': 'So far ahead the day may be',
  comment: 'How the status comment is written',
  'comment.most_questions': 'So many questions are shown in full; the others by name',
  commands:
    'The commands of `/scoping …`; what a verb does is code, who may and how it is explained is data',
  'commands[].id': 'The verb',
  'commands[].form': 'Its form, as the help shows it',
  'commands[].right': 'Which of `command_rights` it needs',
  'commands[].does': 'What it does, as the help says it',
  'commands[].fields': 'The questions that the parts of the command answer',
  'commands[].says': 'The words that the command stands for, where it has none of its own',
  command_rights: 'Who may use which commands',
  'command_rights.*': 'This right',
  'command_rights.*.level':
    'This project role or more has it, as GitLab counts: 15 Planner, 20 Reporter, 30 Developer, 40 Maintainer',
  'command_rights.*.also': 'Who has one of these roles on the issue itself',
  'command_rights.*.approvers':
    'Those named under `people.approvers` have it, each for their approval',
  'command_rights.*.said': 'Who that is, in words for the help',
  commands_per_hour: 'So many commands of one person on one issue are carried out in an hour',
  approvals: 'Who has to agree before a statement of work goes out',
  'approvals[].id': 'The approval, as `/scoping approve` names it',
  'approvals[].title': 'Its name in comments',
  'approvals[].field': 'The question that shows it in the table of answers',
  'approvals[].needed_when': 'Where the answers call for it; without it always',
  'approvals[].labels': 'Labels that look like it: the comment says that they are none',
  staleness: 'What makes an accepted estimate stale',
  'staleness.estimate': 'The questions that hold the estimate',
  'staleness.sources': 'The question whose new value makes it stale; so does a new service type',
  'staleness.users': 'The question that counts users',
  'staleness.percent': 'By so many percent the users may change before it is stale',
  comment_answers:
    "Whether an answer found in a person's comment is asked about first or counts at once",
  hand_off: 'What the delivery team reads at the end',
  'hand_off.sections': 'Its sections, in order',
  'hand_off.sections[].title': 'The heading',
  'hand_off.sections[].fields': 'The questions whose answers stand under it',
  templates: 'The issue templates; write them with `scoping-bot templates`',
  'templates[].name': 'The name in GitLab, without `.md`',
  'templates[].form': 'A list of bullets, or a table',
  'templates[].intro': 'Text above the questions',
  'templates[].sections': 'Its sections, in order',
  'templates[].sections[].title': 'The heading',
  'templates[].sections[].fields': 'The questions under it',
};

/** Examples for keys that the shipped policy and the demo's do not use. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  bot_usernames: ['old-scoping-bot'],
  'people.engagement_managers[].services': ['migration_scm', 'training'],
  'people.coordinators': [{ username: 'pc-one' }],
  'people.coordinators[].username': 'pc-one',
  'people.mention_only[].usernames': ['em-pubsec'],
  'people.leave': [{ username: 'em-emea', from: '2026-12-21', until: '2027-01-03' }],
  'people.leave[].username': 'em-emea',
  'people.leave[].from': '2026-12-21',
  'people.leave[].until': '2027-01-03',
  'people.pools': { sa: 'acme/presales' },
  'lead_rules.*[].reason':
    'A licence opportunity is open, so the Solutions Architect leads discovery.',
  'lead_unknown.reason': 'Is there an open licence opportunity for this customer?',
  'stages[].after': 'proposal',
  'assignment.em.fallback': 'acme/ps/managers',
};

/** Paths whose names are given but alike are written with `*`. */
export function generalPath(path: string): string {
  return path
    .replace(/^words\.states\.\w+/, 'words.states.*')
    .replace(/^command_rights\.\w+/, 'command_rights.*');
}

/** All people are named alike. */
const USERNAME = 'people.engagement_managers[].username';

/** The sentence for a key, without its full stop; undefined when it has none. */
export function meaningOf(path: string): string | undefined {
  const general = generalPath(path).replace(/^people\.\w+\[\]\.username$/, USERNAME);
  return MEANINGS[general];
}

export function exampleOf(path: string): unknown {
  return EXAMPLES[path];
}

/** Every path that has a sentence. */
export const explainedPaths: readonly string[] = Object.keys(MEANINGS);
