/** BullMQ's own hooks for OpenTelemetry, less what would be noise: only putting in and working count. */
import { SpanKind, type Telemetry } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';

export interface QueueTelemetry {
  /** For the options of a queue and of a worker. */
  readonly option: { readonly telemetry: Telemetry };
  /** The present place in a trace, to be carried by a job. */
  whereWeAre(): string;
}

/** Spans go wherever the process has registered; nowhere when it has not. */
export function openTelemetry(): QueueTelemetry {
  const bull = new BullMQOtel({ tracerName: 'bullmq' });
  const { contextManager, tracer } = bull;
  const telemetry: Telemetry = {
    contextManager,
    tracer: {
      // A worker that idles asks for the next job every few seconds and looks for stalled ones.
      startSpan: (name, options, context) =>
        options?.kind === SpanKind.INTERNAL ? silent : tracer.startSpan(name, options, context),
    },
  };
  return {
    option: { telemetry },
    whereWeAre: () => contextManager.getMetadata(contextManager.active()),
  };
}

const nothing = () => undefined;
const silent: ReturnType<Telemetry['tracer']['startSpan']> = {
  setSpanOnContext: (context) => context,
  setAttribute: nothing,
  setAttributes: nothing,
  addEvent: nothing,
  recordException: nothing,
  end: nothing,
};
