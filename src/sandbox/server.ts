/** The HTTP skin: tokens, faults, the request log, 501 for whatever is not imitated, pages for people. */
import { setTimeout as pause } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { authenticate, tooLittleScope } from './authenticate.ts';
import { doLate, failAfter, failBefore } from './fault-answers.ts';
import { takeRequestFault } from './faults.ts';
import { parseBody, parseQuery } from './input.ts';
import { servePages } from './page-routes.ts';
import type { SeenRequest } from './records.ts';
import { notImitated, Refusal } from './refusal.ts';
import { boardRoutes } from './routes/boards.ts';
import { branchRoutes } from './routes/branches.ts';
import type { Answer, Handler, Method } from './routes/call.ts';
import { fileRoutes } from './routes/files.ts';
import { hookEventRoutes } from './routes/hook-events.ts';
import { hookRoutes } from './routes/hooks.ts';
import { instanceRoutes } from './routes/instance.ts';
import { issueRoutes } from './routes/issues.ts';
import { labelEventRoutes } from './routes/label-events.ts';
import { labelRoutes } from './routes/labels.ts';
import { linkRoutes } from './routes/links.ts';
import { memberRoutes } from './routes/members.ts';
import { mergeRequestRoutes } from './routes/merge-requests.ts';
import { noteRoutes } from './routes/notes.ts';
import { projectRoutes } from './routes/projects.ts';
import { userRoutes } from './routes/users.ts';
import type { World } from './world.ts';
import { stamp } from './world.ts';

/** A request as `onRequest` sees it, before anything is done about it. */
export interface IncomingRequest {
  readonly method: string;
  /** Path without the sandbox's base path: `/api/v4/…`, still percent-encoded. */
  readonly path: string;
  /** Query string without `?`. */
  readonly query: string;
  /** Parsed JSON body; undefined when there was none. */
  readonly body: unknown;
}

export type OnRequest = (request: IncomingRequest) => void;

const PARTS = [
  instanceRoutes,
  userRoutes,
  projectRoutes,
  issueRoutes,
  noteRoutes,
  labelEventRoutes,
  linkRoutes,
  labelRoutes,
  memberRoutes,
  hookRoutes,
  hookEventRoutes,
  boardRoutes,
  fileRoutes,
  branchRoutes,
  mergeRequestRoutes,
];

/** A server that is not listening yet. `basePath` is empty or starts with `/` and does not end with it. */
export function buildServer(
  world: World,
  basePath: string,
  onRequest?: OnRequest,
): FastifyInstance {
  const app = fastify({ bodyLimit: 25 * 1024 * 1024, routerOptions: { maxParamLength: 500 } });
  const lenient = async (_request: FastifyRequest, text: string | Buffer): Promise<unknown> =>
    text.length === 0 ? undefined : JSON.parse(String(text));
  app.addContentTypeParser('application/json', { parseAs: 'string' }, lenient);
  const seen = new WeakMap<FastifyRequest, SeenRequest>();

  async function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    route: string | null,
    handler: Handler,
  ): Promise<unknown> {
    const log = record(world, request, route);
    seen.set(request, log);
    onRequest?.(incoming(request, basePath));
    const fault = takeRequestFault(world, request.method, route ?? '');
    if (fault?.kind === 'slow') await pause(fault.ms, undefined, { signal: world.closing.signal });
    const before = fault === null ? null : failBefore(world, fault, reply);
    if (before === 'cut') return reply;
    const work = () => answerFor(world, request, route ?? '', handler, log);
    if (fault?.kind === 'late') {
      doLate(world, fault.ms, reply, work);
      return reply;
    }
    const answer = before ?? (await work());
    const told = fault === null ? answer : failAfter(fault, answer, reply);
    if (told === 'cut') return reply;
    log.status = told.status;
    reply.code(told.status);
    for (const [name, value] of told.headers ?? []) reply.header(name, value);
    return reply.send(told.body);
  }

  for (const part of PARTS) {
    part((method, route, handler) => {
      app.route({
        method,
        url: `${basePath}/api/v4${route}`,
        exposeHeadRoute: false,
        handler: (request, reply) => serve(request, reply, route, handler),
      });
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (!request.url.startsWith(`${basePath}/api/`)) return reply.code(404).send('Not found');
    const path = incoming(request, basePath).path.slice('/api/v4'.length);
    return serve(request, reply, null, () => {
      throw notImitated(request.method, path);
    });
  });
  app.setErrorHandler((error, request, reply) => {
    const log = seen.get(request);
    const known = error instanceof SyntaxError ? 400 : 500;
    if (log !== undefined) log.status = known;
    const message = error instanceof Error ? error.message : String(error);
    return reply.code(known).send({ message: `${known} ${message}` });
  });
  servePages(app, world, basePath);
  return app;
}

function record(world: World, request: FastifyRequest, route: string | null): SeenRequest {
  const { method, url } = request;
  const log = { method, route, path: url, status: 0, at: stamp(world), username: null };
  world.requests.push(log);
  return log;
}

function incoming(request: FastifyRequest, basePath: string): IncomingRequest {
  const [path = '', ...query] = request.url.slice(basePath.length).split('?');
  return { method: request.method, path, query: query.join('?'), body: request.body };
}

async function answerFor(
  world: World,
  request: FastifyRequest,
  route: string,
  handler: Handler,
  log: SeenRequest,
): Promise<Answer> {
  try {
    const { user, token } = authenticate(world, request);
    log.username = user.username;
    if (request.method !== 'GET' && !token.scopes.includes('api')) throw tooLittleScope();
    const address = new URL(request.url, world.url);
    return await handler({
      world,
      method: request.method as Method,
      route,
      user,
      token,
      params: new Map(Object.entries(request.params as Record<string, string>)),
      query: parseQuery(address.search),
      body: parseBody(request.body),
      address: address.href,
    });
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body };
    throw error;
  }
}
