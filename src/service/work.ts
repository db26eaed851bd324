/** The work part: queue → look at the issue, and the sweep that finds what no hook announced. */
import { watchHooks } from '../hook-watch.ts';
import { createSweep, type Swept } from '../sweep.ts';
import { createLook } from './look.ts';
import type { Parts } from './parts.ts';

/** Begins; it ends with the queue. */
export function startWork(parts: Parts): void {
  const { config, queue, log, metrics, now } = parts;
  queue.work(createLook(parts));
  if (config.sweepIntervalMs === null) return;
  const sweep = prepareSweep(parts);
  // Without a first value the alert on "no sweep yet" would see no series.
  metrics.swept(0);
  queue.every('sweep', config.sweepIntervalMs, async () => {
    const { queued, listed } = await sweep();
    await queue.enqueueGivenUp();
    // One project that cannot be listed has its own line; an alarm on the last sweep means that nothing is swept.
    if (listed === 0) return log.info({}, 'no project could be swept; the next sweep tries again');
    metrics.swept(now().getTime());
    log.info({ queued, projects: listed }, 'swept');
  });
}

function prepareSweep(parts: Parts): () => Promise<Swept> {
  const { config, policy, log, now, gitlab, queue, served, metrics } = parts;
  return createSweep({
    issues: gitlab.issues,
    projectIds: served.projectIds,
    enqueue: (ref, changed) => queue.enqueue(ref, changed ? true : 'all'),
    policy,
    now,
    failed: parts.cannotSweep,
    alsoLookAt: watchHooks({
      hooks: gitlab.hooks,
      publicUrl: config.publicUrl,
      switchOn: !config.dryRun,
      log,
      now: () => now().getTime(),
      count: metrics.hookStates,
    }),
  });
}
