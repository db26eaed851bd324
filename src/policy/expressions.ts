/** Compiles a policy's conditions and checks its sentences, each at its place in the document. */

import { didYouMean } from '../core/nearest.ts';
import type { Condition } from '../core/policy.ts';
import { ConditionCompiler } from './conditions.ts';
import { strangeWords, wordsOf } from './fixed-words.ts';
import { flatLimits } from './limits.ts';
import {
  answerType,
  CHECKED,
  EVERYWHERE,
  FOUND,
  JUDGED,
  NAMED_OPEN,
  type NameType,
} from './names.ts';
import { placeholderProblems } from './sentences.ts';
import type { Path, Site } from './site.ts';
import { TRUE } from './truth.ts';

/** Compiles by kind of place; whatever is wrong is complained about and stands as a condition that always holds. */
export interface Expressions {
  condition(path: Path, source: string): Condition;
  checkCondition(path: Path, source: string): Condition;
  gateCondition(path: Path, source: string): Condition;
  sentence(path: Path, text: string): string;
  /** Checks' words may also name what they found. */
  checkSentence(path: Path, text: string): string;
  /** Gates' words may also name what was counted. */
  gateSentence(path: Path, text: string): string;
  readonly facts: readonly { readonly id: string; readonly is: Condition }[];
}

export function expressionsOf(site: Site): Expressions {
  const { document, complain } = site;
  const questions = document.questions.map(({ id }) => id);
  const fields = new Set([...questions, 'service_types']);
  const words = wordsOf(document);
  const limitNames = new Set(flatLimits(document.limits).keys());
  const sentenceNames = new Set(questions);
  const counted = [...JUDGED, ...CHECKED].flatMap(([name, type]) => (type === 'int' ? [name] : []));
  const checkNames = new Set([...questions, ...FOUND]);
  const gateNames = new Set([...questions, ...counted, ...NAMED_OPEN]);

  const elsewhere = new Map<string, string>();
  for (const { id } of document.facts) elsewhere.set(id, 'a fact may use only the facts above it');
  for (const name of JUDGED.keys()) elsewhere.set(name, 'only checks and gates know it');
  for (const name of CHECKED.keys()) elsewhere.set(name, 'only gates know it');

  function compiler(extra: readonly ReadonlyMap<string, NameType>[]): ConditionCompiler {
    const variables = new Map<string, NameType>(EVERYWHERE);
    for (const question of document.questions) {
      variables.set(question.id, answerType(question, document));
    }
    for (const names of extra) for (const [name, type] of names) variables.set(name, type);
    const lists = new Map(Object.entries(document.lists));
    return new ConditionCompiler({
      variables,
      fields,
      lists,
      limits: document.limits,
      elsewhere,
    });
  }
  const plain = compiler([]);
  const check = compiler([JUDGED]);
  const gate = compiler([JUDGED, CHECKED]);

  function compile(by: ConditionCompiler, path: Path, source: string): Condition {
    const compiled = by.compile(source);
    const quoted = JSON.stringify(source);
    if ('wrong' in compiled) {
      for (const wrong of compiled.wrong) complain(path, `condition ${quoted}: ${wrong}`);
      return { source, fields: [], evaluate: () => TRUE };
    }
    for (const strange of strangeWords(compiled.uses, words, document.lists)) {
      const { of, word, known } = strange;
      const few = known.length <= 20 ? ` Known: ${known.filter(Boolean).join(', ')}.` : '';
      const never = `${of} is never "${word}".${didYouMean(word, known)}${few}`;
      if (strange.path) complain(strange.path, `${never} A condition compares them.`);
      else complain(path, `condition ${quoted}: ${never}`);
    }
    return compiled.condition;
  }

  const approvals = new Set(Object.keys(document.people.approvers));
  function checked(path: Path, text: string, names: ReadonlySet<string>): string {
    for (const wrong of placeholderProblems(text, names, limitNames, approvals)) {
      complain(path, wrong);
    }
    return text;
  }

  const facts = document.facts.map(({ id, is }, i) => {
    const condition = compile(plain, ['facts', i, 'is'], is);
    for (const each of [plain, check, gate]) each.addFact(id, condition);
    return { id, is: condition };
  });

  return {
    facts,
    condition: (path, source) => compile(plain, path, source),
    checkCondition: (path, source) => compile(check, path, source),
    gateCondition: (path, source) => compile(gate, path, source),
    sentence: (path, text) => checked(path, text, sentenceNames),
    checkSentence: (path, text) => checked(path, text, checkNames),
    gateSentence: (path, text) => checked(path, text, gateNames),
  };
}
