/** A project's issue boards and their label lists. Several boards a project are free since GitLab 12.3. */
import { z } from 'zod';
import { TerminalError } from '../errors.ts';
import type { Resources } from '../resources.ts';
import { readAs } from '../schema.ts';

export interface BoardFound {
  readonly id: number;
  readonly name: string;
  /** The labels of its label lists, from left to right; lists of other kinds are left out. */
  readonly lists: readonly { readonly labelId: number; readonly label: string }[];
}

/** All throw `RetryableError` or `TerminalError` and nothing else. */
export interface SetupBoards {
  list(projectId: number): Promise<readonly BoardFound[]>;
  /** Gives the new board's id; it has no lists but GitLab's own (open, closed). */
  create(projectId: number, name: string): Promise<number>;
  /** At the right end; that the board has such a list already is fine. */
  addList(projectId: number, boardId: number, labelId: number): Promise<void>;
}

const list = z.object({
  label: z.object({ id: z.number(), name: z.string() }).nullish(),
  position: z.number().nullish(),
});
const boardsSchema = z.array(
  z.object({
    id: z.number(),
    name: z.string().nullish(),
    lists: z
      .array(list)
      .nullish()
      .transform((lists) => lists ?? []),
  }),
);
const createdSchema = z.object({ id: z.number() });

export function openSetupBoards(api: Resources): SetupBoards {
  async function listBoards(projectId: number): Promise<readonly BoardFound[]> {
    const found: BoardFound[] = [];
    for await (const page of api.pages(`projects/${projectId}/boards`)) {
      found.push(...readAs(boardsSchema, page.items, 'GET /projects/:id/boards').map(toBoard));
    }
    return found;
  }
  return {
    list: listBoards,
    async create(projectId, name) {
      const body: unknown = await api.boards.create(projectId, name);
      return readAs(createdSchema, body, 'POST /projects/:id/boards').id;
    },
    async addList(projectId, boardId, labelId) {
      try {
        await api.boards.createList(projectId, boardId, { labelId });
      } catch (error) {
        if (!(error instanceof TerminalError) || ![400, 409].includes(error.status)) throw error;
        const board = (await listBoards(projectId)).find(({ id }) => id === boardId);
        if (!board?.lists.some((each) => each.labelId === labelId)) throw error;
      }
    },
  };
}

function toBoard({ id, name, lists }: z.output<typeof boardsSchema>[number]): BoardFound {
  return {
    id,
    name: name ?? '',
    lists: lists
      .toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0))
      .flatMap(({ label }) => (label ? [{ labelId: label.id, label: label.name }] : [])),
  };
}
