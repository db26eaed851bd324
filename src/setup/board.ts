/** The issue board with a list for each stage; boards and lists of people are left as they are. */
import { foldLabel } from '../core/label-spelling.ts';
import { canonicalLabel } from '../core/plan/canonical-labels.ts';
import { wantedLabels } from '../core/wanted-labels.ts';
import { TerminalError } from '../gitlab/errors.ts';
import type { BoardFound } from '../gitlab/setup/boards.ts';
import type { SetupGround } from './ground.ts';
import { PLANNER, whereAllowed } from './rights.ts';
import type { SetupStep } from './step.ts';

/** Throws `RetryableError` or `TerminalError`. */
export async function findBoardSteps(ground: SetupGround): Promise<readonly SetupStep[]> {
  const { gitlab, policy, project } = ground;
  const name = policy.board?.name;
  if (name === undefined) return [{ kind: 'fine', what: 'The policy names no board' }];
  const boards = await gitlab.setupBoards.list(project.id);
  const board = boards.find((each) => sameName(each.name, name));
  return board ? stepsFor(ground, board) : [stepToCreate(ground, name)];
}

function stepToCreate(ground: SetupGround, name: string): SetupStep {
  const { gitlab, policy, project } = ground;
  const labels = policy.stages.map(({ label }) => label);
  return whereAllowed(ground, PLANNER, {
    kind: 'do',
    what: `The board "${name}" with the lists ${labels.join(', ')}`,
    apply: async () => {
      const id = await gitlab.setupBoards.create(project.id, name);
      for (const label of labels) await addList(ground, id, label);
      return { what: `The board "${name}" was made with ${labels.length} lists.` };
    },
  });
}

function stepsFor(ground: SetupGround, board: BoardFound): readonly SetupStep[] {
  const { policy } = ground;
  const lists = board.lists.map(({ label }) => canonicalLabel(policy, label));
  const stages = policy.stages.map(({ label }) => label);
  const missing = stages.filter((label) => !lists.includes(label));
  const there = stages.filter((label) => lists.includes(label));
  const order = lists.filter((label) => there.includes(label));
  return [
    {
      kind: 'fine',
      what: `The board "${board.name}" is there, with ${there.length} of ${stages.length} stages as lists`,
    },
    ...missing.map((label) =>
      whereAllowed(ground, PLANNER, {
        kind: 'do',
        what: `The list ${label} at the right end of the board "${board.name}"`,
        apply: async () => {
          await addList(ground, board.id, label);
          return { what: `The list ${label} was added to the board "${board.name}".` };
        },
      }),
    ),
    ...(order.join('\n') === there.join('\n')
      ? []
      : [
          {
            kind: 'left' as const,
            what: `The order of the lists of the board "${board.name}"`,
            why: `It is ${order.join(', ')}; the policy has ${there.join(', ')}.`,
          },
        ]),
  ];
}

/**
 * Of the label as the bot writes it, which is made first where it is missing; where people have it in
 * another spelling, of theirs, which `labels.ts` asks them to rename.
 */
async function addList(
  { gitlab, policy, project }: SetupGround,
  boardId: number,
  stage: string,
): Promise<void> {
  const find = async () => {
    const all = await gitlab.setupLabels.list(project.id);
    return (
      all.find(({ name }) => name === stage) ??
      all.find(({ name }) => foldLabel(name) === foldLabel(stage))
    );
  };
  let label = await find();
  if (!label) {
    const wanted = wantedLabels(policy).filter(({ name }) => name === stage);
    for (const each of wanted) await gitlab.setupLabels.create(project.id, each);
    label = await find();
  }
  if (!label) {
    throw new TerminalError(
      'not_found',
      404,
      `GitLab does not show the label ${stage}, of which the board is to have a list: run setup again.`,
    );
  }
  await gitlab.setupBoards.addList(project.id, boardId, label.id);
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
