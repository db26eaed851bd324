/** What follows from what everybody can read: the measure of what labels and a public comment may show (`interfaces.md` §8). */
import { serviceTypesField } from '../judge/services.ts';
import type { AcceptedSet, Answers, Assessment, Finding } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Judged } from './commands/judge.ts';
import type { Conclusions } from './conclusions.ts';

const internally = 'This follows from what was answered internally.';

/** The commands and answers of open notes; null when there are no others, so that there is nothing to keep back. */
export function openlySaid(
  judged: readonly Judged[],
  sets: readonly AcceptedSet[],
): { readonly judged: readonly Judged[]; readonly sets: readonly AcceptedSet[] } | null {
  // Who leads is what the team does next: the label says a role and nothing of the customer.
  const open = judged.filter(
    ({ note, order }) => order === null || order.kind === 'lead' || !note.internal,
  );
  const openSets = sets.filter(({ note }) => !note.internal);
  if (open.length === judged.length && openSets.length === sets.length) return null;
  return { judged: open, sets: openSets };
}

/**
 * The assessment as a public comment may tell it: what is concluded stands, but findings, service types and
 * reasons that `openly` would not hold are left out or said to rest on an internal answer.
 */
export function tellOpenly(assessment: Assessment, openly: Assessment): Assessment {
  const { lead, recommendation } = assessment;
  const known = new Set(openly.serviceTypes.map(({ id }) => id));
  const serviceTypes = assessment.serviceTypes.filter(({ id }) => known.has(id));
  const hidesTypes = serviceTypes.length < assessment.serviceTypes.length;
  return {
    ...assessment,
    answers: hidesTypes ? withoutTypes(assessment.answers) : assessment.answers,
    serviceTypes,
    findings: findingsOf(assessment, openly),
    lead:
      lead.role === openly.lead.role && lead.reason === openly.lead.reason
        ? lead
        : { ...lead, rule: 'internal note', reason: internally },
    recommendation: isEqual(recommendation, openly.recommendation)
      ? recommendation
      : {
          ...recommendation,
          ...(recommendation.offering === openly.recommendation.offering
            ? {}
            : { offering: null, also: [] }),
          rule: null,
          reasons: [internally],
          wouldChange: [],
        },
  };
}

/** Of the families that tell what the customer has, only what is concluded openly as well. */
export function labelOpenly(
  conclusions: Conclusions,
  openly: Conclusions,
  policy: Policy,
): Conclusions {
  const reveals = new Set(policy.labels.filter((family) => family.reveals).map(({ id }) => id));
  return new Map(
    [...conclusions].map(([id, keys]): [typeof id, readonly string[]] => [
      id,
      reveals.has(id) ? keys.filter((key) => openly.get(id)?.includes(key)) : keys,
    ]),
  );
}

/** Those that would be found openly, and one word for all others that matter. */
function findingsOf({ findings }: Assessment, openly: Assessment): readonly Finding[] {
  const told = findings.filter((each) => each.internal || openly.findings.some(isSame(each)));
  const [worst] = findings.filter((each) => !told.includes(each) && each.severity !== 'info');
  if (!worst) return told;
  const message = 'There is a point that follows from what was answered internally.';
  return [{ id: 'internal', severity: worst.severity, fields: [], message }, ...told];
}

function isSame({ id, message }: Finding): (other: Finding) => boolean {
  return (other) => other.id === id && other.message === message;
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** However the types were found, the row says no more than that they were. */
function withoutTypes(answers: Answers): Answers {
  const answer = answers.get(serviceTypesField);
  if (!answer) return answers;
  const note = { id: 0, author: '', internal: true };
  return new Map(answers).set(serviceTypesField, { ...answer, where: { kind: 'command', note } });
}
