/** The parts of `setup`, in the order in which they are shown and made. */
import type { Config } from '../config.ts';
import { findBoardSteps } from '../setup/board.ts';
import type { SetupGround } from '../setup/ground.ts';
import { findLabelSteps } from '../setup/labels.ts';
import { findMemberSteps } from '../setup/member.ts';
import type { SetupPart } from '../setup/work.ts';
import { UsageError } from './failure.ts';

/** Part → what stands above its steps. */
export const partTitles = {
  member: 'Membership',
  labels: 'Labels',
  board: 'Issue board',
} as const;
export type PartId = keyof typeof partTitles;

const partIds = Object.keys(partTitles) as readonly PartId[];

/** Throws `UsageError`. */
export function choosePart(text: string): PartId {
  const found = partIds.find((id) => id === text);
  if (found) return found;
  throw new UsageError(`--only: read "${text}", allowed: ${partIds.join(', ')}`);
}

/** `chosen`: none means all. */
export function partsFor(
  ground: SetupGround,
  _config: Config,
  chosen: readonly PartId[],
): readonly SetupPart[] {
  const finders = {
    member: () => findMemberSteps(ground),
    labels: () => findLabelSteps(ground),
    board: () => findBoardSteps(ground),
  } satisfies Record<PartId, SetupPart['find']>;
  return partIds
    .filter((id) => chosen.length === 0 || chosen.includes(id))
    .map((id) => ({ id, find: finders[id] }));
}
