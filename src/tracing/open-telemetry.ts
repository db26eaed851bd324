/**
 * OpenTelemetry for this process: spans go to the collector that `OTEL_EXPORTER_OTLP_ENDPOINT` names. The SDK reads
 * that and its other variables (`OTEL_SERVICE_NAME`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`,
 * `OTEL_BSP_*` …) from the environment itself; `src/config/tracing.ts` has checked those that switch it on.
 */
import {
  context,
  DiagLogLevel,
  diag,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Log } from '../log.ts';
import type { Tracing } from '../tracing.ts';

const name = 'scoping-bot';
/** A collector that is away must not keep the process from ending. */
const closeMs = 2_000;
/** It is away for longer than one batch as a rule. */
const tellEveryMs = 60_000;

/** Registers for the whole process, so that Fastify's and BullMQ's own hooks find it. */
export function startTracing(log: Log): Tracing {
  tellOfTrouble(log);
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': name }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  const tracer = provider.getTracer(name);
  return {
    on: true,
    span: (step, work) =>
      tracer.startActiveSpan(step, async (span) => {
        try {
          return await work((facts) => void span.setAttributes(inOurName(facts)));
        } catch (error) {
          // Without the error's own words, which may quote an issue.
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
    request: ({ method, route, status, ms }) => {
      const end = Date.now();
      const span = tracer.startSpan(`${method} ${route}`, {
        kind: SpanKind.CLIENT,
        startTime: end - ms,
        attributes: {
          'http.request.method': method,
          'url.template': route,
          ...(status !== null && { 'http.response.status_code': status }),
        },
      });
      if (status === null || status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(end);
    },
    close: async () => {
      const late = new Promise((resolve) => setTimeout(resolve, closeMs).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      for (const registered of [trace, context, propagation, diag]) registered.disable();
    },
  };
}

function inOurName(facts: Readonly<Record<string, string | number>>) {
  return Object.fromEntries(
    Object.entries(facts).map(([fact, value]) => [`scoping_bot.${fact}`, value]),
  );
}

/** What the SDK complains of may quote headers, so only that it does is told. */
function tellOfTrouble(log: Log): void {
  let told = Number.NEGATIVE_INFINITY;
  const quiet = () => undefined;
  const error = (): void => {
    if (performance.now() - told < tellEveryMs) return;
    told = performance.now();
    log.warn(
      {},
      'traces could not be handed over: look whether the collector at OTEL_EXPORTER_OTLP_ENDPOINT runs and takes OTLP over HTTP; the bot works without',
    );
  };
  diag.setLogger(
    { error, warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
}
