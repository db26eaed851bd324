/** The figures of the report, counted in one place so that every section says the same. */
import type { Assessment, Finding, OpenQuestion } from '../model.ts';

/** Findings that block. */
export function blockingFindings({ findings }: Assessment): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'block');
}

/** Open questions with two answers that disagree. */
export function contradictions({ open }: Assessment): readonly OpenQuestion[] {
  return open.filter(({ reason }) => reason === 'contradictory');
}

/** All other open questions that hold something up, most blocking first. */
export function waiting({ open }: Assessment): readonly OpenQuestion[] {
  return open.filter(({ excused, reason }) => !excused && reason !== 'contradictory');
}

/** Something is missing or stands in the way. */
export function isHeldUp(assessment: Assessment): boolean {
  const { length } = [
    ...blockingFindings(assessment),
    ...contradictions(assessment),
    ...waiting(assessment),
  ];
  return length > 0;
}
