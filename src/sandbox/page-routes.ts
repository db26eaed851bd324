/** The read-only pages for people; not counted as requests. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { indexPage, issuePage } from './page.ts';
import { findProject } from './people.ts';
import type { World } from './world.ts';

/** Serves the index at the base path and each issue at GitLab's own address for it. */
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
    const match = /^(.+)\/-\/issues\/(\d+)$/.exec(path);
    const project = findProject(world, match?.[1] ?? '');
    const issue = project?.issues.find((each) => each.iid === Number(match?.[2]));
    return show(reply, project && issue ? issuePage(world, project, issue) : null);
  });
}
