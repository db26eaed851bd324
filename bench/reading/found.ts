/** The share of answers that each reader finds on a corpus: right field, with the words or the value expected. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assessText } from '../../src/cli/check.ts';
import { toCheckJson } from '../../src/cli/check-json.ts';
import type { Policy } from '../../src/core/policy.ts';
import { parseAnswer } from '../../src/core/read/answer.ts';
import { type CheckResult, compare, type Expectation } from '../../test/corpus/compare.ts';
import { formReader, headingReader, helpedFormReader, keyReader, type Reader } from './readers.ts';
import { layOut } from './table.ts';

const NOW = '2026-11-23T00:00:00.000Z';
const isAnswer = new Set(['answered', 'none']);

type Json = Record<string, unknown>;
/** Field id → what was made of the words found for it; several are several chances. */
type Answers = ReadonlyMap<string, readonly Json[]>;
type Judge = (description: string, expected: Expectation) => Answers;

interface Case {
  readonly description: string;
  readonly expected: Expectation;
}

interface Score {
  found: number;
  other: number;
  invented: number;
}

/** Lines of a table over all pairs `NAME.md` and `NAME.expect.json` of the folder. */
export function compareReaders(folder: string, policy: Policy): readonly string[] {
  const cases = readCases(folder);
  const judges: readonly (readonly [string, Judge])[] = [
    ['this bot, title and labels too', (text, expected) => ours(text, expected, policy)],
    ['this bot, description only', (text) => ours(text, {}, policy)],
    ['headings and "key: value" lines', understood(keyReader(policy), policy)],
    ['headings and the text below', understood(headingReader(policy), policy)],
    ['@github/issue-parser, headings mended', understood(helpedFormReader(policy), policy)],
    ['@github/issue-parser', understood(formReader(policy), policy)],
  ];
  const wanted = cases.reduce((sum, each) => sum + answersOf(each).length, 0);
  const silent = cases.reduce((sum, each) => sum + silentOf(each).length, 0);
  const rows = judges.map(([name, judge]) => {
    const { found, other, invented } = score(cases, judge);
    const share = `${((100 * found) / Math.max(1, wanted)).toFixed(1)} %`;
    return [name, `${found}`, share, `${other}`, `${wanted - found - other}`, `${invented}`];
  });
  return [
    `${cases.length} descriptions, ${wanted} answers, ${silent} questions left open on purpose`,
    '',
    ...layOut(['', 'found', 'share', 'something else', 'nothing', 'invented'], rows),
  ];
}

function readCases(folder: string): readonly Case[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.expect.json'))
    .map((file) => ({
      expected: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Expectation,
      description: readFileSync(join(folder, file.replace('.expect.json', '.md')), 'utf8'),
    }));
}

/** Fields that the description answers, with what is known of the answer. */
function answersOf({ expected }: Case): readonly (readonly [string, Json])[] {
  return Object.entries(expected.answers ?? {}).filter(([, wanted]) =>
    statesOf(wanted).every((state) => isAnswer.has(state)),
  );
}

function silentOf({ expected }: Case): readonly string[] {
  return Object.entries(expected.answers ?? {})
    .filter(([, wanted]) => wanted.state === 'unanswered')
    .map(([field]) => field);
}

function statesOf({ state, state_in }: Json): readonly string[] {
  const states = Array.isArray(state_in) ? state_in : [state];
  return states.map(String);
}

function score(cases: readonly Case[], judge: Judge): Score {
  const total: Score = { found: 0, other: 0, invented: 0 };
  for (const each of cases) {
    const answers = judge(each.description, each.expected);
    for (const [field, wanted] of answersOf(each)) {
      const given = answers.get(field) ?? [];
      if (given.some((one) => isSame(field, wanted, one))) total.found += 1;
      else if (given.length > 0) total.other += 1;
    }
    total.invented += silentOf(each).filter((field) => answers.has(field)).length;
  }
  return total;
}

/** The words or the value are enough; where the expectation names neither, the state. */
function isSame(field: string, { raw_includes, value, ...rest }: Json, given: Json): boolean {
  const ways = [
    raw_includes === undefined ? null : { raw_includes },
    value === undefined ? null : { value },
  ].filter((way) => way !== null);
  const tried = ways.length > 0 ? ways : [rest];
  return tried.some((way) =>
    compare({ answers: { [field]: way } }, resultOf(field, given)).every(({ holds }) => holds),
  );
}

function resultOf(field: string, given: Json): CheckResult {
  return {
    service_types: [],
    answers: { [field]: given },
    open: [],
    findings: [],
    recommendation: { kind: '', offering: null, confidence: '' },
    lead: { role: '' },
  };
}

function ours(
  description: string,
  { title = '', labels = [] }: Expectation,
  policy: Policy,
): Answers {
  const assessment = assessText(description, { title, label: labels }, policy, NOW);
  const json = JSON.parse(JSON.stringify(toCheckJson(assessment, title, policy)));
  const answers = Object.entries((json as CheckResult).answers);
  return new Map(
    answers
      .filter(([, answer]) => answer.state !== 'unanswered')
      .map(([field, answer]) => [field, [answer]]),
  );
}

/** Readers that give words only are lent this bot's understanding of them. */
function understood(read: Reader, policy: Policy): Judge {
  return (description) =>
    new Map(
      [...read(description)].map(([field, texts]) => {
        const question = policy.questionById.get(field);
        const made = texts.map((raw) =>
          question
            ? { ...parseAnswer(raw, question, policy, NOW.slice(0, 10)), raw }
            : { state: 'answered', value: null, raw },
        );
        return [field, made];
      }),
    );
}
