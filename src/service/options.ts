/** What a service is started with, and what is in hand once it runs. */
import type { Config } from '../config.ts';
import type { IssueRef } from '../core/model.ts';
import type { Policy } from '../core/policy.ts';
import type { Log } from '../log.ts';
import type { Outcome } from '../reconcile.ts';
import type { Role } from './role.ts';

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
  /** `all` unless told; the two others need a queue that processes can share. */
  readonly role?: Role;
  readonly now?: () => Date;
  /** Told after each look at an issue; the demo listens here. */
  readonly onLooked?: (ref: IssueRef, outcome: Outcome) => void;
  readonly processMetrics?: boolean;
  /** Milliseconds until a GitLab that refuses us is tried again; 30 s unless told. */
  readonly probeMs?: number;
  /** The start is given up: what it has opened is closed, and it rejects with the signal's reason. */
  readonly stopping?: AbortSignal;
}
