/** Puts the parts together and runs them: webhook → queue → reconcile, and the sweep beside it. */
import type { Config } from './config.ts';
import type { IssueRef, Person } from './core/model.ts';
import type { Policy } from './core/policy.ts';
import { connectGitLab } from './gitlab/connect.ts';
import { TerminalError } from './gitlab/errors.ts';
import type { Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { openQueue } from './queue/queue.ts';
import { type Outcome, previewIssue, type Reconciler, reconcile } from './reconcile.ts';
import { serveProjects } from './served.ts';
import { createSweep } from './sweep.ts';
import { buildServer } from './webhook/server.ts';

export interface Service {
  /** Where it listens. */
  readonly url: string;
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
}

/** How often a refused token is tried again (`interfaces.md` §8). */
const probeMs = 30_000;

/**
 * Starts listening once the queue is open. A token that GitLab refuses throws `TerminalError`;
 * a GitLab that cannot be reached does not: hooks are queued and the bot keeps trying (`rulings.md` 37).
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, policy, log, now = () => new Date() } = options;
  const metrics = createMetrics({ processMetrics: options.processMetrics ?? true });
  const slow: { down: (ms: number) => void } = { down: () => undefined };
  const gitlabOptions = {
    url: config.gitlabUrl,
    token: config.gitlabToken,
    onPause: (ms: number) => slow.down(ms),
    onRequest: (done: { method: string; route: string; status: number | null; ms: number }) =>
      metrics.gitlabRequest(done.method, done.route, done.status ?? 0, done.ms / 1_000),
  };
  const gitlab = connectGitLab(gitlabOptions);
  const bot: Reconciler = {
    store: gitlab.store,
    directory: gitlab.directory,
    policy,
    key: config.stateSecret ?? '',
    now,
  };
  const identity = await findIdentity(bot, log);
  const queue = await openQueue({
    url: config.queueUrl ?? undefined,
    dataDir: config.dataDir,
    concurrency: config.concurrency,
    log,
    // A refused token is nobody's fault on that issue: it waits until the token works again.
    isTerminal: (error) => error instanceof TerminalError && error.kind !== 'unauthorised',
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
  const token = watchToken(queue, () => connectGitLab(gitlabOptions).directory.bot(), log);

  async function look(ref: IssueRef): Promise<{ lookAgainAt: string | null }> {
    const begun = performance.now();
    try {
      const outcome = await (config.dryRun ? previewIssue : reconcile)(ref, bot);
      const seconds = (performance.now() - begun) / 1_000;
      metrics.run(outcome.kind, seconds);
      report(ref, outcome, config.dryRun, log, metrics.change);
      options.onLooked?.(ref, outcome);
      return { lookAgainAt: outcome.kind === 'planned' ? outcome.lookAgainAt : null };
    } catch (error) {
      const seconds = (performance.now() - begun) / 1_000;
      metrics.run(error instanceof TerminalError ? 'terminal' : 'retry', seconds);
      if (error instanceof TerminalError && error.kind === 'unauthorised') await token.refused();
      throw error;
    }
  }

  metrics.watchQueue(async () => new Map(Object.entries(await queue.counts())));
  const app = buildServer({
    log,
    hookSecrets: config.hookSecrets,
    accepts: served.accepts,
    enqueue: queue.enqueue,
    ready: async () => {
      const reasons = [await queue.ready(), identity.why(), token.why()];
      return reasons.filter((reason) => reason !== null);
    },
    metrics: config.metrics ? metrics : null,
    bot: identity.bot,
    now: () => now().getTime(),
  });
  queue.work(look);
  const url = await app.listen({ host: config.host, port: config.port });
  const sweep = createSweep({
    issues: gitlab.issues,
    projectIds: served.projectIds,
    enqueue: queue.enqueue,
    policy,
    now,
    failed: cannotSweep,
  });
  if (config.sweepIntervalMs !== null) {
    queue.every('sweep', config.sweepIntervalMs, async () => {
      const queued = await sweep();
      metrics.swept(now().getTime());
      log.info({ queued }, 'swept');
    });
  }
  log.info({ url, queue: queue.kind, dryRun: config.dryRun }, 'listening');
  return {
    url,
    async close() {
      identity.stop();
      token.stop();
      await app.close();
      await queue.close();
    },
  };
}

/** Who we are, so that our own events are told apart; found at start, or as soon as GitLab answers. */
async function findIdentity(
  { directory }: Reconciler,
  log: Log,
): Promise<{ bot: () => Person | null; why: () => string | null; stop: () => void }> {
  let found: Person | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let told = false;
  const ask = async (): Promise<void> => {
    found = await directory.bot();
    log.info({ username: found.username }, 'GitLab knows us');
  };
  const again = (error: unknown): void => {
    if (stopped) return;
    const reason = error instanceof Error ? error.message : 'no reason given';
    if (!told) log.warn({ reason }, 'GitLab cannot be reached yet; hooks are queued meanwhile');
    told = true;
    timer = setTimeout(() => void ask().catch(again), probeMs / 6);
  };
  try {
    await ask();
  } catch (error) {
    if (error instanceof TerminalError) throw error;
    again(error);
  }
  return {
    bot: () => found,
    why: () => (found ? null : 'GitLab could not be reached yet.'),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** A 401 stops all work; one cheap request now and then looks whether the token works again. */
function watchToken(
  queue: { pause(): Promise<void>; resume(): Promise<void> },
  probe: () => Promise<unknown>,
  log: Log,
): { refused: () => Promise<void>; why: () => string | null; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const schedule = (): void => {
    timer = setTimeout(() => {
      probe().then(
        async () => {
          timer = undefined;
          log.info({}, 'the token works again');
          await queue.resume();
        },
        () => {
          if (!stopped) schedule();
        },
      );
    }, probeMs);
  };
  return {
    async refused() {
      if (timer) return;
      log.error({}, 'GitLab refuses the token: put a valid one into GITLAB_TOKEN; work is paused');
      schedule();
      await queue.pause();
    },
    why: () => (timer ? 'GitLab refuses the token.' : null),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
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
