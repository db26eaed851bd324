/** The second half of the reference: the ids, values and numbers that a policy may use, and what conditions may name. */
import { CHECKED, EVERYWHERE, JUDGED, type NameType } from './names.ts';
import { code, markdownTable } from './reference-table.ts';
import type { PolicyDocument } from './schema.ts';

/** What the names of conditions hold, beside answers, facts, lists and limits. */
const HELD: Readonly<Record<string, string>> = {
  service_types: 'The service types that are asked for',
  rows: 'Questions that stand in the description, answered or not',
  requests: 'Questions that stand in the description as something that is wanted',
  answered: 'Questions that have an answer',
  states: 'The state of each question: `answered`, `deferred`, `unknown`, …',
  labels: 'All labels of the issue',
  title: "The issue's title",
  today: 'The day of judging',
  stage: 'The stage the issue is in; empty before the first',
  copied_examples: 'Questions whose answer only repeats the example',
  said: 'The answers in their own words, in small letters, by question',
  least: 'The smallest number an answer may mean, by question',
  most: 'The largest number an answer may mean, by question',
  open_ended: 'Questions whose number has no upper end, such as “500+”',
  days_said: 'Days that stand in answers, by question',
  confidential: 'Whether the issue is confidential',
  exposed: 'Kinds of secrets that stand in the text',
  email_addresses: "How many addresses of customers' people stand in the text",
  same_customer: 'How many other open issues name the same customer',
  open_intake: 'How many questions of intake are open',
  open_discovery: 'How many questions of discovery are open',
  open_proposal: 'How many questions of the proposal are open',
  deferred: 'How many answers are put off',
  em_known: 'Whether there is an Engagement Manager',
  recommendation: 'The kind that the offering rules recommend',
  confidence: 'How sure they are',
  fit_label: 'What the fit label of a person says; empty without one',
  approvals: 'The approvals that were given',
  estimate_stale: 'Whether the scope has outgrown the estimate',
  suggested_services: 'Service types that the answers suggest and nobody named',
  blocking: 'How many findings block',
};

const FUNCTIONS: readonly (readonly [string, string])[] = [
  ['minor_gap(a, b)', 'How many minor releases lie between two versions of GitLab'],
  ['older(a, b)', 'Whether version `a` is older than `b`'],
  ['oldest(text)', 'The oldest version that stands in a text'],
  ['newest(text)', 'The newest version that stands in a text'],
  ['plain(text)', 'A text without case, accents and punctuation, for comparing'],
  ['mentions(text, list)', 'Whether a text holds one of the words of a list under `lists`'],
];

/** `limits`: numbers by their path below `limits`. */
export function writeNames(document: PolicyDocument, limits: ReadonlyMap<string, number>): string {
  const { questions, vocabularies, services, offerings, roles, gates, stages, checks } = document;
  return [
    '## Names you may use',
    'As they stand in the policy that this page was written from.',
    section(
      'Questions',
      ['Id', 'Type', 'Gate', 'Owner', 'Question'],
      questions.map(({ id, type, vocabulary, gate, owner, ask }) => [
        code(id),
        vocabulary === undefined ? type : `${type} of ${code(vocabulary)}`,
        gate,
        owner,
        ask,
      ]),
    ),
    section(
      'Groups of questions',
      ['Group', 'Questions', 'The first of them', 'Headings that mean it'],
      groupRows(document),
    ),
    section(
      'Values of vocabularies',
      ['Vocabulary', 'Values'],
      vocabularies.map(({ id, values }) => [
        code(id),
        values.map((value) => code(value.id)).join(', '),
      ]),
    ),
    section('Service types', ['Id', 'Title'], titled(services)),
    section('Offerings', ['Id', 'Title'], titled(offerings)),
    section(
      'Roles',
      ['Id', 'Title', 'Question that names the person'],
      roles.map(({ id, title, field }) => [
        code(id),
        title,
        field === undefined ? '' : code(field),
      ]),
    ),
    section(
      'Stages',
      ['Id', 'Title', 'Label', 'Gates before it'],
      stages.map(({ id, title, label, enter_when }) => [
        code(id),
        title,
        code(label),
        enter_when.map(code).join(', '),
      ]),
    ),
    section(
      'Gates',
      ['Id', 'Title', 'Holds when'],
      gates.map(({ id, title, when }) => [code(id), title, code(when)]),
    ),
    section(
      'Checks',
      ['Id', 'Severity', 'About', 'Says'],
      checks.map(({ id, severity, fields, message }) => [
        code(id),
        severity,
        fields.map(code).join(', '),
        message,
      ]),
    ),
    section(
      'Rules on offerings',
      ['Id', 'Recommends', 'Confidence'],
      document.offering_rules.map(({ id, kind, offering, offerings: several, confidence }) => [
        code(id),
        [
          kind,
          ...(offering === null ? [] : [code(offering)]),
          ...several.map((each) => code(each.offering)),
        ].join(' '),
        confidence,
      ]),
    ),
    section(
      'Rules on who leads',
      ['List', 'Id', 'Leads', 'Reason'],
      Object.entries(document.lead_rules).flatMap(([list, rules]) =>
        rules.map(({ id, lead, reason }) => [code(list), code(id), lead, reason]),
      ),
    ),
    section(
      'Limits',
      ['Name in conditions', 'Value'],
      [...limits].map(([name, value]) => [code(`limits.${name}`), String(value)]),
    ),
    section(
      'Lists',
      ['Name in conditions', 'Entries'],
      Object.entries(document.lists).map(([name, entries]) => [
        code(name),
        entries.map(code).join(', '),
      ]),
    ),
    section(
      'Facts',
      ['Name in conditions', 'True when'],
      document.facts.map(({ id, is }) => [code(id), code(is)]),
    ),
    '## Names in conditions',
    "A condition may name every question (its answer), every fact, list and limit above, and these. A condition that needs an answer nobody gave is neither true nor false: the bot waits. Ask `'FIELD' in answered` first where that matters.",
    nameTable('everywhere', EVERYWHERE),
    nameTable('checks and gates', JUDGED),
    nameTable('gates', CHECKED),
    markdownTable(
      ['Function', 'Gives'],
      FUNCTIONS.map(([form, gives]) => [code(form), gives]),
    ),
  ].join('\n\n');
}

/** Every group that a question names, in the order of the questions; a group need not have words of its own. */
function groupRows({ questions, groups }: PolicyDocument): readonly (readonly string[])[] {
  const ids = [...new Set(questions.map(({ group }) => group))];
  return ids.map((id) => {
    const members = questions.filter(({ group }) => group === id);
    const also = groups.find((group) => group.id === id)?.also ?? [];
    return [
      code(id),
      String(members.length),
      members
        .slice(0, 2)
        .map(({ ask }) => ask)
        .join(' · '),
      also.slice(0, MOST_WORDS).join(', ') + (also.length > MOST_WORDS ? ', …' : ''),
    ];
  });
}

/** The shipped groups have dozens, in several languages. */
const MOST_WORDS = 6;

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return `### ${title}\n\n${markdownTable(head, rows)}`;
}

function titled(
  items: readonly { readonly id: string; readonly title: string }[],
): readonly (readonly string[])[] {
  return items.map(({ id, title }) => [code(id), title]);
}

function nameTable(where: string, names: ReadonlyMap<string, NameType>): string {
  return markdownTable(
    [`Name (${where})`, 'Type', 'Holds'],
    [...names].map(([name, type]) => [
      code(name),
      code(type.replace('google.protobuf.Timestamp', 'timestamp')),
      HELD[name] ?? '',
    ]),
  );
}
