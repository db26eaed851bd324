/**
 * The variables of OpenTelemetry that decide whether and where traces go. Their names are its own, and its SDK
 * reads them, and those for headers, sampling and batches, itself; here they are checked before it does.
 */
import { z } from 'zod';
import { webAddress } from './values.ts';

const endpoint = webAddress('http://127.0.0.1:4318').optional();
const protocol = z.enum(['http/protobuf'], {
  error: 'http/protobuf, the only way in which traces are sent (a collector has it at port 4318)',
});

export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_PROTOCOL: protocol.optional(),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol.optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none'], { error: 'otlp or none' }).optional(),
  OTEL_SDK_DISABLED: z.enum(['true', 'false'], { error: 'true or false' }).optional(),
};

/** Where traces go; null: nowhere. `OTEL_TRACES_EXPORTER=otlp` alone means the address that OpenTelemetry names. */
export function traceAddress(
  read: {
    readonly [Name in keyof typeof tracingVariables]?: string | undefined;
  },
): string | null {
  if (read.OTEL_SDK_DISABLED === 'true' || read.OTEL_TRACES_EXPORTER === 'none') return null;
  const named = read.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? read.OTEL_EXPORTER_OTLP_ENDPOINT;
  return named ?? (read.OTEL_TRACES_EXPORTER === 'otlp' ? 'http://localhost:4318' : null);
}
