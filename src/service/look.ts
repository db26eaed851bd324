/** One look at one issue as the queue asks for it: reconciled (only shown in a dry run), timed, counted, logged. */
import type { IssueRef } from '../core/model.ts';
import { TerminalError } from '../gitlab/errors.ts';
import type { RunOutcome } from '../metrics/run-metrics.ts';
import type { SweptBy } from '../queue/issue-queue.ts';
import { type Outcome, previewIssue, type Reconciler, reconcile } from '../reconcile.ts';
import { tellForeignMarks } from './foreign-marks.ts';
import type { Parts } from './parts.ts';
import { countingRequests } from './request-count.ts';
import { tallyWords } from './tally-words.ts';

/** Who asked for the look; `timer`: a date on the issue fell due, or work that was given up is taken up again. */
type Cause = 'hook' | 'sweep' | 'timer';

/** What the one line a look leaves in the log begins with. */
interface Asked {
  readonly ref: IssueRef;
  readonly cause: Cause;
  readonly heardAt: number | null;
  readonly ms: () => number;
  readonly requests: () => number;
}

/**
 * Returns the look; `swept`: a sweep asked for it; `heardAt`: when the hook did. It rejects with what GitLab's side
 * rejected with; the queue decides what follows.
 */
export function createLook(parts: Parts): (
  ref: IssueRef,
  swept: SweptBy,
  heardAt: number | null,
) => Promise<{
  /** ISO time; null when nothing falls due. */
  lookAgainAt: string | null;
}> {
  const { config, policy, log, now, gitlab, repairs, metrics, access, tracing } = parts;
  const bot: Reconciler = {
    store: gitlab.store,
    directory: gitlab.directory,
    policy,
    key: config.stateSecret ?? '',
    now,
  };
  const tellMarks = tellForeignMarks(log);
  return (ref, swept, heardAt) =>
    countingRequests((requests) =>
      tracing.span('look', async (say) => {
        const begun = performance.now();
        const announced = repairs.begin(ref, swept !== false);
        const cause = heardAt !== null ? 'hook' : (announced ?? 'timer');
        const ms = (): number => Math.round(performance.now() - begun);
        const asked: Asked = { ref, cause, heardAt, ms, requests };
        say({ project: ref.projectId, issue: ref.issueIid, cause });
        try {
          const outcome = await (config.dryRun ? previewIssue : reconcile)(ref, bot);
          say({ outcome: report(asked, outcome, parts) });
          if (outcome.kind === 'planned') tellMarks(ref, outcome.foreignMarks);
          // A sweep of all open issues also finds what nobody announced yet, or changed while we were away.
          const missed = announced === 'sweep' && swept !== 'all';
          if (missed && !config.dryRun && writes(outcome)) {
            metrics.repaired();
            log.warn({ ...ref }, 'the sweep found a change that no hook had announced');
          }
          parts.onLooked?.(ref, outcome);
          return { lookAgainAt: outcome.kind === 'planned' ? outcome.lookAgainAt : null };
        } catch (error) {
          repairs.failed(ref, announced);
          const outcome = error instanceof TerminalError ? 'terminal' : 'retry';
          metrics.run(outcome, ms() / 1_000);
          say({ outcome });
          // The queue says what failed and what follows, at its own level.
          log.debug({ ...ref, cause, outcome, ms: ms(), requests: requests() }, 'looked');
          if (error instanceof TerminalError) await access.failed(ref, error);
          throw error;
        }
      }),
    );
}

function writes(outcome: Outcome): boolean {
  return outcome.kind === 'planned' && outcome.changes.length > 0;
}

/** Counts and logs a look that ended well, and returns how it ended. */
function report(
  { ref, cause, heardAt, ms, requests }: Asked,
  looked: Outcome,
  { config, log, metrics, queue, now }: Parts,
): RunOutcome {
  const outcome = readOutcome(looked, config.dryRun);
  metrics.run(outcome, ms() / 1_000);
  queue.tally(ref, tallyWords(looked));
  const kinds = looked.kind === 'planned' ? looked.changes.map(({ kind }) => kind) : [];
  if (outcome === 'acted') {
    for (const kind of kinds) metrics.change(kind);
    if (heardAt !== null && kinds.some((kind) => kind === 'create_note' || kind === 'update_note'))
      metrics.answered(Math.max(0, now().getTime() - heardAt) / 1_000);
  }
  const about = looked.kind === 'planned' ? describe(looked) : {};
  const level = kinds.length > 0 ? 'info' : 'debug';
  log[level](
    { ...ref, cause, outcome, changes: kinds, ms: ms(), requests: requests(), ...about },
    'looked',
  );
  return outcome;
}

function readOutcome(looked: Outcome, dryRun: boolean): RunOutcome {
  if (looked.kind !== 'planned') return looked.kind;
  if (looked.changes.length === 0) return 'nothing_to_do';
  return dryRun ? 'would_act' : 'acted';
}

function describe({ assessment }: Extract<Outcome, { kind: 'planned' }>): object {
  const { completeness, stage } = assessment;
  return { ...completeness, next: stage.next };
}
