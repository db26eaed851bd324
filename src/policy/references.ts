/** Checks that every id in a policy names something that is there, and that nothing is named twice. */
import { checkLabelSpellings, patternKeys } from './label-spellings.ts';
import { CHECKED, EVERYWHERE, JUDGED, TAKEN_BY_CEL } from './names.ts';
import type { PolicyDocument } from './schema.ts';
import type { Site } from './site.ts';

/** Complains about unknown ids, names used twice and values that contradict each other. */
export function checkReferences(site: Site): void {
  checkNames(site);
  checkVocabularies(site);
  checkQuestions(site);
  checkRules(site);
  checkLabels(site);
  checkLabelSpellings(site);
  checkPeople(site);
}

function questionIds(site: Site): string[] {
  return site.document.questions.map(({ id }) => id);
}

/** Fields, facts, lists and built-in names share one space: conditions must know which is meant. */
function checkNames({ document, complain }: Site): void {
  const owner = new Map<string, string>();
  for (const name of TAKEN_BY_CEL) owner.set(name, 'a word of the condition language');
  for (const names of [EVERYWHERE, JUDGED, CHECKED]) {
    for (const name of names.keys()) owner.set(name, 'a name that every policy has');
  }
  owner.delete('service_types');
  function claim(path: readonly (string | number)[], name: string, what: string): void {
    const other = owner.get(name);
    if (other !== undefined) complain(path, `"${name}" is already ${other}.`);
    else owner.set(name, what);
  }
  for (const [i, { id }] of document.questions.entries()) {
    claim(['questions', i, 'id'], id, 'a question');
  }
  for (const [i, { id }] of document.facts.entries()) claim(['facts', i, 'id'], id, 'a fact');
  for (const name of Object.keys(document.lists)) claim(['lists', name], name, 'a list');
}

function checkVocabularies({ document, complain, mustKnow }: Site): void {
  for (const [v, vocabulary] of document.vocabularies.entries()) {
    const at = ['vocabularies', v] as const;
    const ids = vocabulary.values.map(({ id }) => String(id));
    const words = new Map<string, string>();
    for (const [i, value] of vocabulary.values.entries()) {
      const id = String(value.id);
      if (vocabulary.numeric && !/^\d+$/.test(id)) {
        complain([...at, 'values', i, 'id'], `"${id}" is no whole number, but numeric is true.`);
      }
      for (const [w, word] of value.also.entries()) {
        const other = words.get(word.toLowerCase());
        if (other !== undefined && other !== id) {
          complain(
            [...at, 'values', i, 'also', w],
            `"${word}" already means "${other}"; put words with two meanings under ambiguous.`,
          );
        }
        words.set(word.toLowerCase(), id);
      }
    }
    for (const [a, { choices }] of vocabulary.ambiguous.entries()) {
      for (const [c, choice] of choices.entries()) {
        mustKnow([...at, 'ambiguous', a, 'choices', c], String(choice), ids, 'value');
      }
    }
  }
}

function checkQuestions(site: Site): void {
  const { document, complain, mustKnow } = site;
  const vocabularies = new Map(document.vocabularies.map((one) => [one.id, one]));
  const sources = [...questionIds(site), 'title'];
  for (const [q, question] of document.questions.entries()) {
    const at = ['questions', q] as const;
    const takesWords = question.type === 'enum' || question.type === 'multi';
    if (question.vocabulary === undefined) {
      if (takesWords) complain([...at, 'type'], `type ${question.type} needs a vocabulary.`);
    } else if (!takesWords) {
      complain([...at, 'vocabulary'], `type ${question.type} takes no vocabulary.`);
    } else {
      mustKnow([...at, 'vocabulary'], question.vocabulary, vocabularies.keys(), 'vocabulary');
      if (question.type === 'multi' && vocabularies.get(question.vocabulary)?.numeric) {
        complain([...at, 'vocabulary'], 'a numeric vocabulary is for type enum only.');
      }
    }
    for (const [i, { field }] of question.implied_by.entries()) {
      mustKnow([...at, 'implied_by', i, 'field'], field, sources, 'question');
      if (field === question.id) complain([...at, 'implied_by', i, 'field'], 'implies itself.');
    }
  }
  for (const key of ['wordings', 'perhaps', 'opposites'] as const) {
    for (const id of Object.keys(document[key])) {
      mustKnow([key, id], id, questionIds(site), 'question');
    }
  }
  const yesNo = new Set(
    document.questions.flatMap(({ id, type }) => (type === 'yes_no' ? [id] : [])),
  );
  for (const id of Object.keys(document.opposites)) {
    if (!yesNo.has(id)) complain(['opposites', id], 'is no yes/no question.');
  }
  const groups = new Set(document.questions.map(({ group }) => group));
  for (const [g, { id }] of document.groups.entries()) {
    mustKnow(['groups', g, 'id'], id, groups, 'group of questions');
  }
}

