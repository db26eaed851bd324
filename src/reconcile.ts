/** Fetch → plan → apply: the whole of the bot's work on one issue. The file to read first; long, because what it needs of GitLab stands in it too. */
import type {
  Assessment,
  AssigneeEvent,
  Change,
  Facts,
  ForeignMark,
  IssueRef,
  IssueState,
  LabelEvent,
  Load,
  Lookup,
  OtherIssue,
  Person,
  PersonFacts,
  Plan,
} from './core/model.ts';
import { planIssue } from './core/plan.ts';
import type { Policy } from './core/policy.ts';
import { fold } from './core/read/fold.ts';
import { wantedLabels } from './core/wanted-labels.ts';
import { openTurn, type Turn } from './turns.ts';

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
  /** One request: the newest of the issue's system notes. */
  fetchAssigneeEvents(ref: IssueRef): Promise<readonly AssigneeEvent[]>;
  /** One PUT. Labels that do not exist must have been made with `Directory.ensureLabels` before. */
  updateIssue(ref: IssueRef, change: Extract<Change, { kind: 'issue' }>): Promise<IssueWritten>;
  /** Relates two issues; related already, or not allowed, is fine. */
  linkIssue(ref: IssueRef, other: IssueRef): Promise<void>;
  createNote(ref: IssueRef, body: string, internal: boolean): Promise<void>;
  updateNote(ref: IssueRef, noteId: number, body: string): Promise<void>;
  deleteNote(ref: IssueRef, noteId: number): Promise<void>;
}

/** People and labels of a project; cached for minutes, shared by all issues. */
export interface Directory {
  /** The token's user; asked once. */
  bot(): Promise<Person>;
  /** Null when there is no such user. Cached for minutes; `seen`: an answer that is up to a day old will do. */
  person(projectId: number, username: string, seen?: boolean): Promise<PersonFacts | null>;
  /** Access level, inherited included; null when not a member. Never cached longer than a minute. */
  role(projectId: number, userId: number): Promise<number | null>;
  load(projectId: number, username: string): Promise<Load>;
  /** The one member who is shown by this name; `several` when there are more. Cached for minutes. */
  member(projectId: number, name: string): Promise<Person | null | 'several'>;
  /** Open issues with the customer's name in their title; cached for a minute, unless a link is news. */
  sameCustomer(ref: IssueRef, name: string, seen?: boolean): Promise<readonly OtherIssue[]>;
  /** This issue was just related to another one: its next look asks again. */
  tellOfLink(ref: IssueRef): void;
  hasNewLink(ref: IssueRef): boolean;
  /** Counts a choice at once, so that the next one in this process sees it. */
  countAssignment(projectId: number, username: string): void;
  /** Creates those that the project and its groups do not have. */
  ensureLabels(
    projectId: number,
    labels: readonly { name: string; colour: string; description: string }[],
  ): Promise<void>;
}

export interface Reconciler {
  readonly store: IssueStore;
  readonly directory: Directory;
  readonly policy: Policy;
  /** Signs the bot's memory. */
  readonly key: string;
  readonly now: () => Date;
}

/** What came of one look at an issue. */
export type Outcome =
  | { readonly kind: 'gone' }
  | { readonly kind: 'hands_off'; readonly reason: string }
  | {
      readonly kind: 'planned';
      readonly issue: IssueState;
      readonly changes: readonly Change[];
      readonly assessment: Assessment;
      readonly comment: string;
      /** ISO time at which something on this issue falls due. */
      readonly lookAgainAt: string | null;
      readonly foreignMarks: readonly ForeignMark[];
    };

/** The whole of the work on one issue. Running it again at once changes nothing. */
export async function reconcile(ref: IssueRef, bot: Reconciler): Promise<Outcome> {
  const turn = openTurn(bot.directory, ref.projectId);
  try {
    const decided = await decide(ref, bot, turn);
    if (!decided) return { kind: 'gone' };
    const { issue, plan, facts } = decided;
    if (plan.kind === 'changes') await applyChanges(issue, plan, facts, bot, turn);
    return asOutcome(issue, plan);
  } finally {
    turn.end();
  }
}

/** The same without writing: what `plan` and a dry run show. */
export async function previewIssue(ref: IssueRef, bot: Reconciler): Promise<Outcome> {
  const decided = await decide(ref, bot, null);
  return decided ? asOutcome(decided.issue, decided.plan) : { kind: 'gone' };
}

type Decided = Exclude<Plan, { kind: 'lookups' }>;

/**
 * Plans, fetches what the plan asks for, plans again; what is known only grows, so this ends. Null when the
 * issue is gone. Choices are made in turn: whoever had to wait reads the issue once more.
 */
async function decide(
  ref: IssueRef,
  bot: Reconciler,
  turn: Turn | null,
): Promise<{ issue: IssueState; plan: Decided; facts: Facts } | null> {
  let issue = await bot.store.fetchIssue(ref);
  if (!issue) return null;
  let facts = await noFacts(bot.directory, ref);
  for (let round = 0; round < 12; round += 1) {
    const plan = planIssue({ ...bot, issue, facts, now: bot.now().toISOString() });
    if (plan.kind !== 'lookups') return { issue, plan, facts };
    const chooses = plan.lookups.some(({ kind }) => kind === 'load');
    if (chooses && (await turn?.take())) {
      issue = await bot.store.fetchIssue(ref);
      if (!issue) return null;
      facts = { ...facts, labelEvents: null, assigneeEvents: null };
      continue;
    }
    facts = await lookUp(plan.lookups, facts, ref, bot);
  }
  throw new Error('planning kept asking for facts that it was given');
}

