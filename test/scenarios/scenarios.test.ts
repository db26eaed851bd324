/** Walks the situations in this folder: what a person did → what the bot changes and what its comment says, step by step. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Change } from '../../src/core/model.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { type PaperPerson, PaperWorld } from '../support/paper-world.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Another open issue of the project. */
const Other = z.strictObject({
  iid: z.number(),
  title: z.string(),
  labels: z.array(z.string()).default([]),
  confidential: z.boolean().default(false),
});

const Step = z.strictObject({
  about: z.string(),
  now: z.string().optional(),
  description: z.string().optional(),
  comment: z
    .strictObject({ by: z.string(), body: z.string(), internal: z.boolean().optional() })
    .optional(),
  labels: z
    .strictObject({
      by: z.string(),
      add: z.array(z.string()).optional(),
      remove: z.array(z.string()).optional(),
    })
    .optional(),
  assign: z.array(z.string()).optional(),
  /** What becomes of people. */
  people: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  others: z.array(Other).optional(),
});

const Situation = z.strictObject({
  about: z.string(),
  title: z.string(),
  author: z.string(),
  labels: z.array(z.string()).optional(),
  assignees: z.array(z.string()).optional(),
  confidential: z.boolean().optional(),
  serviceDesk: z.boolean().optional(),
  state: z.enum(['opened', 'closed']).optional(),
  now: z.string().default('2026-11-23T09:00:00.000Z'),
  free: z.boolean().default(false),
  /** Another policy of this folder. */
  policy: z.string().default('policy.yaml'),
  /** Changes and additions to `people.json`. */
  people: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  others: z.array(Other).default([]),
  steps: z.array(Step).default([]),
});

const situations = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(situations)('%s', (name) => {
  const folder = join(here, name);
  const situation = Situation.parse(readJson(join(folder, 'issue.json')));
  const policyFile = join(folder, 'policy.yaml');
  const policy = loadPolicy({
    file: existsSync(policyFile) ? policyFile : join(here, situation.policy),
  });

  it(situation.about, async () => {
    const everyone = readJson(join(here, 'people.json')) as Record<string, PaperPerson>;
    for (const [username, change] of Object.entries(situation.people)) {
      everyone[username] = { ...everyone[username], ...change } as PaperPerson;
    }
    const description = readFileSync(join(folder, 'description.md'), 'utf8');
    const { now, free } = situation;
    const world = new PaperWorld({ ...situation, description }, everyone, policy, {
      now,
      free,
    });
    world.others = situation.others;

    await expectRun(world, folder, '');
    for (const [index, step] of situation.steps.entries()) {
      if (step.now) world.now = step.now;
      if (step.description) {
        world.describe(readFileSync(join(folder, step.description), 'utf8'));
      }
      if (step.comment) {
        const { by, body, internal } = step.comment;
        world.comment(by, body, { internal: internal ?? false });
      }
      if (step.labels) {
        const { by, add = [], remove = [] } = step.labels;
        world.label(by, { add, remove });
      }
      if (step.assign) world.assign(step.assign);
      if (step.others) world.others = step.others;
      for (const [username, change] of Object.entries(step.people)) {
        world.change(username, change as Partial<PaperPerson>);
      }
      await expectRun(world, folder, `-${index + 2}`);
    }
  });
});

/** The changes and the comment are as recorded, and a second plan leaves nothing. */
async function expectRun(world: PaperWorld, folder: string, suffix: string): Promise<void> {
  const plan = world.plan();
  const changes = world.run();
  const comment = plan.kind === 'changes' ? world.statusComment() : `Hands off: ${plan.reason}`;
  await expect(`${JSON.stringify(changes.map(brief), null, 2)}\n`).toMatchFileSnapshot(
    join(folder, `changes${suffix}.json`),
  );
  await expect(`${comment.trimEnd()}\n`).toMatchFileSnapshot(join(folder, `comment${suffix}.md`));
  const again = world.plan();
  expect(again.kind === 'changes' ? again.changes : []).toEqual([]);
}

/** Bodies are reviewed in `comment.md`, so a change only says that there is one. */
function brief(change: Change): unknown {
  if (!('body' in change)) return change;
  const { body, ...rest } = change;
  return body.includes('<!-- scoping-bot:status') ? rest : { ...rest, body };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
