/** What the labels of each family should say, by our own judgement alone. */
import type { Assessment, Role } from '../model.ts';
import type { LabelFamily } from '../policy.ts';

/** Our conclusion: the one key of a scoped family, or the keys of a plain one. */
export type Conclusions = ReadonlyMap<LabelFamily['id'], readonly string[]>;

/** What the labels should say. `stage` is the stage or pause to be in; `outcome` is how a person said that it ended. */
export function concludeLabels(
  assessment: Assessment,
  movers: readonly Role[],
  stage: string | null,
  outcome: string | null,
  crmStage: number | null = null,
): Conclusions {
  const { lead, serviceTypes, findings } = assessment;
  const ledBy = lead.concluded ?? lead.role;
  return new Map<LabelFamily['id'], readonly string[]>([
    ['stage', stage ? [stage] : []],
    ['outcome', outcome ? [outcome] : []],
    ['discovery', [discoveryState(assessment)]],
    ['lead', ledBy === 'unknown' ? [] : [ledBy]],
    ['service', serviceTypes.map(({ id }) => id)],
    ['needs', movers],
    ['fit', fitting(assessment, outcome)],
    ['ta', reviewed(assessment)],
    ['crm', crmStage === null ? [] : [String(crmStage)]],
    // The names of this family are keyed by check; what is said internally only is not shown to all by a label.
    ['risk', findings.filter(({ internal }) => !internal).map(({ id }) => id)],
  ]);
}

function reviewed({ reviews }: Assessment): readonly string[] {
  return [reviews.get('ta')].filter((key) => key !== undefined);
}

/** Only what is fairly sure, and only what can be sold (`rulings.md` 18). */
function fitting(
  { recommendation: { kind, confidence } }: Assessment,
  outcome: string | null,
): readonly string[] {
  // Ended because that is sold instead: then that is the offering.
  if (outcome === 'sku' || outcome === 'partner') return [outcome];
  return kind !== 'undecided' && kind !== 'none' && confidence !== 'low' ? [kind] : [];
}

function discoveryState({ open, findings }: Assessment): string {
  if (findings.some(({ severity }) => severity === 'block')) return 'blocked';
  const gap = open.some(
    ({ gate, excused }) => (gate === 'intake' || gate === 'discovery') && !excused,
  );
  return gap ? 'incomplete' : 'complete';
}
