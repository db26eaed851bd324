/** The plain data behind the sandbox: everything a test may set up beforehand or look at afterwards. */
import { setMaxListeners } from 'node:events';
import type { Delivery, Fault, Notification, QuickActionRun, SeenRequest } from './records.ts';

/** What the namespace pays for; several assignees and exclusive scoped labels start at `premium`. */
export type Tier = 'free' | 'premium' | 'ultimate';

export interface User {
  readonly id: number;
  readonly username: string;
  name: string;
  state: 'active' | 'blocked' | 'deactivated';
  availability: 'not_set' | 'busy';
  statusMessage: string;
  bot: boolean;
}

export interface Token {
  readonly value: string;
  readonly userId: number;
  readonly name: string;
  /** `api` may write, `read_api` may only read. */
  scopes: string[];
  /** `YYYY-MM-DD`, valid until that day begins. */
  expiresAt: string | null;
  revoked: boolean;
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
  readonly projectId: number | null;
  readonly groupId: number | null;
  readonly createdAt: string;
}

export interface Note {
  readonly id: number;
  body: string;
  readonly authorId: number;
  readonly createdAt: string;
  updatedAt: string;
  readonly internal: boolean;
  readonly system: boolean;
  /** Usernames that the text as it stands now mentions; `@all` is resolved. */
  mentions: string[];
}

export interface LabelEvent {
  readonly id: number;
  readonly userId: number;
  readonly at: string;
  readonly label: Label;
  readonly action: 'add' | 'remove';
}

export interface Issue {
  readonly id: number;
  readonly iid: number;
  readonly projectId: number;
  title: string;
  description: string | null;
  state: 'opened' | 'closed';
  confidential: boolean;
  readonly authorId: number;
  assigneeIds: number[];
  labelIds: number[];
  /** The customer's address when the issue came in through Service Desk. */
  readonly serviceDeskReplyTo: string | null;
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  updatedById: number | null;
  /** Creation order, system notes among them. */
  notes: Note[];
  labelEvents: LabelEvent[];
}

/** Two issues that belong together; which of them was asked about makes no difference. */
export interface IssueLink {
  readonly id: number;
  readonly sourceId: number;
  readonly targetId: number;
  readonly createdAt: string;
}

export type HookTrigger =
  | 'issues_events'
  | 'confidential_issues_events'
  | 'note_events'
  | 'confidential_note_events';

export interface Hook {
  readonly id: number;
  url: string;
  token: string | null;
  /** `whsec_…`; see `gitlab-platform.md` §1.2. */
  signingToken: string | null;
  triggers: Set<HookTrigger>;
  pushEvents: boolean;
  /** Switched on by somebody; nothing in the sandbox raises them. */
  otherTriggers: Set<string>;
  sslVerification: boolean;
  /** What a Maintainer has the body say instead of GitLab's payload; see `gitlab-platform.md` §1.6. */
  customTemplate: string | null;
  name: string | null;
  description: string | null;
  readonly createdAt: string;
  /** Failed deliveries in a row; counted only where GitLab switches hooks off. */
  failures: number;
  /** ISO time until which nothing is sent; null when nothing holds it back for a while. */
  disabledUntil: string | null;
}

export interface Group {
  readonly id: number;
  /** Full path; every project below it inherits members and labels. */
  readonly path: string;
  /** Access level by user id. */
  members: Map<number, number>;
  labels: Label[];
}

export interface Project {
  readonly id: number;
  /** Full path such as `acme/ps/scoping`. */
  readonly path: string;
  name: string;
  visibility: 'private' | 'public';
  archived: boolean;
  issuesEnabled: boolean;
  /** Access level by user id, direct members only. */
  members: Map<number, number>;
  /** `YYYY-MM-DD` by user id, of memberships that end. */
  memberEnds: Map<number, string>;
  labels: Label[];
  issues: Issue[];
  hooks: Hook[];
  boards: Board[];
  /** The default branch `main`: file text by path. */
  files: Map<string, string>;
  /** All branches but the default one. */
  branches: Map<string, Map<string, string>>;
  /** Access level from which people may push to `main`; above 60: nobody. */
  pushLevel: number;
  /** Nothing was ever pushed, so that there is no branch at all. */
  emptyRepo: boolean;
  mergeRequests: MergeRequest[];
  readonly createdAt: string;
}

/** Merging is done by hand in the world: nothing in the sandbox merges. */
export interface MergeRequest {
  readonly id: number;
  readonly iid: number;
  readonly title: string;
  readonly description: string | null;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  readonly removeSource: boolean;
  readonly authorId: number;
  readonly createdAt: string;
  state: 'opened' | 'closed' | 'merged';
}

export interface Board {
  readonly id: number;
  name: string;
  lists: { readonly id: number; readonly labelId: number }[];
}

export interface World {
  tier: Tier;
  /** GitLab version told by `/version` and the hooks' User-Agent. */
  version: string;
  /** Newer GitLab reads quick actions in top-level paragraphs only; `lines` is the older, wider reading. */
  quickActionReading: 'paragraphs' | 'lines';
  /** The flag `webhook_signing_token`; without it, and before 19.0, signing tokens are ignored in silence. */
  signsHooks: boolean;
  /** Webhooks of one project at most; 100 on GitLab.com. */
  hookLimit: number;
  /** Failing hooks are switched off: always on GitLab.com, off by default elsewhere (`gitlab-platform.md` §1.5). */
  switchesHooksOff: boolean;
  /** Base URL without a trailing slash; known once the server listens. */
  url: string;
  now: () => Date;
  users: User[];
  tokens: Token[];
  groups: Group[];
  projects: Project[];
  links: IssueLink[];
  deliveries: Delivery[];
  requests: SeenRequest[];
  faults: Fault[];
  notifications: Notification[];
  /** Visible notes on Service Desk issues, each one a mail to the customer. */
  customerMails: { readonly issueId: number; readonly noteId: number }[];
  quickActions: QuickActionRun[];
  /** Deliveries under way. */
  readonly inFlight: Set<Promise<void>>;
  /** Aborted when the sandbox closes: ends slow answers and deliveries. */
  readonly closing: AbortController;
  lastId: number;
}

/** An empty GitLab. `now` is the only clock that anything in it reads. */
export function createWorld(settings: { tier?: Tier; now?: () => Date } = {}): World {
  const closing = new AbortController();
  // Every delivery under way listens to it, and there may be many.
  setMaxListeners(0, closing.signal);
  return {
    tier: settings.tier ?? 'premium',
    version: '19.4.1-ee',
    quickActionReading: 'paragraphs',
    signsHooks: true,
    hookLimit: 100,
    switchesHooksOff: false,
    url: 'http://127.0.0.1',
    now: settings.now ?? (() => new Date()),
    users: [],
    tokens: [],
    groups: [],
    projects: [],
    links: [],
    deliveries: [],
    requests: [],
    faults: [],
    notifications: [],
    customerMails: [],
    quickActions: [],
    inFlight: new Set(),
    closing,
    lastId: 100,
  };
}

/** A new id, unique over everything in this world. */
export function nextId(world: World): number {
  world.lastId += 1;
  return world.lastId;
}

/** The world's time as GitLab writes it. */
export function stamp(world: World): string {
  return world.now().toISOString();
}
