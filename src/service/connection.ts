/** GitLab as the service uses it: every request is counted and traced, and what GitLab lets us know is passed on. */
import { connectGitLab, type GitLabConnection } from '../gitlab/connect.ts';
import type { RequestRecord } from '../gitlab/send.ts';
import type { Metrics } from '../metrics.ts';
import type { IssueQueue } from '../queue/issue-queue.ts';
import type { Tracing } from '../tracing.ts';
import type { ServiceOptions } from './options.ts';
import { countRequest } from './request-count.ts';

/** Whom GitLab's signs concern; filled in when those parts are there, since they need the connection themselves. */
export interface Listeners {
  /** GitLab asked for a pause of so many milliseconds. */
  paused: (ms: number) => void;
  /** GitLab did something for us. */
  succeeded: () => void;
  /** A place for a new note, in the one pace of all processes that share the queue; 0: now, else how long to wait. */
  takePlace: IssueQueue['takePlace'];
}

export interface Connection {
  readonly gitlab: GitLabConnection;
  /** Asks who we are, over a connection of its own: a directory asks that only once. */
  readonly probe: () => Promise<unknown>;
}

export function openConnection(
  { config, policy }: ServiceOptions,
  metrics: Metrics,
  tracing: Tracing,
  listeners: Listeners,
): Connection {
  const lateSeconds = policy.limits.get('late_write_seconds');
  const options = {
    url: config.gitlabUrl,
    token: config.gitlabToken,
    onPause: (ms: number) => listeners.paused(ms),
    notesAMinute: policy.limits.get('notes_a_minute'),
    lateWriteMs: lateSeconds === undefined ? undefined : lateSeconds * 1_000,
    notePlaces: (most: number, windowMs: number) => listeners.takePlace(most, windowMs),
    onRequest: (done: RequestRecord) => {
      metrics.gitlabRequest(done);
      tracing.request(done);
      countRequest();
      if (done.status !== null && done.status < 300) listeners.succeeded();
    },
  };
  const gitlab = connectGitLab(options);
  return {
    gitlab,
    probe: () => connectGitLab({ ...options, budget: gitlab.budget }).directory.bot(),
  };
}
