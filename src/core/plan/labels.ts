/** The labels an issue should have, and the smallest change that gets it there without fighting a person. */
import type { Assessment, Lead, Role } from '../model.ts';
import type { LabelFamily, Policy } from '../policy.ts';
import { decisionKey, familyOf, type LabelDecisions } from './label-decisions.ts';
import type { Memory } from './memory.ts';

/** Our conclusion: the one key of a scoped family, or the keys of a plain one. */
export type Conclusions = ReadonlyMap<LabelFamily['id'], readonly string[]>;

/** Where the issue is: the stage to be in (null: no label is to say so), whether it pauses, how it ended. */
export interface Standpoint {
  readonly stage: string | null;
  readonly paused: boolean;
  readonly outcome: string | null;
  /** Who leads by a command or by the rules, whatever a person's label says. */
  readonly lead: Lead['role'];
}

/** What the labels should say. */
export function concludeLabels(
  policy: Policy,
  assessment: Assessment,
  movers: readonly Role[],
  { stage, paused, outcome, lead }: Standpoint,
): Conclusions {
  const { serviceTypes } = assessment;
  const pause = policy.stages.find(({ hold }) => hold)?.id ?? stage;
  const at = paused ? pause : stage;
  return new Map<LabelFamily['id'], readonly string[]>([
    ['stage', at ? [at] : []],
    ['outcome', outcome ? [outcome] : []],
    ['discovery', [discoveryState(assessment)]],
    ['lead', lead === 'unknown' ? [] : [lead]],
    ['service', serviceTypes.map(({ id }) => id)],
    ['needs', movers],
  ]);
}

function discoveryState({ open, findings }: Assessment): string {
  if (findings.some(({ severity }) => severity === 'block')) return 'blocked';
  const gap = open.some(
    ({ gate, excused }) => (gate === 'intake' || gate === 'discovery') && !excused,
  );
  return gap ? 'incomplete' : 'complete';
}

export interface LabelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Managed labels as they will stand. */
  readonly after: readonly string[];
  /** Those of them that are ours. */
  readonly own: readonly string[];
  readonly held: Readonly<Record<string, string>>;
  /** Where a person's choice stands although we conclude otherwise. */
  readonly differs: readonly { readonly stands: string | null; readonly would: string | null }[];
}

/** `labels`: all on the issue now. Labels outside the managed families are never in the result. */
export function changeLabels(
  policy: Policy,
  labels: readonly string[],
  conclusions: Conclusions,
  decisions: LabelDecisions,
  memory: Memory,
): LabelChange {
  const work: Work = { add: [], remove: [], held: {}, differs: [] };
  for (const family of policy.labels) {
    const keys = conclusions.get(family.id);
    if (!keys) continue;
    const wanted = keys.flatMap((key) => family.names.get(key) ?? []);
    const present = [...family.names.values()].filter((name) => labels.includes(name));
    if (family.scoped) changeScoped(family, wanted[0] ?? '', present, decisions, memory, work);
    else changePlain(family, wanted, present, decisions, memory, work);
  }
  const managed = labels.filter((label) => familyOf(policy, label));
  const after = [...managed.filter((label) => !work.remove.includes(label)), ...work.add];
  const own = after.filter((label) => decisions.own.includes(label) || work.add.includes(label));
  return { ...work, after: after.toSorted(), own: own.toSorted() };
}

interface Work {
  readonly add: string[];
  readonly remove: string[];
  readonly held: Record<string, string>;
  readonly differs: { stands: string | null; would: string | null }[];
}

function changeScoped(
  family: LabelFamily,
  wanted: string,
  present: readonly string[],
  decisions: LabelDecisions,
  memory: Memory,
  work: Work,
): void {
  // A person's stage is taken as the stage we are in; only its stale siblings remain to be removed.
  const hold = family.id === 'stage' ? undefined : holdOn(family.id, wanted, decisions, memory);
  if (hold !== undefined) {
    work.held[family.id] = hold;
    // Where labels of one scope do not exclude each other (GitLab Free), ours makes way for the person's.
    const theirs = present.filter((name) => !decisions.own.includes(name));
    const kept = theirs.length > 0 ? theirs : present;
    work.remove.push(...present.filter((name) => !kept.includes(name)));
    if (kept.join() !== wanted) {
      work.differs.push({ stands: kept[0] ?? null, would: wanted || null });
    }
    return;
  }
  if (wanted !== '' && !present.includes(wanted)) work.add.push(wanted);
  work.remove.push(...present.filter((name) => name !== wanted));
}

function changePlain(
  family: LabelFamily,
  wanted: readonly string[],
  present: readonly string[],
  decisions: LabelDecisions,
  memory: Memory,
  work: Work,
): void {
  for (const name of family.names.values()) {
    const conclusion = wanted.includes(name) ? 'on' : 'off';
    const stands = present.includes(name);
    const key = decisionKey(family, name);
    const hold = holdOn(key, conclusion, decisions, memory);
    if (hold !== undefined) {
      work.held[key] = hold;
      if (stands !== (conclusion === 'on')) {
        work.differs.push(stands ? { stands: name, would: null } : { stands: null, would: name });
      }
    } else if (conclusion === 'on' && !stands) work.add.push(name);
    else if (conclusion === 'off' && stands && decisions.own.includes(name)) work.remove.push(name);
  }
}

/**
 * The conclusion a person's decision was made against, while it still is our conclusion; undefined when
 * nobody decided, or when our conclusion has become another since (then ours applies again). A fresh
 * decision always stands, whatever else changed in the same moment.
 */
export function holdOn(
  key: string,
  conclusion: string,
  decisions: LabelDecisions,
  memory: Memory,
): string | undefined {
  if (decisions.touched.includes(key)) return conclusion;
  return ownValue(memory.held, key) === conclusion ? conclusion : undefined;
}

function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
