/** One look at one issue as the queue asks for it: reconciled (only shown in a dry run), timed, counted, logged. */
import type { IssueRef } from '../core/model.ts';
import { TerminalError } from '../gitlab/errors.ts';
import { type Outcome, previewIssue, type Reconciler, reconcile } from '../reconcile.ts';
import type { Parts } from './parts.ts';

/** Returns the look; `swept`: a sweep asked for it. It rejects with what GitLab's side rejected with; the queue decides what follows. */
export function createLook(parts: Parts): (
  ref: IssueRef,
  swept: boolean,
) => Promise<{
  /** ISO time; null when nothing falls due. */
  lookAgainAt: string | null;
}> {
  const { config, policy, log, now, gitlab, repairs, metrics, access } = parts;
  const bot: Reconciler = {
    store: gitlab.store,
    directory: gitlab.directory,
    policy,
    key: config.stateSecret ?? '',
    now,
  };
  return async (ref, swept) => {
    const begun = performance.now();
    const seconds = (): number => (performance.now() - begun) / 1_000;
    const cause = repairs.begin(ref, swept);
    try {
      const outcome = await (config.dryRun ? previewIssue : reconcile)(ref, bot);
      metrics.run(outcome.kind, seconds());
      report(ref, outcome, parts);
      if (cause === 'sweep' && !config.dryRun && writes(outcome)) {
        metrics.repaired();
        log.warn({ ...ref }, 'the sweep found a change that no hook had announced');
      }
      parts.onLooked?.(ref, outcome);
      return { lookAgainAt: outcome.kind === 'planned' ? outcome.lookAgainAt : null };
    } catch (error) {
      repairs.failed(ref, cause);
      metrics.run(error instanceof TerminalError ? 'terminal' : 'retry', seconds());
      if (error instanceof TerminalError) await access.failed(ref, error);
      throw error;
    }
  };
}

function writes(outcome: Outcome): boolean {
  return outcome.kind === 'planned' && outcome.changes.length > 0;
}

function report(ref: IssueRef, outcome: Outcome, { config, log, metrics }: Parts): void {
  if (outcome.kind !== 'planned') {
    log.debug({ ...ref, outcome: outcome.kind }, 'looked');
    return;
  }
  const kinds = outcome.changes.map(({ kind }) => kind);
  if (!config.dryRun) for (const kind of kinds) metrics.change(kind);
  const { completeness, stage } = outcome.assessment;
  log.info(
    { ...ref, changes: kinds, written: !config.dryRun, ...completeness, next: stage.next },
    'looked',
  );
}
