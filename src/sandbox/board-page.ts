/** Read-only HTML of an issue board: the open issues, a list for each label, the closed issues. */
import { issueLabels, labelsFor } from './labels.ts';
import { htmlPage, labelColour, labelPill } from './page.ts';
import { issueUrl } from './payload.ts';
import { userById } from './people.ts';
import { escapeHtml } from './render.ts';
import type { Board, Issue, Project, World } from './world.ts';

const STYLE = `
  body { max-width: none } .board { display: flex; gap: .6rem; align-items: flex-start }
  .list { flex: 1 1 0; min-width: 11rem; background: #f0f0f2; border-radius: .4rem; border-top: 4px solid #bfbfc3; padding: .5rem }
  .list h2 { font-size: .85em; margin: 0 0 .5rem } .pill { display: inline-block } .card { background: #fff; border: 1px solid #dcdcde; border-radius: .3rem;
  padding: .5rem; margin-top: .5rem; font-size: .85em; line-height: 1.7 } .card a { color: inherit; font-weight: 600; text-decoration: none }
  .card .meta { white-space: nowrap }`;

/** As in GitLab: an issue with the labels of two lists stands in both, one with none of them under "Open". */
export function boardPage(world: World, project: Project, board: Board): string {
  const listed = board.lists.map(({ labelId }) => labelId);
  const open = project.issues.filter(({ state }) => state === 'opened');
  const cards = (issues: readonly Issue[]) =>
    issues.map((issue) => cardHtml(world, project, issue, listed));
  const lists = board.lists.flatMap(({ labelId }) => {
    const label = labelsFor(world, project).find(({ id }) => id === labelId);
    if (label === undefined) return [];
    const issues = open.filter(({ labelIds }) => labelIds.includes(labelId));
    return [listHtml(labelPill(label), labelColour(label), cards(issues))];
  });
  const rest = open.filter(({ labelIds }) => !labelIds.some((id) => listed.includes(id)));
  const closed = project.issues.filter(({ state }) => state === 'closed');
  return htmlPage(
    `${board.name} · ${project.path}`,
    `<p class="meta"><a href="${escapeHtml(`${world.url}/`)}">${escapeHtml(project.path)}</a> · issue board</p>
    <h1>${escapeHtml(board.name)}</h1>
    <div class="board">${[
      listHtml('Open', null, cards(rest)),
      ...lists,
      listHtml('Closed', null, cards(closed)),
    ].join('\n')}</div>`,
    STYLE,
  );
}

/** `head` and `cards` are HTML. */
function listHtml(head: string, colour: string | null, cards: readonly string[]): string {
  const top = colour === null ? '' : ` style="border-top-color:${colour}"`;
  return `<section class="list"${top}><h2>${head} <span class="meta">${cards.length}</span></h2>${cards.join('\n')}</section>`;
}

/** The labels that name a list say nothing that the card's place does not. */
function cardHtml(world: World, project: Project, issue: Issue, listed: readonly number[]): string {
  const labels = issueLabels(world, project, issue).filter(({ id }) => !listed.includes(id));
  const people = issue.assigneeIds.map((id) => `@${userById(world, id).username}`).join(', ');
  const href = escapeHtml(encodeURI(issueUrl(world, project, issue)));
  return `<div class="card"><a href="${href}">${escapeHtml(issue.title)}</a><br>${labels.map(labelPill).join(' ')}
    <div class="meta">#${issue.iid}${people === '' ? '' : ` · ${escapeHtml(people)}`}</div></div>`;
}
