/** The HTTP side of the service: GitLab's hooks in, health and metrics out (`interfaces.md` §2). */
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import { addHealth } from './health.ts';
import { addHookRoute } from './hook.ts';
import type { ServerOptions } from './ports.ts';

/** GitLab sends nothing larger (`gitlab-platform.md` §1.3). */
const largestHook = 25 * 1024 * 1024;
const requestMs = 30_000;

/** The server, not yet listening: `listen` and `close` are the caller's. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const app = Fastify({
    // Fastify would log headers and addresses in its own way; the routes log what matters.
    logger: false,
    trustProxy: false,
    bodyLimit: 64 * 1024,
    requestTimeout: requestMs,
    connectionTimeout: 2 * requestMs,
    http: { headersTimeout: requestMs / 2 },
    forceCloseConnections: 'idle',
  });
  readBodiesRaw(app);
  answerErrors(app, options.log);
  addHealth(app, options);
  addHookRoute(app, options, largestHook);
  return app;
}

/** Signatures are over bytes, so nothing is parsed here; the content type is not looked at. */
function readBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
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
    log.error({ err: error }, 'a request failed inside the service');
    return reply.code(500).send({ error: 'the service failed; its log says why' });
  });
}

function describeRefusal(status: number): string {
  return status === 413 ? 'the body is larger than is accepted' : 'the request is malformed';
}
