/** A checked document → the `Policy` that the core works with. */
import type { Role } from '../core/model.ts';
import type { LabelFamily, Policy, ReadingWords, Vocabulary } from '../core/policy.ts';
import { compileQuestion, compileRules } from './compile-rules.ts';
import { expressionsOf } from './expressions.ts';
import { policyHash } from './hash.ts';
import { patternKeys, serviceLabel } from './label-spellings.ts';
import { flatLimits } from './limits.ts';
import type { PolicyDocument } from './schema.ts';
import type { Site } from './site.ts';
import { verbsOf, whyEnding } from './why.ts';

/** Compiles everything; conditions and sentences that are wrong are complained about through the site. */
export function compilePolicy(site: Site): Policy {
  const { document } = site;
  const expressions = expressionsOf(site);
  const verbs = verbsOf(document);
  const questions = document.questions.map((question, i) =>
    compileQuestion(
      { ...withWordings(question, document), why: whyEnding(question.why, verbs) },
      ['questions', i],
      expressions,
    ),
  );
  const labels = document.labels.families.map((family) => compileFamily(family, document));
  const serviceLabels = labels.find(({ id }) => id === 'service')?.names;
  const { mentionOnly, ...rules } = compileRules(document, expressions);
  return {
    version: document.version,
    hash: policyHash(document),
    projects: document.projects,
    botUsernames: document.bot_usernames,
    recognise: document.recognise,
    people: { ...compilePeople(document.people), mentionOnly },
    roles: document.roles.map(({ id, title, field }) => ({ id, title, field: field ?? null })),
    assignment: {
      match: document.assignment.em.match,
      // biome-ignore lint/suspicious/noThenProperty: the policy's own word
      then: document.assignment.em.then,
      fallback: document.assignment.em.fallback,
      skipBusy: document.assignment.skip_busy,
      assign: document.assignment.assign,
    },
    questions,
    questionById: new Map(questions.map((question) => [question.id, question])),
    groups: new Map(document.groups.map(({ id, also }) => [id, also])),
    vocabularies: new Map(document.vocabularies.map((one) => [one.id, compileVocabulary(one)])),
    words: compileWords(document.words),
    services: document.services.map(({ id, title, infer }, i) => ({
      id,
      title,
      label: serviceLabels?.get(id) ?? '',
      infer: infer === undefined ? null : expressions.condition(['services', i, 'infer'], infer),
    })),
    facts: expressions.facts,
    ...rules,
    crmStage: document.crm_stage ?? null,
    leadUnknown: document.lead_unknown,
    offerings: document.offerings,
    catalogueVersion: document.catalogue_version,
    labels,
    ignoreLabel: document.labels.ignore,
    looks: {
      ignore: document.labels.by_people.ignore ?? null,
      recognise: document.labels.by_people.recognise ?? null,
    },
    board: document.board ?? null,
    labelAnswers: document.label_answers.map(({ label, set }) => ({
      label,
      set: new Map(Object.entries(set).map(([field, words]) => [field, String(words)])),
    })),
    limits: flatLimits(document.limits),
    deferral: { most: document.deferral.most, withinDays: document.deferral.within_days },
    comment: { mostQuestions: document.comment.most_questions },
    commands: document.commands.map((command) => ({
      ...command,
      fields: new Map(Object.entries(command.fields)),
    })),
    commandRights: new Map([
      ['answer', document.command_rights.answer],
      ['move', document.command_rights.move],
      ['approve', document.command_rights.approve],
    ]),
    commandsPerHour: document.commands_per_hour,
    staleness: document.staleness ?? { estimate: [], sources: '', users: '', percent: 25 },
    commentAnswers: document.comment_answers,
    handOff: document.hand_off.sections,
    templates: document.templates,
  };
}

