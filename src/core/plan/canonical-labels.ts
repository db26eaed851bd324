/** Labels in whatever spelling they stand → the policy's own, the only one the planner works with; and back again for removals. */
import { foldLabel } from '../label-spelling.ts';
import type { Facts, IssueState, LabelEvent } from '../model.ts';
import type { Policy } from '../policy.ts';
import { perObject } from '../read/memo.ts';
import type { LabelChange } from './labels.ts';

export interface StandingLabels {
  /** Every label once, spelled as in the policy where the policy knows it; all others as they are. */
  readonly names: readonly string[];
  /** The policy's spelling → how it really stands on the issue, more than once where two spellings do. */
  readonly spelled: ReadonlyMap<string, readonly string[]>;
}

/** Folded spelling → the policy's exact one, for all labels that the policy gives a meaning to. */
const spellings = perObject((policy: Policy): ReadonlyMap<string, string> => {
  const exact = [
    ...policy.recognise.labels,
    policy.ignoreLabel,
    ...policy.labels.flatMap(({ names }) => [...names.values()]),
  ].map((name): [string, string] => [name, name]);
  const also = policy.stages.flatMap((stage) =>
    stage.also.map((name): [string, string] => [name, stage.label]),
  );
  return new Map([...also, ...exact].map(([name, label]) => [foldLabel(name), label]));
});

/** A label in the policy's spelling; unchanged when the policy does not know it (`domain.md` §2.4: tolerant read). */
export function canonicalLabel(policy: Policy, label: string): string {
  return spellings(policy).get(foldLabel(label)) ?? label;
}

/** Depends on nothing but the policy and the labels; keeps their order. */
export function readLabels(policy: Policy, labels: readonly string[]): StandingLabels {
  const spelled = new Map<string, readonly string[]>();
  for (const label of labels) {
    const name = canonicalLabel(policy, label);
    spelled.set(name, [...(spelled.get(name) ?? []), label]);
  }
  return { names: [...spelled.keys()], spelled };
}

/** The same objects for the same issue, so that what is remembered by issue stays remembered. */
const respelled = perObject((issue: IssueState) =>
  perObject((policy: Policy) => {
    const standing = readLabels(policy, issue.labels);
    return { standing, issue: { ...issue, labels: standing.names } };
  }),
);

/** Issue and facts with the policy's spellings only, and what really stands there. */
export function inPolicySpelling(
  policy: Policy,
  issue: IssueState,
  facts: Facts,
): {
  readonly issue: IssueState;
  readonly facts: Facts;
  readonly standing: StandingLabels;
} {
  const labelEvents = facts.labelEvents?.map(
    (event): LabelEvent => ({ ...event, label: canonicalLabel(policy, event.label) }),
  );
  return { ...respelled(issue)(policy), facts: { ...facts, labelEvents: labelEvents ?? null } };
}

/** A change of labels in the words of the issue: what is taken off and what is said of it, as it stands there. */
export function asSpelled(change: LabelChange, { spelled }: StandingLabels): LabelChange {
  const said = (name: string | null): string | null =>
    name === null ? null : (spelled.get(name)?.[0] ?? name);
  return {
    ...change,
    remove: change.remove.flatMap((name) => spelled.get(name) ?? [name]),
    differs: change.differs.map(({ stands, would }) => ({
      stands: said(stands),
      would,
    })),
    insteadOfStage: said(change.insteadOfStage),
  };
}
