/** Readings made by hand, judged with the shipped policy: what the tests of the judgement begin with. */
import { assess } from '../../../src/core/judge/assess.ts';
import type { AssessInput } from '../../../src/core/judge/groundwork.ts';
import type { Answer, Answers, Assessment, Reading, Value } from '../../../src/core/model.ts';
import type { Policy } from '../../../src/core/policy.ts';
import { loadPolicy } from '../../../src/policy/load.ts';

export const shipped: Policy = loadPolicy({});
export const now = '2026-11-23T09:00:00.000Z';

/** A bare value is an answered one; anything else is said in the answer's own terms. */
export type Given = Value | Partial<Answer>;

function isAnswer(given: Given): given is Partial<Answer> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function answer(field: string, given: Given): Answer {
  const plain: Answer = {
    field,
    state: 'answered',
    raw: typeof given === 'string' ? given : 'as written',
    value: null,
    where: { kind: 'table', line: 3 },
  };
  return isAnswer(given) ? { ...plain, ...given } : { ...plain, value: given };
}

function answersOf(given: Readonly<Record<string, Given>>): Answers {
  return new Map(Object.entries(given).map(([field, each]) => [field, answer(field, each)]));
}

/** Every field that is given stands in the text; `more` adds rows without an answer and what else was read. */
export function reading(
  given: Readonly<Record<string, Given>>,
  more: Partial<Omit<Reading, 'rows'>> & { readonly rows?: readonly string[] } = {},
): Reading {
  return {
    unplaced: [],
    copiedExamples: [],
    typedUnderExample: new Map(),
    answers: answersOf(given),
    ...more,
    rows: new Set([...Object.keys(given), ...(more.rows ?? [])]),
  };
}

/** The judgement on these answers, in the first stage, unless said otherwise. */
export function judge(
  given: Readonly<Record<string, Given>>,
  about: Partial<AssessInput> & { readonly rows?: readonly string[] } = {},
  policy: Policy = shipped,
): Assessment {
  const { rows, ...input } = about;
  return assess(
    {
      reading: reading(given, rows ? { rows } : {}),
      title: 'Northwind - Scope Issue and Write SOW',
      labels: [],
      peoplesLabels: [],
      removedServices: new Set(),
      stage: 'technical_evaluation',
      emKnown: true,
      now,
      ...input,
    },
    policy,
  );
}

/** A GitHub migration that fits Migration+ in every respect. */
export const fitting = {
  service_types: ['migration_scm'],
  m_sources: ['github_cloud'],
  m_projects: 120,
  m_repos: 300,
  m_ci_system: { state: 'none', value: [] },
  m_network: 'reachable over the internet',
  m_restructure: 'keep',
  m_destination: 'gitlab_com',
  deployment_target: 'gitlab_com',
} as const satisfies Readonly<Record<string, Given>>;