function compileVocabulary(vocabulary: PolicyDocument['vocabularies'][number]): Vocabulary {
  return {
    id: vocabulary.id,
    numeric: vocabulary.numeric,
    values: vocabulary.values.map(({ id, title, also }) => ({
      id: String(id),
      title: title ?? String(id).replaceAll('_', ' '),
      also,
    })),
    ambiguous: vocabulary.ambiguous.map((one) => ({ ...one, choices: one.choices.map(String) })),
    ignore: vocabulary.ignore,
  };
}

function withWordings(
  question: PolicyDocument['questions'][number],
  { wordings, perhaps, opposites }: PolicyDocument,
): Parameters<typeof compileQuestion>[0] {
  const { id, also } = question;
  return {
    ...question,
    also: [...also, ...(wordings[id] ?? [])],
    ...(perhaps[id] ? { perhaps: perhaps[id] } : {}),
    ...(opposites[id] ? { opposites: opposites[id] } : {}),
  };
}

/** Stage labels come from the stages, service labels from the pattern (`interfaces.md`: hyphens for underscores). */
function compileFamily(
  family: PolicyDocument['labels']['families'][number],
  document: PolicyDocument,
): LabelFamily {
  const { id, scoped, reveals, colour, description, descriptions, pattern } = family;
  const names = new Map(Object.entries(family.names ?? {}));
  if (id === 'stage') for (const stage of document.stages) names.set(stage.id, stage.label);
  if (pattern !== undefined) {
    for (const key of patternKeys(id, document)) names.set(key, serviceLabel(pattern, key));
  }
  const described = [...names.keys()].map((key): [string, string] => [
    key,
    (descriptions[key] ?? description).replaceAll('{title}', titleOf(key, id, document)),
  ]);
  return { id, scoped, reveals, colour, names, descriptions: new Map(described) };
}

/** What a label of the family names, in words. */
function titleOf(
  key: string,
  family: LabelFamily['id'],
  { stages, services, crm_stage, questions, vocabularies }: PolicyDocument,
): string {
  const named: readonly { readonly id: string | number; readonly title?: string | undefined }[] =
    family === 'stage' ? stages : family === 'service' ? services : crmStages();
  return named.find(({ id }) => String(id) === key)?.title ?? key.replaceAll('_', ' ');

  function crmStages() {
    const vocabulary = questions.find(({ id }) => id === crm_stage?.field)?.vocabulary;
    return vocabularies.find(({ id }) => id === vocabulary)?.values ?? [];
  }
}

function compilePeople(people: PolicyDocument['people']): Omit<Policy['people'], 'mentionOnly'> {
  const usernames = (list: readonly { readonly username: string }[]) =>
    list.map(({ username }) => username);
  return {
    engagementManagers: people.engagement_managers.map(({ pubsec_us, ...manager }) => ({
      ...manager,
      pubsecUs: pubsec_us,
    })),
    byRole: new Map<Role, readonly string[]>([
      ['sa', usernames(people.solutions_architects)],
      ['csm', usernames(people.customer_success_managers)],
      ['ae', usernames(people.account_executives)],
      ['em', usernames(people.engagement_managers)],
      ['ta', usernames(people.technical_architects)],
      ['coordinator', usernames(people.coordinators)],
    ]),
    approvers: new Map(Object.entries(people.approvers)),
    leave: people.leave,
    pools: new Map(Object.entries(people.pools) as [Role, string][]),
  };
}

function compileWords(words: PolicyDocument['words']): ReadingWords {
  const { answer_last_resort, ...columns } = words.columns;
  const { not_applicable, ...states } = words.states;
  return {
    columns: { ...columns, answerLastResort: answer_last_resort },
    states: { ...states, notApplicable: not_applicable },
    yes: words.yes,
    no: words.no,
    approximate: words.approximate,
    multipliers: new Map(Object.entries(words.multipliers)),
    now: words.now,
    later: words.later,
    noDate: words.no_date,
    examples: words.examples,
    other: words.other,
    mailHeaders: words.mail_headers,
    fillers: words.fillers,
    copulas: words.copulas,
    fiscalYearStart: words.fiscal_year_start,
  };
}
