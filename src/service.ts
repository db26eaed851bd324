/** Puts the parts together and runs them: webhook → queue → reconcile, and the sweep beside it. */

import { type AccessWatch, watchAccess } from './access-watch.ts';
import type { Config } from './config.ts';
import type { IssueRef } from './core/model.ts';
import type { Policy } from './core/policy.ts';
import { connectGitLab } from './gitlab/connect.ts';
import { TerminalError } from './gitlab/errors.ts';
import { watchHooks } from './hook-watch.ts';
import { findIdentity } from './identity.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { openQueue } from './queue/queue.ts';
import { type Outcome, previewIssue, type Reconciler, reconcile } from './reconcile.ts';
import { trackRepairs } from './repairs.ts';
import { serveProjects } from './served.ts';
import { createSweep } from './sweep.ts';
import type { ServerOptions } from './webhook/ports.ts';
import { buildAdminServer, buildServer } from './webhook/server.ts';
import { within } from './webhook/within.ts';

export interface Service {
  /** Where it listens. */
  readonly url: string;
  /** Where `/metrics` is when it has an address of its own; null when it has not. */
  readonly adminUrl: string | null;
  /** Takes nothing new, lets running work end within ten seconds, closes. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  readonly config: Config & { readonly gitlabToken: string; readonly stateSecret: string | null };
  readonly policy: Policy;
  readonly log: Log;
  readonly now?: () => Date;
  /** Told after each look at an issue; the demo listens here. */
  readonly onLooked?: (ref: IssueRef, outcome: Outcome) => void;
  readonly processMetrics?: boolean;
  /** Milliseconds until a GitLab that refuses us is tried again; 30 s unless told. */
  readonly probeMs?: number;
}

/** From SIGTERM to the end; the part of it that hooks in the middle of their delivery may take. */
const closeMs = 9_000;
const hooksEndMs = 5_500;

/** `ADMIN_ADDRESS` could not be listened at; `cause` is what Node said. */
export class AdminAddressError extends Error {
  override readonly name = 'AdminAddressError';
}

function refuseAdmin(cause: unknown): never {
  throw new AdminAddressError('ADMIN_ADDRESS cannot be listened at', { cause });
}

