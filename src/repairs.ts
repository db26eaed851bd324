/** Tells which work was owed to the sweep: what it found changed although no hook had announced it. */
import type { IssueRef } from './core/model.ts';

export type Cause = 'hook' | 'sweep' | null;

export interface Repairs {
  /** A hook announced the issue. */
  heard(ref: IssueRef): void;
  /** What the hook announced could not be queued. */
  lost(ref: IssueRef): void;
  /** A run begins: `sweep` when a sweep asked for it and no hook did since the run before. */
  begin(ref: IssueRef, swept: boolean): Cause;
  /** The run failed, so the next one has the same cause. */
  failed(ref: IssueRef, cause: Cause): void;
}

/**
 * That a sweep asked comes with the issue through the queue, so each repair is counted once, by the process that
 * does it. A hook that came while the issue waited is known only to the process that heard it.
 */
export function trackRepairs(): Repairs {
  const announced = new Set<string>();
  const key = ({ projectId, issueIid }: IssueRef): string => `${projectId}:${issueIid}`;
  const heard = (ref: IssueRef): void => void announced.add(key(ref));
  return {
    heard,
    lost: (ref) => void announced.delete(key(ref)),
    begin: (ref, swept) => {
      if (announced.delete(key(ref))) return 'hook';
      return swept ? 'sweep' : null;
    },
    failed: (ref, cause) => {
      if (cause === 'hook') heard(ref);
    },
  };
}
