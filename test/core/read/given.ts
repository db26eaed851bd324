/** The shipped policy and short ways to read one answer or one description by it. */

import type { Answer, ParsedValue, Reading } from '../../../src/core/model.ts';
import type { Question } from '../../../src/core/policy.ts';
import { parseAnswer } from '../../../src/core/read/answer.ts';
import { type IssueSource, readIssue } from '../../../src/core/read/issue.ts';
import { loadPolicy } from '../../../src/policy/load.ts';

export const policy = loadPolicy({});

/** When every text of these tests was written. */
const anchor = '2026-11-23';

const source: IssueSource = {
  title: '',
  description: '',
  labels: [],
  writtenAt: `${anchor}T09:00:00.000Z`,
  sets: [],
};

export function question(field: string): Question {
  const found = policy.questionById.get(field);
  if (!found) throw new Error(`The shipped policy has no question ${field}.`);
  return found;
}

/** What a text says to one question. */
export function parse(field: string, text: string): ParsedValue {
  return parseAnswer(text, question(field), policy, anchor);
}

export function read(description: string, more: Partial<IssueSource> = {}): Reading {
  return readIssue({ ...source, description, ...more }, policy, source.writtenAt);
}

/** What a description says to one question; fails when it is not found. */
export function readAnswer(description: string, field: string): Answer {
  const answer = read(description).answers.get(field);
  if (!answer) throw new Error(`Nothing was read for ${field} in:\n${description}`);
  return answer;
}

/** The words found for every question that stands in the text itself. */
export function saidIn(
  description: string,
  more: Partial<IssueSource> = {},
): Record<string, string> {
  const said = new Map<string, string>();
  for (const [field, { raw, where }] of read(description, more).answers) {
    if (where && where.kind !== 'implied' && where.kind !== 'title') said.set(field, raw);
  }
  return Object.fromEntries(said);
}