/**
 * Starts listening once the queue is open. A token that GitLab refuses throws `TerminalError`;
 * a GitLab that cannot be reached does not: hooks are queued and the bot keeps trying (`rulings.md` 37).
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, policy, log, now = () => new Date() } = options;
  const metrics = createMetrics({ processMetrics: options.processMetrics ?? true });
  const slow: { down: (ms: number) => void } = { down: () => undefined };
  let access: AccessWatch | null = null;
  const gitlabOptions = {
    url: config.gitlabUrl,
    token: config.gitlabToken,
    onPause: (ms: number) => slow.down(ms),
    notesAMinute: policy.limits.get('notes_a_minute'),
    onRequest: (done: { method: string; route: string; status: number | null; ms: number }) => {
      metrics.gitlabRequest(done.method, done.route, done.status ?? 0, done.ms / 1_000);
      if (done.status !== null && done.status < 300) access?.succeeded();
    },
  };
  const gitlab = connectGitLab(gitlabOptions);
  const bot: Reconciler = {
    store: gitlab.store,
    directory: gitlab.directory,
    policy,
    key: config.stateSecret ?? '',
    now,
  };
  const identity = await findIdentity(bot.directory, log);
  const queue = await openQueue({
    url: config.queueUrl ?? undefined,
    dataDir: config.dataDir,
    concurrency: config.concurrency,
    log,
    // Where everything is refused it is nobody's fault on that issue: it waits until GitLab lets us in again.
    isTerminal: (error) =>
      error instanceof TerminalError &&
      error.kind !== 'unauthorised' &&
      !(error.kind === 'forbidden' && access?.why()),
  }).catch((error: unknown) => {
    identity.stop();
    throw error;
  });
  slow.down = (ms) => void queue.slowDown(ms).catch(() => undefined);
  const cannotSweep = (project: number | string, error: unknown): void => {
    const reason = error instanceof Error ? error.message : 'no reason given';
    log.warn({ project, reason }, 'this project could not be swept; it is tried again');
  };
  const served = serveProjects(
    config.projects.length > 0 ? config.projects : policy.projects,
    gitlab.issues,
    cannotSweep,
  );
  access = watchAccess({
    queue,
    // A connection of its own, because a directory asks only once who the bot is.
    probe: () => connectGitLab({ ...gitlabOptions, budget: gitlab.budget }).directory.bot(),
    log,
    now: () => now().getTime(),
    probeMs: options.probeMs,
  });

  const repairs = trackRepairs();

  async function look(ref: IssueRef): Promise<{ lookAgainAt: string | null }> {
    const begun = performance.now();
    const cause = repairs.begin(ref);
    try {
      const outcome = await (config.dryRun ? previewIssue : reconcile)(ref, bot);
      const seconds = (performance.now() - begun) / 1_000;
      metrics.run(outcome.kind, seconds);
      report(ref, outcome, config.dryRun, log, metrics.change);
      if (cause === 'sweep' && !config.dryRun && writes(outcome)) {
        metrics.repaired();
        log.warn({ ...ref }, 'the sweep found a change that no hook had announced');
      }
      options.onLooked?.(ref, outcome);
      return { lookAgainAt: outcome.kind === 'planned' ? outcome.lookAgainAt : null };
    } catch (error) {
      repairs.failed(ref, cause);
      const seconds = (performance.now() - begun) / 1_000;
      metrics.run(error instanceof TerminalError ? 'terminal' : 'retry', seconds);
      if (error instanceof TerminalError) await access?.failed(ref, error);
      throw error;
    }
  }

  metrics.watchQueue(async () => new Map(Object.entries(await queue.counts())));
  const serverOptions: ServerOptions = {
    log,
    hookSecrets: config.hookSecrets,
    accepts: served.accepts,
    enqueue: async (ref) => {
      repairs.heard(ref);
      await queue.enqueue(ref).catch((error: unknown) => {
        repairs.lost(ref);
        throw error;
      });
    },
    ready: async () => {
      const reasons = [await queue.ready(), identity.why(), access?.why() ?? null];
      return reasons.filter((reason) => reason !== null);
    },
    metrics: config.metrics ? metrics : null,
    bot: identity.bot,
    now: () => now().getTime(),
    adminApart: config.adminAddress !== null,
  };
  const app = buildServer(serverOptions);
  const admin = config.adminAddress === null ? null : buildAdminServer(serverOptions);
  queue.work(look);
  const adminUrl = (await admin?.listen(config.adminAddress ?? {}).catch(refuseAdmin)) ?? null;
  const url = await app.listen({ host: config.host, port: config.port });
  const sweep = createSweep({
    issues: gitlab.issues,
    projectIds: served.projectIds,
    enqueue: (ref) => {
      repairs.swept(ref);
      return queue.enqueue(ref);
    },
    policy,
    now,
    failed: cannotSweep,
    alsoLookAt: watchHooks({
      hooks: gitlab.hooks,
      publicUrl: config.publicUrl,
      switchOn: !config.dryRun,
      log,
      now: () => now().getTime(),
      count: metrics.hookStates,
    }),
  });
  if (config.sweepIntervalMs !== null) {
    queue.every('sweep', config.sweepIntervalMs, async () => {
      const queued = await sweep();
      metrics.swept(now().getTime());
      log.info({ queued }, 'swept');
    });
  }
  log.info(
    { url, ...(adminUrl !== null && { adminUrl }), queue: queue.kind, dryRun: config.dryRun },
    'listening',
  );
  return {
    url,
    adminUrl,
    async close() {
      identity.stop();
      access?.stop();
      const begun = performance.now();
      // Hooks that are being taken in come first: the queue must still be there for them.
      await within(hooksEndMs, app.close()).catch(() =>
        log.warn({}, 'closed with hooks unanswered; the sweep finds what they told'),
      );
      // Whoever watches sees the queue for as long as it is there.
      await queue.close(closeMs - (performance.now() - begun));
      await admin?.close();
    },
  };
}

function writes(outcome: Outcome): boolean {
  return outcome.kind === 'planned' && outcome.changes.length > 0;
}

function report(
  ref: IssueRef,
  outcome: Outcome,
  dryRun: boolean,
  log: Log,
  count: (kind: string) => void,
): void {
  if (outcome.kind !== 'planned') {
    log.debug({ ...ref, outcome: outcome.kind }, 'looked');
    return;
  }
  const kinds = outcome.changes.map(({ kind }) => kind);
  if (!dryRun) for (const kind of kinds) count(kind);
  const { completeness, stage } = outcome.assessment;
  log.info(
    { ...ref, changes: kinds, written: !dryRun, ...completeness, next: stage.next },
    'looked',
  );
}
