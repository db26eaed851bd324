/** Issue boards with label lists; lists for people and milestones are Premium and not imitated. */
import { PLANNER } from '../access.ts';
import { showProject } from '../entities.ts';
import { ids, requiredText } from '../input.ts';
import { labelsFor } from '../labels.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Board, Project } from '../world.ts';
import { nextId } from '../world.ts';
import {
  type Call,
  created,
  list,
  needs,
  param,
  projectOf,
  type Route,
  takes,
  takesBody,
} from './call.ts';

const BOARDS = '/projects/:id/boards';
const LISTS = `${BOARDS}/:board_id/lists`;

export function boardRoutes(route: Route): void {
  route('GET', BOARDS, (call) => {
    takes(call);
    const project = projectOf(call);
    return list(call, project.boards, (board) => showBoard(call, project, board));
  });
  route('POST', BOARDS, (call) => {
    takesBody(call, 'name');
    const project = projectOf(call);
    needs(call, project, PLANNER);
    const board = { id: nextId(call.world), name: requiredText(call.body, 'name'), lists: [] };
    project.boards.push(board);
    return created(showBoard(call, project, board));
  });
  route('GET', LISTS, (call) => {
    takes(call);
    const project = projectOf(call);
    return list(call, boardOf(call, project).lists, (row) => showList(call, project, row));
  });
  route('POST', LISTS, (call) => {
    takesBody(call, 'label_id');
    const project = projectOf(call);
    needs(call, project, PLANNER);
    const board = boardOf(call, project);
    const labelId = ids(call.body, 'label_id')?.[0];
    const known = labelsFor(call.world, project).some((label) => label.id === labelId);
    const twice = board.lists.some((row) => row.labelId === labelId);
    if (labelId === undefined || !known || twice) {
      throw new Refusal(400, {
        error: twice ? 'Label has already been taken' : 'Label not found!',
      });
    }
    const row = { id: nextId(call.world), labelId };
    board.lists.push(row);
    return created(showList(call, project, row));
  });
}

function boardOf(call: Call, project: Project): Board {
  const board = project.boards.find((each) => each.id === Number(param(call, 'board_id')));
  if (board === undefined) throw notFound();
  return board;
}

function showBoard(call: Call, project: Project, board: Board): object {
  return {
    id: board.id,
    name: board.name,
    hide_backlog_list: false,
    hide_closed_list: false,
    project: showProject(call.world, project, call.user),
    lists: board.lists.map((row, position) => ({ ...showList(call, project, row), position })),
  };
}

function showList(call: Call, project: Project, row: Board['lists'][number]): object {
  const label = labelsFor(call.world, project).find((each) => each.id === row.labelId);
  const { id = 0, name = '', color = '', description = null } = label ?? {};
  return { id: row.id, label: { id, name, color, description }, position: 0 };
}
