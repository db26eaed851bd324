/** What the HTTP side needs of the rest of the service. */
import type { FastifyInstance } from 'fastify';
import type { IssueRef } from '../core/model.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { HookSecrets } from './authenticate.ts';
import type { Board } from './board.ts';
import type { Limits } from './load.ts';

export interface ServerOptions {
  readonly log: Log;
  readonly hookSecrets: HookSecrets;
  /** Whether the bot serves this project; the path is null when the payload did not name it. */
  readonly accepts: (projectId: number, projectPath: string | null) => boolean;
  /** Resolves once the issue is durably queued. */
  readonly enqueue: (ref: IssueRef) => Promise<void>;
  /** Why the service cannot work now, one sentence each and safe to show to anyone; empty when it can. */
  readonly ready: () => Promise<readonly string[]>;
  /** Null: nothing is counted and `/metrics` does not exist. */
  readonly metrics: Metrics | null;
  /** The token's user; null while GitLab has not told it yet. */
  readonly bot: () => { readonly id: number; readonly username: string } | null;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How long the queue (5 s when not given) and `ready` (3 s: the queue answers for itself after 2) may take; GitLab itself gives up after 10 s. */
  readonly patienceMs?: number;
  /** How much is held at once; chosen by the memory there is when not given. */
  readonly limits?: Limits;
  /** Connections open at once; 2,000 when not given: twice the hooks that may wait for the queue. */
  readonly mostConnections?: number;
  /** How long a request may take to arrive whole; 30 s when not given. */
  readonly requestMs?: number;
  /** The queue to look at, beside `/metrics`; absent: there is no such page. */
  readonly board?: Board;
  /** Makes a server traced, before it has routes. */
  readonly instrument?: (app: FastifyInstance) => void;
  /** `/metrics` and the board are left to `buildAdminServer`, which listens at an address of its own. */
  readonly adminApart?: boolean;
}
