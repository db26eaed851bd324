/** Every label that the policy works with, and how it looks: what `setup` makes, and the bot before it first writes one. */
import type { LabelLook, Policy } from './policy.ts';
import { perObject } from './read/memo.ts';

export interface WantedLabel extends LabelLook {
  /** The exact spelling that the bot writes. */
  readonly name: string;
}

/** In the policy's order, each name once: the families, then what people put on. */
export const wantedLabels = perObject((policy: Policy): readonly WantedLabel[] => {
  const { ignore, recognise } = policy.looks;
  const all = [
    ...policy.labels.flatMap(({ names, colour, descriptions }) =>
      [...names].map(([key, name]) => ({ name, colour, description: descriptions.get(key) ?? '' })),
    ),
    ...(ignore ? [{ ...ignore, name: policy.ignoreLabel }] : []),
    ...(recognise ? policy.recognise.labels.map((name) => ({ ...recognise, name })) : []),
  ];
  return [...new Map(all.toReversed().map((label) => [label.name, label])).values()].toReversed();
});
