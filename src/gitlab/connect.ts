/** Opens the connection to one GitLab: the only door into this folder for the rest of the program. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Directory, IssueStore } from '../reconcile.ts';
import { Budget } from './budget.ts';
import { openDirectory } from './directory.ts';
import { openInstance, type VersionFacts } from './doctor/instance.ts';
import { type MemberFacts, openProjectLook, type ProjectFacts } from './doctor/project.ts';
import { openProjectHooks, type ProjectHooks } from './hooks.ts';
import { type IssueListing, openIssueListing } from './issue-listing.ts';
import { openIssueStore } from './issue-store.ts';
import type { SharedPlaces } from './note-pace.ts';
import { openResources, type Resources } from './resources.ts';
import type { RequestRecord } from './send.ts';
import { openSetupBoards, type SetupBoards } from './setup/boards.ts';
import { type BotAsked, isBotUser } from './setup/bot-user.ts';
import { openSetupHooks, type SetupHooks } from './setup/hooks.ts';
import { openSetupLabels, type SetupLabels } from './setup/labels.ts';
import { listMembers, type MemberFound } from './setup/members.ts';
import { openRepository, type Repository } from './setup/repository.ts';
import { fetchToken, type TokenFound } from './setup/token.ts';

export interface GitLabOptions {
  /** Base URL of the instance, sub-path allowed. */
  readonly url: string;
  readonly token: string;
  /** For each attempt; 10 s unless told. */
  readonly timeoutMs?: number;
  /** Handed in when several connections use one token. */
  readonly budget?: Budget;
  /** New notes in any 60 s, for a budget that is made here; 50 unless told. */
  readonly notesAMinute?: number | undefined;
  /** Where several processes of one token count their notes together. */
  readonly notePlaces?: SharedPlaces;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
  /** 0 to 1; spreads the back-off. */
  readonly random?: () => number;
  /** The longest pause that a call sits out itself (5 s); the command line may have more patience than a worker. */
  readonly patienceMs?: number;
  /** How often a read is tried in all; 4 unless told. */
  readonly attempts?: number;
  /** How long GitLab may go on with a write whose answer was lost, in milliseconds; a minute unless told. */
  readonly lateWriteMs?: number | undefined;
  /** The largest answer read; 64 MiB unless told. */
  readonly maxBytes?: number;
  /** GitLab asked for a pause of so many milliseconds: slow the queue down. */
  readonly onPause?: (ms: number) => void;
  /** After every attempt on the wire. */
  readonly onRequest?: (record: RequestRecord) => void;
}

export interface GitLabConnection {
  readonly store: IssueStore;
  readonly directory: Directory;
  readonly issues: IssueListing;
  readonly hooks: ProjectHooks;
  readonly setupLabels: SetupLabels;
  readonly setupBoards: SetupBoards;
  /** What GitLab says of the token that asks; null where it does not tell. */
  token(): Promise<TokenFound | null>;
  /** Everybody in a project, inherited members too. */
  members(projectId: number): Promise<readonly MemberFound[]>;
  /** Whether GitLab says that a user is a bot; false where it does not tell. */
  isBot(user: BotAsked): Promise<boolean>;
  /** Null when it is not there, or hidden from the token. */
  projectFacts(pathOrId: number | string): Promise<ProjectFacts | null>;
  /** Inherited membership too; null when they are no member, or the project is not there for the token. */
  member(project: number | string, userId: number): Promise<MemberFacts | null>;
  version(): Promise<VersionFacts>;
  /** For `setup`; reads only unless asked to write. */
  readonly setupHooks: SetupHooks;
  readonly repository: Repository;
  readonly budget: Budget;
}

/** GitLab ends a request of its own after so long (`service_timeout` in its `config/initializers/rack_timeout.rb`). */
const LATE_WRITE_MS = 60_000;

const noop = () => undefined;

/**
 * Sends nothing by itself. Throws `TerminalError` when the address or the token cannot be one; everything
 * behind it throws `RetryableError` or `TerminalError` and nothing else, free of tokens and people's text.
 */
export function connectGitLab(options: GitLabOptions): GitLabConnection {
  const now = options.now ?? Date.now;
  const { notesAMinute, notePlaces } = options;
  const budget = options.budget ?? new Budget({ notesAMinute, notePlaces });
  const api = openApi(options, budget);
  const look = openProjectLook(api);
  return {
    store: openIssueStore(api),
    directory: openDirectory(api, now),
    issues: openIssueListing(api),
    hooks: openProjectHooks(api),
    setupLabels: openSetupLabels(api),
    setupBoards: openSetupBoards(api),
    token: () => fetchToken(api),
    members: (projectId) => listMembers(api, projectId),
    isBot: (user) => isBotUser(api, user),
    projectFacts: look.readProject,
    member: look.readMember,
    version: openInstance(api, now).readVersion,
    setupHooks: openSetupHooks(api),
    repository: openRepository(api),
    budget,
  };
}

/** The resources behind a connection. Throws `TerminalError` when the address or the token cannot be one. */
export function openApi(options: GitLabOptions, budget: Budget): Resources {
  return openResources(options.url, options.token, {
    budget,
    now: options.now ?? Date.now,
    timeoutMs: options.timeoutMs ?? 10_000,
    patienceMs: options.patienceMs ?? 5_000,
    attempts: options.attempts ?? 4,
    lateWriteMs: options.lateWriteMs ?? LATE_WRITE_MS,
    maxBytes: options.maxBytes ?? 64 * 1024 * 1024,
    userAgent: `scoping-bot/${readVersion()}`,
    sleep: options.sleep ?? ((ms) => delay(ms)),
    random: options.random ?? Math.random,
    onPause: options.onPause ?? noop,
    onRequest: options.onRequest ?? noop,
  });
}

/** `package.json` lies two folders up from here, in `src` and in `dist` alike. */
function readVersion(): string {
  try {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const found: unknown = JSON.parse(text);
    const named = typeof found === 'object' && found !== null && 'version' in found;
    return named ? String(found.version) : '0';
  } catch {
    return '0';
  }
}
