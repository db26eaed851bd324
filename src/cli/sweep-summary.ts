/** What a sweep came to: counted, and put into lines and into data. */
import type { Change, IssueRef } from '../core/model.ts';
import type { SweepEnd, Swept } from '../sweep-once.ts';

/** What there was to look at. */
export interface Listed {
  /** Full paths by project id. */
  readonly paths: ReadonlyMap<number, string>;
  readonly refs: readonly IssueRef[];
  /** Projects that could not be listed, as they were written. */
  readonly failed: readonly { readonly project: string; readonly reason: string }[];
}

type Kind = 'changed' | 'nothing_to_do' | 'hands_off' | 'failed';
interface Entry {
  readonly issue: string;
  readonly project_id: number;
  readonly iid: number;
  readonly reason?: string;
  readonly changes?: readonly Pick<Change, 'kind' | 'reach' | 'why'>[];
}

export class SweepSummary {
  readonly #listed: Listed;
  readonly #dryRun: boolean;
  readonly #entries: Record<Kind, Entry[]> = {
    changed: [],
    nothing_to_do: [],
    hands_off: [],
    failed: [],
  };
  #left: readonly IssueRef[] = [];
  #halted: string | null = null;
  #stopped = false;

  constructor(listed: Listed, dryRun: boolean) {
    this.#listed = listed;
    this.#dryRun = dryRun;
  }

  /** Counts it and gives its line. */
  add(swept: Swept): string {
    const { kind, entry } = this.#read(swept);
    this.#entries[kind].push(entry);
    return this.#line(kind, entry);
  }

  /** `stopped`: by whoever runs it. */
  close({ left, halted }: SweepEnd, stopped: boolean): void {
    this.#left = left;
    this.#halted = halted?.message ?? null;
    this.#stopped = stopped;
  }

  /** Everything was looked at and nothing failed. */
  complete(): boolean {
    const trouble = [...this.#entries.failed, ...this.#listed.failed, ...this.#left];
    return trouble.length === 0 && !this.#stopped;
  }

  toJson(): object {
    return {
      dry_run: this.#dryRun,
      looked_at: this.#lookedAt(),
      ...this.#entries,
      left: this.#left.map((ref) => this.#entry(ref)),
      projects: [...this.#listed.paths].map(([id, path]) => ({ id, path })),
      projects_failed: this.#listed.failed,
      stopped: this.#halted ?? (this.#stopped ? 'stopped by whoever ran it' : null),
    };
  }

  /** `withIssues`: with the lines of issues too, apart from those with nothing to do. */
  toLines(withIssues: boolean): readonly string[] {
    const { changed, nothing_to_do, hands_off, failed } = this.#entries;
    const told = (['changed', 'hands_off', 'failed'] as const).flatMap((kind) =>
      this.#entries[kind].map((entry) => this.#line(kind, entry)),
    );
    const issues = count(this.#lookedAt(), 'open scoping issue');
    const counts = [
      `${changed.length} ${this.#dryRun ? 'would change' : 'changed'}`,
      `${nothing_to_do.length} with nothing to do`,
      `${hands_off.length} hands off`,
      `${failed.length} failed`,
    ];
    return [
      ...(withIssues ? told : []),
      ...this.#listed.failed.map(({ project, reason }) => `${project}: not listed: ${reason}`),
      `Looked at ${issues} of ${count(this.#listed.paths.size, 'project')}: ${counts.join(', ')}.`,
      ...this.#unfinished(),
      ...(this.#dryRun ? ['DRY_RUN is on: nothing was written.'] : []),
    ];
  }

  #unfinished(): readonly string[] {
    if (this.#halted === null && !this.#stopped) return [];
    const why = this.#halted ?? 'It was stopped.';
    return [
      `${why} ${count(this.#left.length, 'issue')} left; the same command goes on from there.`,
    ];
  }

  #lookedAt(): number {
    return Object.values(this.#entries).reduce((sum, { length }) => sum + length, 0);
  }

  #read(swept: Swept): { kind: Kind; entry: Entry } {
    const entry = this.#entry(swept.ref);
    if (swept.kind === 'failed')
      return { kind: 'failed', entry: { ...entry, reason: swept.reason } };
    const { outcome } = swept;
    if (outcome.kind === 'gone') {
      return { kind: 'nothing_to_do', entry: { ...entry, reason: 'it is gone' } };
    }
    if (outcome.kind === 'hands_off') {
      return { kind: 'hands_off', entry: { ...entry, reason: outcome.reason } };
    }
    const changes = outcome.changes.map(({ kind, reach, why }) => ({ kind, reach, why }));
    if (changes.length === 0) return { kind: 'nothing_to_do', entry };
    return { kind: 'changed', entry: { ...entry, changes } };
  }

  #entry({ projectId, issueIid }: IssueRef): Entry {
    const project = this.#listed.paths.get(projectId) ?? `project ${projectId}`;
    return { issue: `${project}#${issueIid}`, project_id: projectId, iid: issueIid };
  }

  #line(kind: Kind, { issue, reason, changes = [] }: Entry): string {
    const words = {
      changed: this.#dryRun ? 'would change' : 'changed',
      nothing_to_do: 'nothing to do',
      hands_off: 'hands off',
      failed: 'failed',
    }[kind];
    const more = reason ?? changes.map(({ why }) => why).join('; ');
    return `${issue}: ${words}${more ? `: ${more}` : ''}`;
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
