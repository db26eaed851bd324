/** Fastify's own hooks for OpenTelemetry, on the route for hooks alone. */
import FastifyOtel from '@fastify/otel';
import type { FastifyInstance } from 'fastify';

const path = '/webhooks/gitlab';

/** Returns what makes a server traced; to be called before its routes are added. */
export function traceServers(): (app: FastifyInstance) => void {
  const instrumentation = new FastifyOtel.FastifyOtelInstrumentation({
    // Whoever looks whether we live would fill the traces.
    ignorePaths: ({ url }) => url.replace(/\?.*$/, '') !== path,
    // An error's words may quote what was sent.
    recordExceptions: false,
    instrumentHooks: false,
    instrumentHandler: false,
    requestHook: (span) => {
      // Without the query: somebody may have put a secret there.
      span.setAttribute('url.path', path);
      span.updateName(`POST ${path}`);
    },
  });
  // As the library itself does for `registerOnInitialization`: `register` would come after the routes.
  return (app) => instrumentation.plugin()(app, {}, () => undefined);
}
