/** Read-only HTML of an issue and of the list of issues, for people watching the demo. Everything is escaped. */
import { issueLabels } from './labels.ts';
import { boardUrl, issueUrl } from './payload.ts';
import { userById } from './people.ts';
import { escapeHtml, renderMarkdown } from './render.ts';
import type { Issue, Label, Note, Project, World } from './world.ts';

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #28272d }
  .pill { color: #fff; border-radius: 1rem; padding: .1rem .6rem; font-size: .85em; margin-right: .3rem }
  .note, .description { border: 1px solid #dcdcde; border-radius: .4rem; padding: .2rem 1rem; margin: 1rem 0 }
  .internal { background: #fdf1dd } .system { color: #737278; border: 0 } .meta { color: #737278 }
  table { border-collapse: collapse } td, th { border: 1px solid #dcdcde; padding: .2rem .6rem; text-align: left }
  code, pre { background: #f0f0f2 } blockquote { border-left: 4px solid #dcdcde; margin-left: 0; padding-left: 1rem }`;

/** The page of one issue with its notes, oldest first. */
export function issuePage(world: World, project: Project, issue: Issue): string {
  const people = issue.assigneeIds.map((id) => `@${userById(world, id).username}`).join(', ');
  const author = userById(world, issue.authorId);
  const labels = issueLabels(world, project, issue).map(labelPill).join('');
  const hidden = issue.confidential ? ' · confidential' : '';
  return htmlPage(
    `${issue.title} (#${issue.iid})`,
    `<p class="meta"><a href="${escapeHtml(`${world.url}/`)}">${escapeHtml(project.path)}</a> #${issue.iid}
      · ${issue.state}${hidden} · opened by @${escapeHtml(author.username)}</p>
    <h1>${escapeHtml(issue.title)}</h1>
    <p>${labels || '<span class="meta">no labels</span>'}</p>
    <p>Assignees: ${people === '' ? 'none' : escapeHtml(people)}</p>
    <div class="description">${renderMarkdown(issue.description ?? '')}</div>
    ${issue.notes.map((note) => noteHtml(world, note)).join('\n')}`,
  );
}

/** The list of all issues and boards of all projects. */
export function indexPage(world: World): string {
  const rows = world.projects.flatMap((project) =>
    project.issues.map((issue) => {
      const href = escapeHtml(encodeURI(issueUrl(world, project, issue)));
      const labels = issueLabels(world, project, issue).map(labelPill).join('');
      const where = escapeHtml(`${project.path}#${issue.iid}`);
      return `<li><a href="${href}">${escapeHtml(issue.title)}</a> <span class="meta">${where} · ${issue.state}</span> ${labels}</li>`;
    }),
  );
  const boards = world.projects.flatMap((project) =>
    project.boards.map((board) => {
      const href = escapeHtml(encodeURI(boardUrl(world, project, board)));
      return `<li><a href="${href}">${escapeHtml(board.name)}</a> <span class="meta">board of ${escapeHtml(project.path)}</span></li>`;
    }),
  );
  return htmlPage('Issues', `<h1>Issues</h1><ul>${[...boards, ...rows].join('\n')}</ul>`);
}

function noteHtml(world: World, note: Note): string {
  const kind = note.system ? ' system' : note.internal ? ' internal' : '';
  const author = escapeHtml(`@${userById(world, note.authorId).username}`);
  const more = note.internal ? ' · internal note' : '';
  return `<div class="note${kind}" id="note_${note.id}"><p class="meta">${author} · ${escapeHtml(note.createdAt)}${more}</p>${renderMarkdown(note.body)}</div>`;
}

/** A label as GitLab draws it. */
export function labelPill(label: Label): string {
  return `<span class="pill" style="background:${labelColour(label)}">${escapeHtml(label.name)}</span>`;
}

/** Safe inside a style, whatever somebody put there. */
export function labelColour({ color }: Label): string {
  return /^#[0-9a-f]{3,6}$/i.test(color) ? color : '#6699cc';
}

/** A whole page around `body`, which is HTML already; `style`: CSS of this page beside that of all. */
export function htmlPage(title: string, body: string, style = ''): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}${style}</style></head>
<body>${body}</body></html>`;
}
