/** Checks the fixed words in conditions: a misspelt `'github_clud' in m_sources` would silently never hold. */
import type { AnswerState } from '../core/model.ts';
import { NAME_FIELDS } from './conditions.ts';
import type { FixedWord, Uses } from './expression.ts';
import type { PolicyDocument } from './schema.ts';
import type { Path } from './site.ts';

const STATES: readonly AnswerState[] = [
  'answered',
  'none',
  'not_applicable',
  'reference',
  'partial',
  'deferred',
  'unknown',
  'ambiguous',
  'contradictory',
  'unanswered',
];
/** How an answer "none" reads in a condition, and how "nothing yet" does. */
const ALWAYS = ['none', ''];

/** Name → the words it can be compared with; a name that is not in it may be compared with anything. */
export function wordsOf(document: PolicyDocument): ReadonlyMap<string, readonly string[]> {
  const fields = document.questions.map(({ id }) => id);
  const words = new Map<string, readonly string[]>();
  for (const question of document.questions) {
    const vocabulary = document.vocabularies.find(({ id }) => id === question.vocabulary);
    if (vocabulary === undefined || vocabulary.numeric) continue;
    words.set(question.id, [...vocabulary.values.map(({ id }) => String(id)), ...ALWAYS]);
  }
  for (const name of NAME_FIELDS) words.set(name, fields);
  words.set('states[]', STATES);
  words.set('service_types', [
    ...(words.get('service_types') ?? []),
    ...document.services.map(({ id }) => id),
  ]);
  words.set('suggested_services', words.get('service_types') ?? []);
  words.set('stage', [...document.stages.map(({ id }) => id), '']);
  words.set('recommendation', ['sku', 'sow', 'partner', 'none', 'undecided']);
  const fit = document.labels.families.find(({ id }) => id === 'fit');
  words.set('fit_label', [...Object.keys(fit?.names ?? {}), '']);
  words.set('approvals', [...document.approvals.map(({ id }) => id)]);
  words.set('confidence', ['high', 'medium', 'low', '']);
  return words;
}

/** A word that can never match, with the words that could; `path` when it stands in a list of the policy. */
interface StrangeWord extends FixedWord {
  readonly known: readonly string[];
  readonly path?: Path;
}

/** The fixed words of an expression that can never match: its own, and those of the lists it names. */
export function strangeWords(
  uses: Uses,
  known: ReadonlyMap<string, readonly string[]>,
  lists: PolicyDocument['lists'],
): readonly StrangeWord[] {
  const listed = uses.pairs.flatMap(({ of, name }) => {
    const list = Object.hasOwn(lists, name) ? lists[name] : undefined;
    return (list ?? []).map((word, i) => ({ of, word, path: ['lists', name, i] }));
  });
  return [...uses.words, ...listed].flatMap((found): StrangeWord[] => {
    const words = known.get(found.of);
    return words === undefined || words.includes(found.word) ? [] : [{ ...found, known: words }];
  });
}
