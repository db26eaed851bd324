/** Figures about looks at issues: how they ended, what they wrote, and how long the person who asked waited for it. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const outcomes = [
  'acted',
  'would_act',
  'nothing_to_do',
  'hands_off',
  'gone',
  'retry',
  'terminal',
] as const;
/**
 * How a look ended. `acted`: something was written; `would_act`: a dry run that would have; `retry` and
 * `terminal`: it failed and is tried again, or is given up until the issue changes.
 */
export type RunOutcome = (typeof outcomes)[number];

export interface RunMetrics {
  run(outcome: RunOutcome, seconds: number): void;
  /** One write to GitLab by the planner's kind: `issue`, `create_note` … */
  change(kind: string): void;
  /** The comment that a hook led to stands in GitLab, so many seconds after the hook came in. */
  answered(seconds: number): void;
  /** `at` in epoch milliseconds; 0: this process sweeps, and has not yet. */
  swept(at: number): void;
  /** The sweep found an issue changed that no hook had announced. */
  repaired(): void;
}

export function countRuns(registry: Registry): RunMetrics {
  const registers = [registry];
  const runs = new Histogram({
    name: 'scoping_bot_run_seconds',
    help: 'Looks at one issue, by how they ended; retry and terminal are the failed ones.',
    labelNames: ['outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  // A series that begins with its first event shows no increase, and no alert would see that event.
  for (const outcome of outcomes) runs.zero({ outcome });
  const changes = new Counter({
    name: 'scoping_bot_changes_total',
    help: 'Writes to GitLab, by kind, of looks that ended well.',
    labelNames: ['kind'],
    registers,
  });
  const answers = new Histogram({
    name: 'scoping_bot_hook_to_comment_seconds',
    help: 'From the receipt of a hook to the end of the look that wrote or edited a comment because of it, retries included. Of hooks for an issue that waits already the first counts, of those that come while it is being looked at the last.',
    buckets: [0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 900, 3600],
    registers,
  });
  const lastSweep = new Gauge({
    name: 'scoping_bot_last_sweep_timestamp_seconds',
    help: 'When the last sweep by this process ended that could list a project, in Unix seconds; 0: none yet; no series where this process does not sweep.',
    registers,
  });
  // A gauge begins with 0, which says that a sweep is due: only who sweeps may say so.
  lastSweep.remove();
  const repairs = new Counter({
    name: 'scoping_bot_sweep_repairs_total',
    help: 'Issues that a sweep found changed although no hook had announced them; each may be a lost hook.',
    registers,
  });
  return {
    run: (outcome, seconds) => runs.observe({ outcome }, seconds),
    change: (kind) => changes.inc({ kind }),
    answered: (seconds) => answers.observe(seconds),
    swept: (at) => lastSweep.set(at / 1000),
    repaired: () => repairs.inc(),
  };
}
