/** Fetch → plan → apply: the whole of the bot's work on one issue. The file to read first. */
import type {
  Change,
  Facts,
  IssueRef,
  IssueState,
  LabelEvent,
  Load,
  Person,
  PersonFacts,
} from './core/model.ts';

/** What GitLab answered to a write on an issue: how things really stand now. */
export interface IssueWritten {
  readonly labels: readonly string[];
  readonly assignees: readonly Person[];
  readonly updatedAt: string;
}

/**
 * The issues of one GitLab, as reconcile needs them. `src/gitlab` implements it.
 * Every method throws `RetryableError` or `TerminalError` of `src/gitlab/errors.ts` and nothing else.
 */
export interface IssueStore {
  /** Two requests for up to 100 notes; further pages one each. Null when the issue is gone or hidden. */
  fetchIssue(ref: IssueRef): Promise<IssueState | null>;
  fetchLabelEvents(ref: IssueRef): Promise<readonly LabelEvent[]>;
  /** One PUT. Labels that do not exist must have been made with `Directory.ensureLabels` before. */
  updateIssue(ref: IssueRef, change: Extract<Change, { kind: 'issue' }>): Promise<IssueWritten>;
  createNote(ref: IssueRef, body: string, internal: boolean): Promise<void>;
  updateNote(ref: IssueRef, noteId: number, body: string): Promise<void>;
  deleteNote(ref: IssueRef, noteId: number): Promise<void>;
}

/** People and labels of a project; cached for minutes, shared by all issues. */
export interface Directory {
  /** The token's user; asked once. */
  bot(): Promise<Person>;
  /** Null when there is no such user. */
  person(projectId: number, username: string): Promise<PersonFacts | null>;
  /** Access level, inherited included; null when not a member. Never cached longer than a minute. */
  role(projectId: number, userId: number): Promise<number | null>;
  load(projectId: number, username: string): Promise<Load>;
  /** Counts a choice at once, so that the next one in this process sees it. */
  countAssignment(projectId: number, username: string): void;
  /** Creates those that the project and its groups do not have. */
  ensureLabels(
    projectId: number,
    labels: readonly { name: string; colour: string; description: string }[],
  ): Promise<void>;
}

export type { Facts };
