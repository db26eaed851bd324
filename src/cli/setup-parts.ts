/** The parts of `setup`, in the order in which they are shown and made. */
import type { Config } from '../config.ts';
import type { Policy, Question } from '../core/policy.ts';
import { loadPolicy } from '../policy/load.ts';
import { findBoardSteps } from '../setup/board.ts';
import type { SetupGround } from '../setup/ground.ts';
import { findLabelSteps } from '../setup/labels.ts';
import { findMemberSteps } from '../setup/member.ts';
import { whereInScope } from '../setup/rights.ts';
import type { FindSteps } from '../setup/step.ts';
import { findTemplateSteps } from '../setup/templates.ts';
import { findWebhookSteps } from '../setup/webhook.ts';
import { UsageError } from './failure.ts';

/** Part → what stands above its steps. */
export const partTitles = {
  member: 'Membership',
  labels: 'Labels',
  board: 'Issue board',
  webhook: 'Webhook',
  templates: 'Issue templates',
} as const;
export type PartId = keyof typeof partTitles;

export const partIds = Object.keys(partTitles) as readonly PartId[];

/** Throws `UsageError`. */
export function choosePart(text: string): PartId {
  const found = partIds.find((id) => id === text);
  if (found) return found;
  throw new UsageError(`--only: read "${text}", allowed: ${partIds.join(', ')}`);
}

export interface Part {
  readonly id: PartId;
  readonly find: FindSteps;
}

/** `chosen`: none means all. */
export function partsFor(
  ground: SetupGround,
  config: Config,
  chosen: readonly PartId[],
): readonly Part[] {
  const { gitlab, policy, project } = ground;
  const finders = {
    member: () => findMemberSteps(ground),
    labels: () => findLabelSteps(ground),
    board: () => findBoardSteps(ground),
    webhook: async () =>
      whereInScope(
        ground,
        await findWebhookSteps({
          hooks: gitlab.setupHooks,
          projectId: project.id,
          publicUrl: config.publicUrl,
          configured: config.hookSecrets,
        }),
      ),
    templates: async () =>
      whereInScope(
        ground,
        await findTemplateSteps({
          repository: gitlab.repository,
          projectId: project.id,
          policy,
          ownQuestions: ownQuestions(policy, config),
        }),
      ),
  } satisfies Record<PartId, FindSteps>;
  return partIds
    .filter((id) => chosen.length === 0 || chosen.includes(id))
    .map((id) => ({ id, find: finders[id] }));
}

/** Those that the shipped policy does not have. */
function ownQuestions({ questions }: Policy, { policyFile }: Config): readonly Question[] {
  if (policyFile === null) return [];
  const shipped = loadPolicy().questionById;
  return questions.filter(({ id }) => !shipped.has(id));
}
