/** Loads OpenTelemetry where traces are wanted, and nothing where they are not. */
import type { Log } from '../log.ts';
import { noTracing, type Tracing } from '../tracing.ts';

/** Registers for the whole process; the caller closes it. */
export async function openTracing(wanted: boolean, log: Log): Promise<Tracing> {
  if (!wanted) return noTracing;
  const { startTracing } = await import('../tracing/open-telemetry.ts');
  return startTracing(log);
}
