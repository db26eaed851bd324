/** `POST /webhooks/gitlab`: authenticate, see which issue it is about, queue it, answer. GitLab is never asked. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IssueRef } from '../core/model.ts';
import type { HookOutcome } from '../metrics/hook-metrics.ts';
import { type Credentials, readCredentials } from './authenticate.ts';
import { describeDelivery } from './describe-delivery.ts';
import { judgeDelivery } from './judge.ts';
import type { Load } from './load.ts';
import { watchOutage } from './outage.ts';
import type { ServerOptions } from './ports.ts';
import { within } from './within.ts';

const path = '/webhooks/gitlab';
/** What a 503 says in `Retry-After`. */
export const retryAfterSeconds = 30;

/** What becomes of one delivery. */
interface Verdict {
  readonly status: 202 | 204 | 400 | 401 | 503;
  readonly outcome: HookOutcome;
  readonly ref?: IssueRef;
  /** For the log. */
  readonly reason?: string;
  /** For the sender. */
  readonly error?: string;
}

/** An outage of the queue has its own two lines, however many hooks come meanwhile. */
const levels = { 202: 'info', 204: 'debug', 400: 'warn', 401: 'warn', 503: 'debug' } as const;

/** Adds the route; `bodyLimit` in bytes. */
export function addHookRoute(
  app: FastifyInstance,
  options: ServerOptions,
  load: Load,
  bodyLimit: number,
): void {
  const { log, metrics, now, patienceMs = 5_000 } = options;
  const known = new WeakMap<FastifyRequest, Credentials>();
  const outage = watchOutage(log, now);

  app.route({
    method: 'POST',
    url: path,
    bodyLimit,
    // Whoever is refused by the headers alone does not get to send 25 MB.
    onRequest: async (request, reply) => {
      const credentials = readCredentials(request.headers, options.hookSecrets, now());
      known.set(request, credentials);
      if (credentials.kind === 'refused') return answer(request, reply, forged(credentials.reason));
      const length = Number(request.headers['content-length'] ?? 0);
      // One that is too large is not going to be read at all.
      const announced = length <= bodyLimit ? length : 0;
      if (!load.admit(request.raw, reply.raw, announced)) return answer(request, reply, tooMuch);
    },
    onError: async (request, _reply, error) => noteFailure(request, error),
    handler: async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      return answer(request, reply, await judge(request, body));
    },
  });

  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: path,
    onRequest: async (_request, reply) =>
      reply.code(405).header('allow', 'POST').send({ error: 'only POST is accepted here' }),
    handler: async () => undefined,
  });

  async function judge(request: FastifyRequest, body: Buffer): Promise<Verdict> {
    const credentials = known.get(request);
    if (credentials?.kind === 'signed' && !credentials.verify(body)) {
      return forged('wrong webhook-signature');
    }
    const judged = judgeDelivery(header(request, 'x-gitlab-event'), body, options);
    if (judged.outcome === 'accepted') return queue(judged.ref);
    const { outcome, reason } = judged;
    if (outcome === 'unreadable') return { status: 400, outcome, reason, error: reason };
    return { status: 204, ...judged };
  }

  async function queue(ref: IssueRef): Promise<Verdict> {
    if (!load.mayWait()) return tooMuch;
    try {
      await within(patienceMs, load.wait(options.enqueue(ref)));
      outage.taken();
      return { status: 202, outcome: 'queued', ref };
    } catch (error) {
      outage.refused(ref, error);
      return { status: 503, outcome: 'queue_down', ref, error: 'the queue cannot take it now' };
    }
  }

  function answer(request: FastifyRequest, reply: FastifyReply, verdict: Verdict): FastifyReply {
    const { status, outcome, ref, reason, error } = verdict;
    metrics?.hook(outcome);
    if (outcome === 'shed') load.shed();
    else {
      const fields = { status, outcome, reason, ...ref, ...describeDelivery(request.headers) };
      log[levels[status]](fields, 'hook');
    }
    if (status === 503) reply.header('retry-after', String(retryAfterSeconds));
    return reply.code(status).send(error === undefined ? undefined : { error });
  }

  /** Errors of Fastify itself: too large, cut off, a wrong length. `server.ts` answers them. */
  function noteFailure(request: FastifyRequest, error: FastifyError): void {
    const status = error.statusCode ?? 500;
    if (status === 503) {
      metrics?.hook('shed');
      load.shed();
      return;
    }
    metrics?.hook(status === 413 ? 'too_large' : status < 500 ? 'malformed' : 'failed');
    log.warn({ status, code: error.code, ...describeDelivery(request.headers) }, 'hook');
  }
}

/** The next sweep finds what was turned away. */
const tooMuch: Verdict = {
  status: 503,
  outcome: 'shed',
  error: 'too many hooks at once; there is no room for this one now',
};

/** Only the log learns why. */
function forged(reason: string): Verdict {
  const error = 'not recognised as a delivery from the GitLab that this bot serves';
  return { status: 401, outcome: 'not_authentic', reason, error };
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
