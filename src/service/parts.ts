/** Opens what both the web part and the work part need, and closes it again. */
import { type AccessWatch, watchAccess } from '../access-watch.ts';
import type { GitLabConnection } from '../gitlab/connect.ts';
import { TerminalError } from '../gitlab/errors.ts';
import { findIdentity, type Identity, inTime, startMs } from '../identity.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import type { IssueQueue } from '../queue/issue-queue.ts';
import { openQueue } from '../queue/queue.ts';
import { type Repairs, trackRepairs } from '../repairs.ts';
import { type Served, serveProjects } from '../served.ts';
import type { Tracing } from '../tracing.ts';
import { checkStart } from './check-start.ts';
import { type Listeners, openConnection } from './connection.ts';
import { openTracing } from './open-tracing.ts';
import type { ServiceOptions } from './options.ts';
import type { Role } from './role.ts';
import { readTally } from './tally-words.ts';

export interface Parts extends ServiceOptions {
  readonly now: () => Date;
  readonly role: Role;
  readonly metrics: Metrics;
  readonly gitlab: GitLabConnection;
  readonly identity: Identity;
  readonly queue: IssueQueue;
  readonly access: AccessWatch;
  readonly served: Served;
  readonly repairs: Repairs;
  /** A project (or `all` of them) could not be found or listed: told, tried again with the next sweep. False when GitLab lets us in nowhere. */
  readonly cannotSweep: (project: number | string, error: unknown) => Promise<boolean>;
  readonly tracing: Tracing;
  /** No timer of theirs starts anything from here on; the queue still takes hooks. */
  stop(): void;
}

/**
 * Rejects with `TerminalError` when GitLab refuses the token and with `QueueError` when there is no
 * queue; nothing is left open then. A GitLab out of reach is no reason (`rulings.md` 37).
 */
export async function openParts(options: ServiceOptions): Promise<Parts> {
  const { config, policy, log, now = () => new Date(), role = 'all' } = options;
  const metrics = createMetrics({
    processMetrics: options.processMetrics ?? true,
    now: () => now().getTime(),
  });
  const tracing = await openTracing(config.traceAddress !== null, log);
  const listeners: Listeners = {
    paused: () => undefined,
    succeeded: () => undefined,
    // Until the queue is open nothing is written.
    takePlace: async () => 0,
  };
  const begun = performance.now();
  const { gitlab, probe } = openConnection(options, metrics, tracing, listeners);
  let access: AccessWatch | null = null;
  const identity = await findIdentity({
    directory: gitlab.directory,
    log,
    refused: async (error) => access?.refused(error),
    stopped: () => (access?.why() ?? null) !== null,
    stopping: options.stopping,
  }).catch(async (error: unknown) => {
    await tracing.close();
    throw error;
  });
  const startCheck = checkStart({
    ...{ config, policy, gitlab, log, bot: identity.bot },
    stopped: () => (access?.why() ?? null) !== null,
  });
  const queue = await openQueue({
    url: config.queueUrl ?? undefined,
    dataDir: config.dataDir,
    concurrency: config.concurrency,
    log,
    traced: tracing.on,
    isTerminal: (error) => isTerminal(error, access?.why() ?? null),
  }).catch(async (error: unknown) => {
    startCheck.stop();
    identity.stop();
    await tracing.close();
    throw error;
  });
  const watch = watchAccess({
    queue,
    probe,
    log,
    now: () => now().getTime(),
    probeMs: options.probeMs,
  });
  access = watch;
  listeners.paused = (ms) => void queue.slowDown(ms).catch(() => undefined);
  listeners.takePlace = queue.takePlace;
  listeners.succeeded = () => watch.succeeded();
  metrics.watchQueue({
    counts: async () => new Map(Object.entries(await queue.counts())),
    oldestWaiting: async () => (await queue.oldestWaitingMs()) / 1_000,
    issues: async () => readTally(await queue.tallied()),
  });
  const cannotSweep = async (project: number | string, error: unknown): Promise<boolean> => {
    const reason = error instanceof Error ? error.message : 'no reason given';
    log.warn({ project, reason }, 'this project could not be swept; it is tried again');
    if (error instanceof TerminalError) await watch.refused(error);
    return watch.why() === null;
  };
  // Where GitLab answers in time, what is wrong is told before the line that says all is ready.
  const patience = Math.max(0, startMs - (performance.now() - begun));
  await inTime(patience, startCheck.first, options.stopping);
  const projects = config.projects.length > 0 ? config.projects : policy.projects;
  return {
    ...options,
    ...{ now, role, metrics, gitlab, identity, queue, access, cannotSweep, tracing },
    served: serveProjects(projects, gitlab.issues, cannotSweep),
    repairs: trackRepairs(),
    stop() {
      startCheck.stop();
      identity.stop();
      watch.stop();
    },
  };
}

/** Where everything is refused it is nobody's fault on that issue: it waits until GitLab lets us in again. */
function isTerminal(error: unknown, refused: string | null): boolean {
  if (!(error instanceof TerminalError) || error.kind === 'unauthorised') return false;
  return error.kind !== 'forbidden' || refused === null;
}
