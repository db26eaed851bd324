/** One issue on paper: people's acts and the bot's changes are applied to it as GitLab would, without GitLab. */
import type {
  AssigneeEvent,
  Change,
  Facts,
  IssueState,
  LabelEvent,
  Load,
  Note,
  OtherIssue,
  Person,
  PersonFacts,
} from '../../src/core/model.ts';
import type { PlanInput } from '../../src/core/plan/steps/ground.ts';
import { planIssue } from '../../src/core/plan.ts';
import type { Policy } from '../../src/core/policy.ts';
import { fold } from '../../src/core/read/fold.ts';

export const bot: Person = { id: 1, username: 'scoping-bot', name: 'Scoping bot' };
export const key = 'a key for tests';

export interface PaperPerson {
  readonly id: number;
  readonly name: string;
  readonly active?: boolean;
  readonly busy?: boolean;
  /** 30 (Developer) when not given; null is an outsider. */
  readonly accessLevel?: number | null;
  readonly open?: number;
  readonly latest?: string;
}

export interface PaperIssue {
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly labels?: readonly string[] | undefined;
  readonly assignees?: readonly string[] | undefined;
  readonly confidential?: boolean | undefined;
  readonly serviceDesk?: boolean | undefined;
  readonly state?: 'opened' | 'closed' | undefined;
}

export type Planned = Extract<ReturnType<typeof planIssue>, { kind: 'changes' | 'hands_off' }>;

export class PaperWorld {
  issue: IssueState;
  now: string;
  readonly events: LabelEvent[] = [];
  readonly assignments: AssigneeEvent[] = [];
  /** What the planner asked for, in order: the price of a plan. */
  lookups: string[] = [];
  /** Other open issues of the project. */
  others: OtherIssue[] = [];
  /** Issues that this one is related to. */
  readonly links = new Set<number>();
  /** Another issue was related to this one meanwhile. */
  newLink = false;
  private readonly people: Map<string, PaperPerson>;
  private readonly policy: Policy;
  /** GitLab Free keeps one assignee only and knows no exclusive labels. */
  private readonly free: boolean;
  private nextNote = 100;

  constructor(
    issue: PaperIssue,
    people: Readonly<Record<string, PaperPerson>>,
    policy: Policy,
    about: { now: string; free?: boolean },
  ) {
    this.people = new Map(Object.entries(people));
    this.policy = policy;
    this.now = about.now;
    this.free = about.free ?? false;
    const ref = { projectId: 7, issueIid: 42 };
    this.issue = {
      ref,
      webUrl: 'https://gitlab.example.com/acme/ps/scoping/-/issues/42',
      title: issue.title,
      description: issue.description,
      state: issue.state ?? 'opened',
      confidential: issue.confidential ?? false,
      serviceDesk: issue.serviceDesk ?? false,
      labels: [],
      assignees: (issue.assignees ?? []).map((username) => this.person(username)),
      author: this.person(issue.author),
      createdAt: about.now,
      updatedAt: about.now,
      notes: [],
    };
    this.label(issue.author, { add: issue.labels ?? [] });
  }

  person(username: string): Person {
    if (username === bot.username) return bot;
    const found = this.people.get(username);
    if (!found) throw new Error(`the scenario names nobody called ${username}`);
    return { id: found.id, username, name: found.name };
  }

  /** Something becomes of a person: on leave from the project, blocked, busy. */
  change(username: string, change: Partial<PaperPerson>): void {
    const person = this.people.get(username);
    if (person) this.people.set(username, { ...person, ...change });
  }

  describe(description: string): void {
    this.issue = { ...this.issue, description, updatedAt: this.now };
  }

  comment(author: string, body: string, about: { internal?: boolean } = {}): Note {
    this.nextNote += 1;
    const note: Note = {
      id: this.nextNote,
      body,
      author: this.person(author),
      createdAt: this.now,
      updatedAt: this.now,
      internal: about.internal ?? false,
    };
    this.issue = { ...this.issue, notes: [...this.issue.notes, note] };
    return note;
  }

  label(by: string, change: { add?: readonly string[]; remove?: readonly string[] }): void {
    const { id, username } = this.person(by);
    const labels = new Set(this.issue.labels);
    const record = (label: string, action: 'add' | 'remove'): void => {
      this.events.push({ label, action, userId: id, username, at: this.now });
      if (action === 'add') labels.add(label);
      else labels.delete(label);
    };
    for (const label of change.remove ?? []) if (labels.has(label)) record(label, 'remove');
    for (const label of change.add ?? []) {
      if (labels.has(label)) continue;
      const scope = label.includes('::') ? label.slice(0, label.lastIndexOf('::') + 2) : null;
      for (const other of [...labels]) {
        if (!this.free && scope && other.startsWith(scope)) record(other, 'remove');
      }
      record(label, 'add');
    }
    this.issue = { ...this.issue, labels: [...labels] };
  }

  assign(usernames: readonly string[], by = this.issue.author.username): void {
    const { id: userId, username } = this.person(by);
    const before = this.issue.assignees.map((each) => each.username);
    const named = [
      ...usernames.filter((each) => !before.includes(each)),
      ...before.filter((each) => !usernames.includes(each)),
    ];
    if (named.length > 0) this.assignments.push({ named, userId, username, at: this.now });
    this.issue = { ...this.issue, assignees: usernames.map((each) => this.person(each)) };
  }

  editNote(id: number, body: string): void {
    const updatedAt = new Date(Date.parse(this.now) + 1000).toISOString();
    const notes = this.issue.notes.map((note) =>
      note.id === id ? { ...note, body, updatedAt } : note,
    );
    this.issue = { ...this.issue, notes };
  }

  deleteNote(id: number): void {
    this.issue = { ...this.issue, notes: this.issue.notes.filter((note) => note.id !== id) };
  }

