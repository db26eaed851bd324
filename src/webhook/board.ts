/** `/queue`: the queue to look at, for whoever has the token; nothing can be changed there. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyPluginCallback } from 'fastify';

/** Where the board is served. */
export const boardPath = '/queue';

export interface Board {
  readonly token: string;
  readonly plugin: FastifyPluginCallback<{ prefix: string }>;
}

/** The token comes as `Bearer`, or as the password that a browser asks for; the user name is not looked at. */
export function addBoard(app: FastifyInstance, { token, plugin }: Board): void {
  app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      if (!isToken(readToken(request.headers.authorization), token)) {
        return reply
          .code(401)
          .header('www-authenticate', 'Basic realm="scoping-bot queue", charset="UTF-8"')
          .send({ error: 'the token of QUEUE_BOARD_TOKEN is needed here' });
      }
      reply.headers({ 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
      // The board is told so as well, but not every one of its routes asks whether it may.
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        return reply.code(405).header('allow', 'GET').send({ error: 'the queue can only be seen' });
      }
    });
    scope.register(plugin, { prefix: boardPath });
  });
}

function readToken(header: string | undefined): string {
  const [, scheme = '', value = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(header ?? '') ?? [];
  if (scheme.toLowerCase() !== 'basic') return value;
  return Buffer.from(value, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
}

/** Compared by their hashes, so that the time taken tells neither content nor length. */
function isToken(given: string, token: string): boolean {
  return timingSafeEqual(sha256(given), sha256(token));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
