/** Judges the same reading under the same circumstances once, however often it is asked while facts are looked up. */
import { assess } from '../judge/assess.ts';
import type { AssessInput } from '../judge/groundwork.ts';
import type { Assessment, Reading } from '../model.ts';
import type { Policy } from '../policy.ts';
import { perObject } from '../read/memo.ts';

const judgements = perObject((_: Reading) =>
  perObject((_policy: Policy) => new Map<string, Assessment>()),
);

/** As `assess`. `exposed` must be what stands in the issue that was read: it is no part of the key. */
export function assessOnce(input: AssessInput, policy: Policy): Assessment {
  const { reading, exposed: _, removedServices, saidServices, ...rest } = input;
  const known = judgements(reading)(policy);
  const key = JSON.stringify([rest, [...removedServices], [...(saidServices ?? [])]]);
  const before = known.get(key);
  if (before) return before;
  const assessment = assess(input, policy);
  known.set(key, assessment);
  return assessment;
}
