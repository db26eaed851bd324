/** Which names conditions may use, and of which type each is. */
import type { FieldType } from '../core/policy.ts';
import type { PolicyDocument } from './schema.ts';

/** CEL types that a name can have here. */
export type NameType =
  | 'string'
  | 'int'
  | 'bool'
  | 'list<string>'
  | 'map<string, string>'
  | 'map<string, int>'
  | 'map<string, google.protobuf.Timestamp>'
  | 'google.protobuf.Timestamp';

/** Names that every condition has, beside fields, facts, lists and limits. */
export const EVERYWHERE: ReadonlyMap<string, NameType> = new Map<string, NameType>([
  ['service_types', 'list<string>'],
  ['rows', 'list<string>'],
  ['requests', 'list<string>'],
  ['answered', 'list<string>'],
  ['states', 'map<string, string>'],
  ['labels', 'list<string>'],
  ['title', 'string'],
  ['today', 'google.protobuf.Timestamp'],
  ['stage', 'string'],
  ['copied_examples', 'list<string>'],
  ['said', 'map<string, string>'],
  ['least', 'map<string, int>'],
  ['most', 'map<string, int>'],
  ['open_ended', 'list<string>'],
  ['days_said', 'map<string, google.protobuf.Timestamp>'],
  ['confidential', 'bool'],
  ['exposed', 'list<string>'],
  ['email_addresses', 'int'],
  ['same_customer', 'int'],
]);

/** What the messages of checks may name beside answers and limits. */
export const FOUND: ReadonlySet<string> = new Set(['same_customer_issues', 'suggested_services']);

/** What the words of gates may name beside answers, limits and counters: the questions that are counted. */
export const NAMED_OPEN: ReadonlySet<string> = new Set([
  'open_intake.questions',
  'open_discovery.questions',
  'open_proposal.questions',
]);

/** Known once questions and offering are judged: checks and gates may name these too. */
export const JUDGED: ReadonlyMap<string, NameType> = new Map<string, NameType>([
  ['open_intake', 'int'],
  ['open_discovery', 'int'],
  ['open_proposal', 'int'],
  ['deferred', 'int'],
  ['em_known', 'bool'],
  ['recommendation', 'string'],
  ['confidence', 'string'],
  ['fit_label', 'string'],
  ['approvals', 'list<string>'],
  ['estimate_stale', 'bool'],
  ['suggested_services', 'list<string>'],
]);

/** Known once the checks are judged: gates only. */
export const CHECKED: ReadonlyMap<string, NameType> = new Map<string, NameType>([
  ['blocking', 'int'],
]);

/** Words that CEL keeps to itself, as syntax or as names of types. */
export const TAKEN_BY_CEL: ReadonlySet<string> = new Set(
  (
    'as break const continue else false for function if import in let loop package namespace null prototype return ' +
    'true var void while bool bytes cel double dyn google int list map null_type optional string type uint limits'
  ).split(' '),
);

const TYPE_OF: Readonly<Record<Exclude<FieldType, 'enum'>, NameType>> = {
  text: 'string',
  list: 'list<string>',
  count: 'int',
  size: 'int',
  money: 'int',
  version: 'string',
  date: 'google.protobuf.Timestamp',
  multi: 'list<string>',
  yes_no: 'bool',
  user: 'string',
  url: 'string',
};

/** The CEL type of a question's answer; a numeric vocabulary makes an enum a number. */
export function answerType(
  question: PolicyDocument['questions'][number],
  document: PolicyDocument,
): NameType {
  if (question.type !== 'enum') return TYPE_OF[question.type];
  const vocabulary = document.vocabularies.find(({ id }) => id === question.vocabulary);
  return vocabulary?.numeric ? 'int' : 'string';
}
