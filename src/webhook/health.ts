/** Is it alive, is it ready, what has it counted. */
import type { FastifyInstance } from 'fastify';
import type { ServerOptions } from './ports.ts';
import { within } from './within.ts';

/** Adds `/healthz` and `/readyz`. */
export function addHealth(app: FastifyInstance, options: ServerOptions): void {
  const { log, ready, patienceMs = 3_000 } = options;
  app.get('/healthz', async () => ({ status: 'alive' }));

  app.get('/readyz', async (_request, reply) => {
    const reasons = await askReady();
    if (reasons.length === 0) return { status: 'ready' };
    return reply.code(503).send({ status: 'not ready', reasons });
  });

  /** A check that fails or hangs is a reason too; what it said may hold addresses, so only the log gets it. */
  async function askReady(): Promise<readonly string[]> {
    try {
      return await within(patienceMs, ready());
    } catch (error) {
      log.warn({ err: error }, 'the readiness check failed');
      return ['the readiness check failed; the log says why'];
    }
  }
}

/** Adds `/metrics`, unless switched off. */
export function addMetrics(app: FastifyInstance, { metrics }: ServerOptions): void {
  if (metrics === null) return;
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}
