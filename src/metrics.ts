/** What the process counts about itself, for Prometheus; labels hold kinds and outcomes, never text of people. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What became of a delivery at `POST /webhooks/gitlab`. */
export type HookOutcome =
  | 'queued'
  | 'own_event'
  | 'not_ours'
  | 'not_served'
  | 'not_authentic'
  | 'unreadable'
  | 'too_large'
  | 'malformed'
  | 'failed'
  | 'queue_down'
  | 'shed';

export interface Metrics {
  readonly contentType: string;
  /** The text for `GET /metrics`. A queue that does not answer leaves its gauge out and nothing else. */
  text(): Promise<string>;
  hook(outcome: HookOutcome): void;
  /** One run of reconcile: `outcome` such as `done`, `retry`, `terminal`, `hands_off`. */
  run(outcome: string, seconds: number): void;
  /** One write to GitLab by the planner's kind: `issue`, `create_note` … */
  change(kind: string): void;
  /** `route` with placeholders (`/projects/:id/issues/:iid`); `status` 0 when no answer came. */
  gitlabRequest(method: string, route: string, status: number, seconds: number): void;
  /** Asked at every scrape: how many jobs stand in which state. */
  watchQueue(read: () => Promise<ReadonlyMap<string, number>>): void;
  /** Asked at every scrape: bytes of hooks being received and held. */
  watchHeldBytes(read: () => number): void;
  /** A sweep ended that could list a project; `at` in epoch milliseconds. */
  swept(at: number): void;
  /** The sweep found an issue changed that no hook had announced. */
  repaired(): void;
  /** The states of our webhooks in this project, one for each hook; null when they may not be known. */
  hookStates(projectId: number, states: readonly HookState[] | null): void;
}

/** GitLab's words for a webhook's state. */
const hookStates = ['executable', 'temporarily_disabled', 'disabled'] as const;
type HookState = (typeof hookStates)[number];

const mostRoutes = 60;
const queueAnswerMs = 2_000;

/** `processMetrics` adds memory, CPU and event-loop delay of the process. */
export function createMetrics({ processMetrics = true } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });

  const hooks = new Counter({
    name: 'scoping_bot_hooks_total',
    help: 'Deliveries received from GitLab, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });
  const runs = new Histogram({
    name: 'scoping_bot_run_seconds',
    help: 'Runs over one issue, by how they ended.',
    labelNames: ['outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const changes = new Counter({
    name: 'scoping_bot_changes_total',
    help: 'Writes to GitLab, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const requests = new Histogram({
    name: 'scoping_bot_gitlab_request_seconds',
    help: 'Requests to GitLab; status 0 means that no answer came.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const lastSweep = new Gauge({
    name: 'scoping_bot_last_sweep_timestamp_seconds',
    help: 'When the last sweep ended that could list a project, in Unix seconds.',
    registers,
  });
  // Without a first value an alert on "no sweep yet" would see no series at all.
  lastSweep.set(0);

  const repairs = new Counter({
    name: 'scoping_bot_sweep_repairs_total',
    help: 'Issues that a sweep found changed although no hook had announced them; each may be a lost hook.',
    registers,
  });
  const hookState = new Gauge({
    name: 'scoping_bot_hook_state',
    help: "Webhooks that lead here, by project id and by GitLab's word for their state.",
    labelNames: ['project', 'state'],
    registers,
  });

  const routes = new Set<string>();
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    hook: (outcome) => hooks.inc({ outcome }),
    run: (outcome, seconds) => runs.observe({ outcome }, seconds),
    change: (kind) => changes.inc({ kind }),
    gitlabRequest: (method, route, status, seconds) => {
      if (routes.size < mostRoutes) routes.add(route);
      const label = routes.has(route) ? route : 'other';
      requests.observe({ method, route: label, status: String(status) }, seconds);
    },
    watchQueue: (read) => addQueueGauge(registry, read),
    watchHeldBytes: (read) => addHeldGauge(registry, read),
    swept: (at) => lastSweep.set(at / 1000),
    repaired: () => repairs.inc(),
    hookStates: (projectId, states) => {
      for (const state of hookStates) {
        const labels = { project: String(projectId), state };
        if (states === null) hookState.remove(labels);
        else hookState.set(labels, states.filter((each) => each === state).length);
      }
    },
  };
}

function addHeldGauge(registry: Registry, read: () => number): void {
  new Gauge({
    name: 'scoping_bot_hook_bytes_held',
    help: 'Bytes of hooks that are being received or answered, as announced where they are announced.',
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

function addQueueGauge(registry: Registry, read: () => Promise<ReadonlyMap<string, number>>): void {
  new Gauge({
    name: 'scoping_bot_queue_jobs',
    help: 'Jobs in the queue, by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const late = sleep(queueAnswerMs, null, { ref: false });
      const counts = await Promise.race([read(), late]).catch(() => null);
      this.reset();
      for (const [state, count] of counts ?? []) this.set({ state }, count);
    },
  });
}
