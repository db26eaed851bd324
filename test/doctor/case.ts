/** One row of the tables: what is ill, and the one line that has to say so. */
import { expect } from 'vitest';
import type { Mark } from '../../src/doctor/finding.ts';
import { one, openPatient, type Patient } from './patient.ts';

/** What was found is matched by `found`, what to do by `todo`; without `todo` there is nothing to do. */
export type Case = readonly [
  name: string,
  ill: (patient: Patient) => unknown,
  check: string,
  mark: Mark,
  found: RegExp,
  todo?: RegExp,
  code?: number,
];

/** A `failed` one has code 1 unless told. */
export async function judge([, ill, check, mark, found, todo, code]: Case): Promise<void> {
  const patient = await openPatient();
  ill(patient);
  const finding = one(await patient.look(), check);
  expect(finding.found).toMatch(found);
  expect(finding.todo ?? '').toMatch(todo ?? /^$/);
  const wanted = { mark, code: code ?? (mark === 'failed' ? 1 : null) };
  expect({ mark: finding.mark, code: finding.code }).toEqual(wanted);
}

/** For `it.each`, which would spread a row. */
export function named(cases: readonly Case[]): (readonly [string, Case])[] {
  return cases.map((row) => [row[0], row]);
}
