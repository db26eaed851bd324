/** The HTTP side of the service: GitLab's hooks in, health and metrics out (`interfaces.md` §2). */
import type { IncomingMessage } from 'node:http';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Log } from '../log.ts';
import { addBoard } from './board.ts';
import { limitConnections } from './connections.ts';
import { addHealth, addMetrics } from './health.ts';
import { addHookRoute, retryAfterSeconds } from './hook.ts';
import { chooseLimits, createLoad, type Load } from './load.ts';
import type { ServerOptions } from './ports.ts';
import { BodyError, readBody } from './read-body.ts';

/** GitLab sends nothing larger (`gitlab-platform.md` §1.3). */
const largestHook = 25 * 1024 * 1024;

/** The server for GitLab, not yet listening: `listen` and `close` are the caller's. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const { log, now, limits = chooseLimits(largestHook) } = options;
  const load = createLoad(limits, log, now);
  options.metrics?.watchHeldBytes(load.heldBytes);
  const app = buildBare(options);
  readBodiesRaw(app, load);
  addHealth(app, options);
  if (options.adminApart !== true) addAdmin(app, options);
  addHookRoute(app, options, load, largestHook);
  return app;
}

/** The server for those who run the bot: health, metrics and the board, no hooks. Not yet listening either. */
export function buildAdminServer(options: ServerOptions): FastifyInstance {
  const app = buildBare(options);
  app.removeAllContentTypeParsers();
  addHealth(app, options);
  addAdmin(app, options);
  return app;
}

function addAdmin(app: FastifyInstance, options: ServerOptions): void {
  addMetrics(app, options);
  if (options.board) addBoard(app, options.board);
}

function buildBare(options: ServerOptions): FastifyInstance {
  const { log, now, requestMs = 30_000, mostConnections: most = 2_000 } = options;
  const app = Fastify({
    // Fastify would log headers and addresses in its own way; the routes log what matters.
    logger: false,
    trustProxy: false,
    bodyLimit: 64 * 1024,
    requestTimeout: requestMs,
    connectionTimeout: 2 * requestMs,
    // Proxies close after 60 s as a rule; whoever closes first must not be us, in the middle of their next request.
    keepAliveTimeout: 72_000,
    // Node looks for slow ones every 30 s of its own accord, which would double the time they get.
    http: { headersTimeout: requestMs / 3, connectionsCheckingInterval: requestMs / 6 },
    forceCloseConnections: 'idle',
  });
  options.instrument?.(app);
  limitConnections(app.server, { most, log, now });
  answerErrors(app, log);
  return app;
}

/** Signatures are over bytes, so nothing is parsed here; the content type is not looked at. */
function readBodiesRaw(app: FastifyInstance, load: Load): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    const length = request.headers['content-length'];
    return readBody(payload, {
      announced: length === undefined ? null : Number(length),
      most: request.routeOptions.bodyLimit,
      grow: (bytes) => load.grow(request.raw, bytes),
    });
  });
  // A malformed content type would be a 415 before any parser is asked.
  app.addHook('onRequest', async (request) => {
    delete request.raw.headers['content-type'];
  });
}

function answerErrors(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send({ error: 'no such page' }),
  );
  app.setErrorHandler(async (error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) {
      return reply.code(status).send({ error: describeRefusal(status) });
    }
    if (error instanceof BodyError) {
      reply.header('retry-after', String(retryAfterSeconds));
      return reply.code(status).send({ error: 'too much at once; there is no room for this now' });
    }
    log.error({ err: error }, 'a request failed inside the service');
    return reply.code(500).send({ error: 'the service failed; its log says why' });
  });
}

function describeRefusal(status: number): string {
  return status === 413 ? 'the body is larger than is accepted' : 'the request is malformed';
}
