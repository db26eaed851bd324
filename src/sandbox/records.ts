/** What the sandbox writes down for tests, and the faults that tests ask it for. */

export interface Delivery {
  /** GitLab's `Idempotency-Key`; a doubled delivery has its own. */
  readonly id: string;
  readonly hookId: number;
  /** The `X-Gitlab-Event` header. */
  readonly event: string;
  readonly url: string;
  headers: Record<string, string>;
  readonly body: string;
  readonly at: string;
  status: 'pending' | 'delivered' | 'failed' | 'dropped';
  /** The receiver's status code; null when there was no answer. */
  code: number | null;
}

/** One request to the API, faulty ones included. The pages for people are not counted. */
export interface SeenRequest {
  readonly method: string;
  /** Template below `/api/v4`, e.g. `/projects/:id/issues/:iid`; null when the sandbox has no such route. */
  readonly route: string | null;
  /** Path and query as received. */
  readonly path: string;
  /** Zero until answered; stays zero when the connection was cut. */
  status: number;
  readonly at: string;
  /** Who asked; null when the token was no good. */
  username: string | null;
}

/** What a fault looks like to the caller. `after` means: the write was done, its answer is lost. */
export type FaultKind =
  | { readonly kind: 'rate_limited'; readonly retryAfter: number | null }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly when: 'before' | 'after';
      /** What stands in the answer; an empty page of that status when not given. */
      readonly body?: string;
    }
  | { readonly kind: 'hang_up'; readonly when: 'before' | 'after' }
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection is cut at once, and the request carried out `ms` later: GitLab was still at it. */
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'drop_hook' }
  /** Later hooks overtake it. */
  | { readonly kind: 'delay_hook'; readonly ms: number }
  | { readonly kind: 'double_hook' };

/** A fault for the next `times` requests that match; hook faults match the `X-Gitlab-Event` by `route`. */
export type Fault = FaultKind & {
  /** `*` or absent: any. */
  readonly method?: string;
  /** Route template below `/api/v4`; `*` or absent: any. */
  readonly route?: string;
  times: number;
};

/** Somebody got a mail and a to-do because of a mention. */
export interface Notification {
  readonly username: string;
  readonly issueId: number;
  /** Null for a mention in the description. */
  readonly noteId: number | null;
  readonly at: string;
}

/** A quick action that GitLab recognised in a text, done or refused. */
export interface QuickActionRun {
  readonly command: string;
  readonly args: string;
  readonly userId: number;
  readonly issueId: number;
  readonly done: boolean;
}
