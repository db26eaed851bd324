/** Tells which work was owed to the sweep: what it found changed although no hook had announced it. */
import type { IssueRef } from './core/model.ts';

export type Cause = 'hook' | 'sweep' | null;

export interface Repairs {
  /** A hook announced the issue. */
  heard(ref: IssueRef): void;
  /** What the hook announced could not be queued. */
  lost(ref: IssueRef): void;
  /** The sweep queued the issue. */
  swept(ref: IssueRef): void;
  /** A run begins: `sweep` when the sweep asked for it and no hook did since the run before. */
  begin(ref: IssueRef): Cause;
  /** The run failed, so the next one has the same cause. */
  failed(ref: IssueRef, cause: Cause): void;
}

/** In one process: where several share a queue, a run that another process swept for is not counted. */
export function trackRepairs(): Repairs {
  const causes = new Map<string, Cause>();
  const key = ({ projectId, issueIid }: IssueRef): string => `${projectId}:${issueIid}`;
  const swept = (ref: IssueRef): void => {
    if (!causes.has(key(ref))) causes.set(key(ref), 'sweep');
  };
  const heard = (ref: IssueRef): void => void causes.set(key(ref), 'hook');
  return {
    heard,
    lost: (ref) => void causes.delete(key(ref)),
    swept,
    begin: (ref) => {
      const cause = causes.get(key(ref)) ?? null;
      causes.delete(key(ref));
      return cause;
    },
    failed: (ref, cause) => {
      if (cause === 'hook') heard(ref);
      if (cause === 'sweep') swept(ref);
    },
  };
}