function checkRules(site: Site): void {
  const { document, mustKnow } = site;
  const fields = questionIds(site);
  const offerings = document.offerings.map(({ id }) => id);
  const gates = document.gates.map(({ id }) => id);
  for (const [i, rule] of document.offering_rules.entries()) {
    if (rule.offering !== null) {
      mustKnow(['offering_rules', i, 'offering'], rule.offering, offerings, 'offering');
    }
    for (const [o, { offering }] of rule.offerings.entries()) {
      const at = ['offering_rules', i, 'offerings', o, 'offering'];
      mustKnow(at, offering, offerings, 'offering');
    }
  }
  for (const [i, check] of document.checks.entries()) {
    for (const [f, field] of check.fields.entries()) {
      mustKnow(['checks', i, 'fields', f], field, fields, 'question');
    }
  }
  for (const [i, { field }] of document.roles.entries()) {
    if (field !== undefined) mustKnow(['roles', i, 'field'], field, fields, 'question');
  }
  for (const [i, stage] of document.stages.entries()) {
    for (const [g, gate] of stage.enter_when.entries()) {
      mustKnow(['stages', i, 'enter_when', g], gate, gates, 'gate');
    }
    if (stage.after !== undefined) {
      const ids = document.stages.map(({ id }) => id).filter((id) => id !== stage.id);
      mustKnow(['stages', i, 'after'], stage.after, ids, 'stage');
    }
  }
  for (const [i, command] of document.commands.entries()) {
    for (const [part, field] of Object.entries(command.fields)) {
      mustKnow(['commands', i, 'fields', part], field, fields, 'question');
    }
  }
  const { staleness } = document;
  if (staleness) {
    for (const [i, field] of staleness.estimate.entries()) {
      mustKnow(['staleness', 'estimate', i], field, fields, 'question');
    }
    mustKnow(['staleness', 'sources'], staleness.sources, fields, 'question');
    mustKnow(['staleness', 'users'], staleness.users, fields, 'question');
  }
  if (document.crm_stage !== undefined) {
    mustKnow(['crm_stage', 'field'], document.crm_stage.field, fields, 'question');
  }
  for (const [i, { field }] of document.approvals.entries()) {
    mustKnow(['approvals', i, 'field'], field, fields, 'question');
  }
  for (const [s, section] of document.hand_off.sections.entries()) {
    for (const [f, field] of section.fields.entries()) {
      mustKnow(['hand_off', 'sections', s, 'fields', f], field, fields, 'question');
    }
  }
  for (const [t, { sections }] of document.templates.entries()) {
    for (const [s, section] of sections.entries()) {
      for (const [f, field] of section.fields.entries()) {
        mustKnow(['templates', t, 'sections', s, 'fields', f], field, fields, 'question');
      }
    }
  }
  mustKnow(
    ['assignment', 'lead'],
    document.assignment.lead,
    Object.keys(document.lead_rules),
    'list of lead rules',
  );
}

function checkLabels(site: Site): void {
  const { document, complain, mustKnow } = site;
  const fields = questionIds(site);
  for (const [f, family] of document.labels.families.entries()) {
    const at = ['labels', 'families', f] as const;
    if (family.pattern !== undefined && family.id !== 'service' && family.id !== 'crm') {
      const only = 'only the families "service" and "crm" take a pattern; write names.';
      complain([...at, 'pattern'], only);
    }
    if (family.id === 'service' && family.pattern === undefined) {
      complain(at, 'needs a pattern such as "service:{id}".');
    }
    for (const key of Object.keys(family.descriptions)) {
      mustKnow([...at, 'descriptions', key], key, labelKeys(family, document), 'label');
    }
  }
  if (
    document.services.length > 0 &&
    !document.labels.families.some(({ id }) => id === 'service')
  ) {
    complain(['labels', 'families'], 'services need the family "service" with a pattern.');
  }
  for (const [i, { set }] of document.label_answers.entries()) {
    for (const field of Object.keys(set)) {
      mustKnow(['label_answers', i, 'set', field], field, fields, 'question');
    }
  }
}

/** What the family's labels are called by in the policy. */
function labelKeys(
  { id, names, pattern }: PolicyDocument['labels']['families'][number],
  document: PolicyDocument,
): readonly string[] {
  const stages = id === 'stage' ? document.stages.map((stage) => stage.id) : [];
  const patterned = pattern === undefined ? [] : patternKeys(id, document);
  return [...Object.keys(names ?? {}), ...stages, ...patterned];
}

/** Who is responsible for what must be said in the words of the vocabularies, or nobody is ever found. */
function checkPeople({ document, complain, mustKnow }: Site): void {
  for (const [i, { from, until }] of document.people.leave.entries()) {
    if (until < from) complain(['people', 'leave', i, 'until'], `${until} lies before ${from}.`);
  }
  const valuesOf = (field: string): string[] | null => {
    const name = document.questions.find(({ id }) => id === field)?.vocabulary;
    const vocabulary = document.vocabularies.find(({ id }) => id === name);
    return vocabulary?.values.map(({ id }) => String(id)) ?? null;
  };
  const known = {
    territories: valuesOf('territory'),
    segments: valuesOf('segment'),
    services: document.services.map(({ id }) => id),
  };
  for (const [i, manager] of document.people.engagement_managers.entries()) {
    for (const part of ['territories', 'segments', 'services'] as const) {
      const ids = known[part];
      if (ids === null) continue;
      for (const [j, word] of manager[part].entries()) {
        mustKnow(['people', 'engagement_managers', i, part, j], word, ids, `value of ${part}`);
      }
    }
  }
}