  close(): void {
    this.issue = { ...this.issue, state: 'closed' };
  }

  reopen(): void {
    this.issue = { ...this.issue, state: 'opened' };
  }

  /** The status comment as it stands, hidden state left out; '' when there is none. */
  statusComment(): string {
    const note = this.issue.notes.find(({ body }) => body.includes('<!-- scoping-bot:status'));
    return (note?.body ?? '').replace(/<!-- scoping-bot:status .*$/m, '').trimEnd();
  }

  /** Plans as reconcile does: facts are handed over as they are asked for. */
  plan(refusedAssignees: readonly number[] = []): Planned {
    const people = new Map<string, PersonFacts | null>();
    const roles = new Map<number, number | null>();
    const loads = new Map<string, Load>();
    const names = new Map<string, Person | null | 'several'>();
    const customers = new Map<string, readonly OtherIssue[]>();
    const { newLink } = this;
    let labelEvents: readonly LabelEvent[] | null = null;
    let assigneeEvents: readonly AssigneeEvent[] | null = null;
    this.lookups = [];
    for (let round = 0; round < 10; round += 1) {
      const facts: Facts = {
        bot,
        people,
        roles,
        loads,
        names,
        customers,
        newLink,
        labelEvents,
        assigneeEvents,
        refusedAssignees,
      };
      const input: PlanInput = {
        issue: this.issue,
        facts,
        policy: this.policy,
        now: this.now,
        key,
      };
      const plan = planIssue(input);
      if (plan.kind !== 'lookups') return plan;
      for (const lookup of plan.lookups) {
        this.lookups.push(lookup.kind);
        if (lookup.kind === 'person') {
          people.set(lookup.username.toLowerCase(), this.facts(lookup.username));
        } else if (lookup.kind === 'role') roles.set(lookup.userId, this.role(lookup.userId));
        else if (lookup.kind === 'load') loads.set(lookup.username, this.load(lookup.username));
        else if (lookup.kind === 'member_name') {
          names.set(fold(lookup.name), this.member(lookup.name));
        } else if (lookup.kind === 'same_customer') {
          customers.set(fold(lookup.name), this.others);
        } else if (lookup.kind === 'assignee_events') assigneeEvents = [...this.assignments];
        else labelEvents = [...this.events];
      }
    }
    throw new Error('planning never ended');
  }

  /** Plans, does the changes, gives them; stopped after the first few when `most` says so. */
  run(most = Number.POSITIVE_INFINITY): readonly Change[] {
    const plan = this.plan();
    if (plan.kind === 'hands_off' || most === 0) return [];
    this.newLink = false;
    let { changes } = plan;
    const issue = changes.find((change) => change.kind === 'issue');
    if (issue) {
      const refused = this.write(issue);
      if (refused.length > 0) {
        const before = this.issue;
        this.issue = { ...before, labels: this.labelsBefore, assignees: this.assigneesBefore };
        const again = this.plan(refused);
        this.issue = before;
        if (again.kind === 'changes') changes = [issue, ...again.changes.filter(isNote)];
      }
    }
    for (const change of changes.slice(0, most)) this.writeNote(change);
    return changes;
  }

  private labelsBefore: readonly string[] = [];
  private assigneesBefore: readonly Person[] = [];

  private write(change: Extract<Change, { kind: 'issue' }>): readonly number[] {
    this.labelsBefore = this.issue.labels;
    this.assigneesBefore = this.issue.assignees;
    this.label(bot.username, { add: change.addLabels, remove: change.removeLabels });
    if (change.stateEvent === 'close') this.close();
    if (!change.assigneeIds) return [];
    const kept = this.free ? change.assigneeIds.slice(0, 1) : change.assigneeIds;
    const byId = new Map([...this.people].map(([username, { id }]) => [id, username]));
    this.assign(
      kept.map((id) => byId.get(id) ?? ''),
      bot.username,
    );
    return change.assigneeIds.filter((id) => !kept.includes(id));
  }

  private writeNote(change: Change): void {
    const { notes } = this.issue;
    if (change.kind === 'link_issue') this.links.add(change.issueIid);
    if (change.kind === 'create_note') {
      this.comment(bot.username, change.body, { internal: change.internal });
    } else if (change.kind === 'update_note') {
      const { noteId, body } = change;
      this.issue = {
        ...this.issue,
        notes: notes.map((note) => (note.id === noteId ? { ...note, body } : note)),
      };
    } else if (change.kind === 'delete_note') {
      this.issue = { ...this.issue, notes: notes.filter(({ id }) => id !== change.noteId) };
    }
  }

  private member(name: string): Person | null | 'several' {
    const found = [...this.people].filter(
      ([, each]) => fold(each.name) === fold(name) && each.accessLevel !== null,
    );
    const [first] = found;
    if (!first) return null;
    return found.length > 1 ? 'several' : this.person(first[0]);
  }

  private facts(username: string): PersonFacts | null {
    const found = this.people.get(username.toLowerCase());
    if (!found) return null;
    return {
      ...this.person(username.toLowerCase()),
      active: found.active ?? true,
      busy: found.busy ?? false,
      accessLevel: this.role(found.id),
    };
  }

  private role(userId: number): number | null {
    const found = [...this.people.values()].find(({ id }) => id === userId);
    return found?.accessLevel === undefined ? (found ? 30 : null) : found.accessLevel;
  }

  private load(username: string): Load {
    const found = this.people.get(username.toLowerCase());
    const here = this.issue.assignees.some((each) => each.username === username) ? 1 : 0;
    return { open: (found?.open ?? 0) + here, latest: found?.latest ?? null };
  }
}

function isNote(change: Change): boolean {
  return change.kind !== 'issue';
}