async function noFacts(directory: Directory, ref: IssueRef): Promise<Facts> {
  return {
    bot: await directory.bot(),
    people: new Map(),
    roles: new Map(),
    loads: new Map(),
    names: new Map(),
    customers: new Map(),
    newLink: directory.hasNewLink(ref),
    labelEvents: null,
    assigneeEvents: null,
    refusedAssignees: [],
  };
}

async function lookUp(
  lookups: readonly Lookup[],
  facts: Facts,
  ref: IssueRef,
  { directory, store }: Reconciler,
): Promise<Facts> {
  const people = new Map(facts.people);
  const roles = new Map(facts.roles);
  const loads = new Map(facts.loads);
  const names = new Map(facts.names);
  const customers = new Map(facts.customers);
  let { labelEvents, assigneeEvents } = facts;
  for (const lookup of lookups) {
    if (lookup.kind === 'person') {
      const key = lookup.username.toLowerCase();
      if (!people.has(key))
        people.set(key, await directory.person(ref.projectId, lookup.username, lookup.seen));
    } else if (lookup.kind === 'role') {
      if (!roles.has(lookup.userId)) {
        roles.set(lookup.userId, await directory.role(ref.projectId, lookup.userId));
      }
    } else if (lookup.kind === 'load') {
      loads.set(
        lookup.username.toLowerCase(),
        await directory.load(ref.projectId, lookup.username),
      );
    } else if (lookup.kind === 'member_name') {
      names.set(fold(lookup.name), await directory.member(ref.projectId, lookup.name));
    } else if (lookup.kind === 'same_customer') {
      const { name, seen } = lookup;
      customers.set(fold(name), await directory.sameCustomer(ref, name, seen));
    } else if (lookup.kind === 'assignee_events') {
      assigneeEvents ??= await store.fetchAssigneeEvents(ref);
    } else labelEvents ??= await store.fetchLabelEvents(ref);
  }
  return { ...facts, people, roles, loads, names, customers, labelEvents, assigneeEvents };
}

/**
 * Writes in the plan's order. When GitLab leaves an assignee out (one only on Free), the comment is
 * worded anew from what really stands there before it is written.
 */
async function applyChanges(
  issue: IssueState,
  plan: Extract<Plan, { kind: 'changes' }>,
  facts: Facts,
  bot: Reconciler,
  turn: Turn,
): Promise<void> {
  const { changes } = plan;
  const at = changes.findIndex(({ kind }) => kind === 'issue');
  await writeAll(changes.slice(0, Math.max(at, 0)), issue, bot);
  let rest = changes;
  const change = changes[at];
  if (change?.kind === 'issue') {
    const refused = await updateIssue(issue, change, bot);
    turn.end();
    if (refused.length > 0) {
      const again = planIssue({
        ...bot,
        issue,
        facts: { ...facts, refusedAssignees: refused },
        now: bot.now().toISOString(),
      });
      if (again.kind === 'changes') rest = again.changes;
    }
  }
  await writeAll(rest.slice(Math.max(at, 0)), issue, bot);
}

/** All but the change of the issue itself. */
async function writeAll(
  changes: readonly Change[],
  issue: IssueState,
  bot: Reconciler,
): Promise<void> {
  for (const change of changes) {
    if (change.kind === 'link_issue') {
      const { projectId, issueIid } = change;
      await bot.store.linkIssue(issue.ref, { projectId, issueIid });
      bot.directory.tellOfLink({ projectId, issueIid });
    } else if (change.kind === 'create_note') {
      await bot.store.createNote(issue.ref, change.body, change.internal);
    } else if (change.kind === 'update_note') {
      await rewriteNote(issue, change, bot.store);
    } else if (change.kind === 'delete_note') {
      await bot.store.deleteNote(issue.ref, change.noteId);
    }
  }
}

/** A comment that somebody deleted while we were at it is written anew. */
async function rewriteNote(
  issue: IssueState,
  { noteId, body }: Extract<Change, { kind: 'update_note' }>,
  store: IssueStore,
): Promise<void> {
  try {
    await store.updateNote(issue.ref, noteId, body);
  } catch (error) {
    const gone = error instanceof Error && 'kind' in error && error.kind === 'not_found';
    if (!gone) throw error;
    await store.createNote(issue.ref, body, issue.serviceDesk);
  }
}

/** The ids that were to be assigned and are not. */
async function updateIssue(
  issue: IssueState,
  change: Extract<Change, { kind: 'issue' }>,
  { store, directory, policy }: Reconciler,
): Promise<readonly number[]> {
  const { projectId } = issue.ref;
  if (change.addLabels.length > 0) {
    const wanted = wantedLabels(policy).filter(({ name }) => change.addLabels.includes(name));
    await directory.ensureLabels(projectId, wanted);
  }
  const written = await store.updateIssue(issue.ref, change);
  const before = new Set(issue.assignees.map(({ id }) => id));
  for (const { id, username } of written.assignees) {
    if (!before.has(id)) directory.countAssignment(projectId, username);
  }
  const now = new Set(written.assignees.map(({ id }) => id));
  return (change.assigneeIds ?? []).filter((id) => !now.has(id));
}

function asOutcome(issue: IssueState, plan: Decided): Outcome {
  if (plan.kind === 'hands_off') return plan;
  return { ...plan, kind: 'planned', issue };
}
