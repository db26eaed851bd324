/** The smallest change that brings the labels to what we conclude, without fighting a person. */
import type { LabelFamily, Policy } from '../policy.ts';
import type { Conclusions } from './conclusions.ts';
import { decisionKey, familyOf, type LabelDecisions } from './label-decisions.ts';
import type { Memory } from './memory.ts';
import { scopeOf } from './scopes.ts';

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
  /** The label that stands in the stage's scope in its place, such as an outcome on the same board. */
  readonly insteadOfStage: string | null;
}

/** `labels`: all on the issue now. Labels outside the managed families are never in the result. */
export function changeLabels(
  policy: Policy,
  labels: readonly string[],
  conclusions: Conclusions,
  decisions: LabelDecisions,
  memory: Memory,
): LabelChange {
  const work: Work = { add: [], remove: [...decisions.overruled], held: {}, differs: [] };
  const standing = labels.filter((label) => !decisions.overruled.includes(label));
  const looked: Looked = { policy, standing, conclusions, decisions, memory };
  let insteadOfStage: string | null = null;
  for (const family of policy.labels) {
    const keys = conclusions.get(family.id);
    if (!keys) continue;
    const wanted = keys.flatMap((key) => family.names.get(key) ?? []);
    const present = [...family.names.values()].filter((name) => standing.includes(name));
    const instead = family.scoped ? findInstead(family, looked) : null;
    if (family.id === 'stage') insteadOfStage = instead;
    if (instead !== null) work.remove.push(...present);
    else if (family.scoped) {
      changeScoped(family, wanted[0] ?? '', present, decisions, memory, work);
    } else changePlain(family, wanted, present, decisions, memory, work);
  }
  const managed = labels.filter((label) => familyOf(policy, label));
  const after = [...managed.filter((label) => !work.remove.includes(label)), ...work.add];
  const own = after.filter((label) => decisions.own.includes(label) || work.add.includes(label));
  return { ...work, after: after.toSorted(), own: own.toSorted(), insteadOfStage };
}

interface Looked {
  readonly policy: Policy;
  /** Labels of the issue without those that others have replaced. */
  readonly standing: readonly string[];
  readonly conclusions: Conclusions;
  readonly decisions: LabelDecisions;
  readonly memory: Memory;
}

/**
 * The label of a family further down in the policy that shares this family's scope and is to stand:
 * concluded, put on by a person, or none of our business. GitLab keeps one of them, so ours makes way.
 */
function findInstead(family: LabelFamily, looked: Looked): string | null {
  const { policy, standing, conclusions, decisions, memory } = looked;
  const scopes = new Set([...family.names.values()].map((name) => scopeOf(family, name)));
  for (const rival of policy.labels.slice(policy.labels.indexOf(family) + 1)) {
    if (!rival.scoped) continue;
    const keys = conclusions.get(rival.id);
    const word = rival.names.get(keys?.[0] ?? '') ?? '';
    const concluded = word !== '' && holdOn(rival.id, word, decisions, memory) === undefined;
    const found = [...rival.names.values()].find((name) => {
      if (!scopes.has(scopeOf(rival, name))) return false;
      if (concluded) return name === word;
      return standing.includes(name) && (!keys || decisions.peoples.includes(name));
    });
    if (found !== undefined) return found;
  }
  return null;
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
  const theirs = present.filter((name) => !decisions.own.includes(name));
  const hold = holdScoped(family, wanted, theirs, decisions, memory);
  if (hold !== undefined) {
    work.held[family.id] = hold;
    // Where labels of one scope do not exclude each other (GitLab Free), ours makes way for the person's.
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

function holdScoped(
  family: LabelFamily,
  wanted: string,
  theirs: readonly string[],
  decisions: LabelDecisions,
  memory: Memory,
): string | undefined {
  // A person's stage is taken as the stage we are in; only its stale siblings remain to be removed.
  if (family.id === 'stage') return undefined;
  // What is to be sold is for people to decide (`rulings.md` 18): their word stands, whatever we conclude later.
  if (family.id === 'fit' && theirs.length > 0) return wanted;
  return holdOn(family.id, wanted, decisions, memory);
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
