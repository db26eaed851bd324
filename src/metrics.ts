/** What the process counts about itself, for Prometheus; labels hold kinds and outcomes, never text of people. */
import { collectDefaultMetrics, Registry } from 'prom-client';
import { countRequests, type GitLabMetrics } from './metrics/gitlab-metrics.ts';
import { countHooks, type HookMetrics } from './metrics/hook-metrics.ts';
import { type QueueMetrics, showQueue } from './metrics/queue-metrics.ts';
import { countRuns, type RunMetrics } from './metrics/run-metrics.ts';

export interface Metrics extends HookMetrics, RunMetrics, GitLabMetrics, QueueMetrics {
  readonly contentType: string;
  /** The text for `GET /metrics`. */
  text(): Promise<string>;
}

/** `processMetrics` adds memory, CPU and event-loop delay of the process; `now` in milliseconds. */
export function createMetrics({ processMetrics = true, now = Date.now } = {}): Metrics {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    ...countHooks(registry),
    ...countRuns(registry),
    ...countRequests(registry, now),
    ...showQueue(registry),
  };
}
