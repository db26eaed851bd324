/** The read-only pages for people; not counted as requests. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { boardPage } from './board-page.ts';
import { indexPage, issuePage } from './page.ts';
import { findProject } from './people.ts';
import type { World } from './world.ts';

/** Serves the index at the base path, and each issue and board at GitLab's own address for it. */
export function servePages(app: FastifyInstance, world: World, basePath: string): void {
  const show = (reply: FastifyReply, html: string | null) =>
    reply
      .code(html === null ? 404 : 200)
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(html ?? 'Not found');
  app.get(`${basePath}/`, (_request, reply) => show(reply, indexPage(world)));
  app.get(`${basePath}/*`, (request, reply) => {
    if (request.url.startsWith(`${basePath}/api/`)) return reply.callNotFound();
    const path = decodeURI(request.url.slice(basePath.length + 1).split(/[?#]/)[0] ?? '');
    return show(reply, pageAt(world, path));
  });
}

function pageAt(world: World, path: string): string | null {
  const [, home = '', kind, number] = /^(.+)\/-\/(issues|boards)\/(\d+)$/.exec(path) ?? [];
  const project = findProject(world, home);
  if (project === null) return null;
  if (kind === 'issues') {
    const issue = project.issues.find(({ iid }) => iid === Number(number));
    return issue === undefined ? null : issuePage(world, project, issue);
  }
  const board = project.boards.find(({ id }) => id === Number(number));
  return board === undefined ? null : boardPage(world, project, board);
}
