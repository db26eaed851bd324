/** The newest person's word wins, whether it came as a command, a label or an assignment: the one place where they are compared. */

import type { IssueState, Note, Person } from '../model.ts';
import type { LabelFamily, Policy } from '../policy.ts';
import { roleField } from '../role-field.ts';
import { type Judged, wasJudged } from './commands/judge.ts';
import type { Order } from './commands/order.ts';
import { decisionKey, type LabelDecisions } from './label-decisions.ts';
import type { Known } from './lookups.ts';
import type { Memory } from './memory.ts';

export interface Heard {
  /** Without what a person overruled later; that is remembered with the verdict. */
  readonly judged: readonly Judged[];
  /** Labels about which a command is the newest word are ours to change. */
  readonly decisions: LabelDecisions;
  /** Likewise: nobody's older decision on them holds any longer. */
  readonly held: Memory['held'];
  /** The listed manager whom a person assigned after a command had named another; null: none now. */
  readonly manager: { readonly person: Person; readonly reason: string } | null;
}

interface Hearing {
  readonly judged: readonly Judged[];
  readonly decisions: LabelDecisions;
  readonly issue: IssueState;
  readonly memory: Memory;
  readonly policy: Policy;
  readonly known: Known;
}

/**
 * `rulings.md` 23 and 30. A command that was read at an earlier look is older than whatever people changed
 * since. Of what happened between two looks, label events and comments tell the time; of an assignment
 * GitLab tells none, so the command is taken to be the newer one. Undefined: label events first.
 */
export function hearNewest(hearing: Hearing): Heard | undefined {
  const { decisions, memory } = hearing;
  const manager = findRival(hearing);
  if (manager === undefined) return undefined;
  const heard = hearing.judged.map((each) =>
    silence(each, [
      ...(isOutspoken(each, hearing) ? (['label'] as const) : []),
      ...(manager && namesManager(each, hearing.policy) ? (['manager'] as const) : []),
    ]),
  );
  const judged = heard
    .map((each) => without(each, hearing.policy))
    .map((each) => (isMovedSince(each, hearing) ? { ...each, order: null } : each));
  const words = judged
    .filter((each) => !isOutspoken(each, hearing))
    .flatMap((each) => wordsOf(each, hearing.policy));
  const keys = words.map(({ key }) => key);
  const held = Object.entries(memory.held).filter(([key]) => !keys.includes(key));
  return {
    judged,
    decisions: words.reduce(release, decisions),
    held: Object.fromEntries(held),
    manager,
  };
}

/** What a command says about a label: that it is to stand, or not. */
interface Word {
  /** As people's decisions on it are kept. */
  readonly key: string;
  readonly label: string;
  readonly on: boolean;
  /** Every label that this is about. */
  readonly all: readonly string[];
  /** The service type that is wanted again. */
  readonly service?: string;
}

function wordsOf({ order, fresh }: Judged, policy: Policy): readonly Word[] {
  if (order?.kind === 'lead') return wordOf(policy, 'lead', order.role, true);
  if (order?.kind === 'service') {
    return wordOf(policy, 'service', order.id, order.add).map((word) =>
      order.add ? { ...word, service: order.id } : word,
    );
  }
  // An ending is said once. What is sold instead is the offering too.
  if (order?.kind !== 'outcome' || !fresh) return [];
  return (['outcome', 'fit'] as const).flatMap((id) => wordOf(policy, id, order.outcome, true));
}

function wordOf(policy: Policy, id: LabelFamily['id'], name: string, on: boolean): readonly Word[] {
  const family = policy.labels.find((each) => each.id === id);
  const label = family?.names.get(name);
  if (!family || label === undefined) return [];
  const all = family.scoped ? [...family.names.values()] : [label];
  return [{ key: decisionKey(family, label), label, on, all }];
}

/** Whether a person has changed the label to something else since the command was written. */
function isOutspoken(each: Judged, { decisions, memory, policy }: Hearing): boolean {
  const standing = [...decisions.peoples, ...decisions.own];
  return wordsOf(each, policy).some(({ key, label, on }) => {
    if (!decisions.touched.includes(key) || standing.includes(label) === on) return false;
    return !each.fresh || saidAt(each.note, memory) < (decisions.when.get(key) ?? '');
  });
}

/** Whether a person has moved the issue by its label after a command that moves was written: it is where they want it. */
function isMovedSince({ order, fresh, note }: Judged, { decisions, memory }: Hearing): boolean {
  if (!fresh || (order?.kind !== 'advance' && order?.kind !== 'back')) return false;
  return (
    decisions.touched.includes('stage') &&
    saidAt(note, memory) < (decisions.when.get('stage') ?? '')
  );
}

/** Words that an edit put into a comment which was read before are as new as the edit. */
function saidAt(note: Note, memory: Memory): string {
  return wasJudged(note, memory) ? note.updatedAt : note.createdAt;
}

type Overruled = NonNullable<Judged['verdict']['overruled']>[number];

function silence(each: Judged, by: readonly Overruled[]): Judged {
  if (by.length === 0 || each.order?.kind === 'outcome') return each;
  const overruled = [...new Set([...(each.verdict.overruled ?? []), ...by])];
  return { ...each, verdict: { ...each.verdict, overruled } };
}

/** What is left of an order: who leads and who is named are two things. */
function without(each: Judged, policy: Policy): Judged {
  const { order, verdict } = each;
  const overruled = verdict.overruled ?? [];
  if (!order || overruled.length === 0) return each;
  const byLabel = overruled.includes('label');
  if (order.kind === 'service') return byLabel ? { ...each, order: null } : each;
  if (order.kind !== 'lead' && order.kind !== 'assign' && order.kind !== 'answer') return each;
  const field = roleField(policy, 'em');
  const answers = overruled.includes('manager')
    ? order.answers.filter((answer) => answer.field !== field)
    : order.answers;
  const left: Order =
    order.kind === 'lead' && byLabel
      ? { kind: 'assign', role: order.role, answers }
      : { ...order, answers };
  return { ...each, order: left };
}

/** Nobody's older decision on the label holds: it is as if we had put it there. */
function release(decisions: LabelDecisions, { key, all, service }: Word): LabelDecisions {
  const { peoples, own, touched, removedServices } = decisions;
  return {
    ...decisions,
    peoples: peoples.filter((label) => !all.includes(label)),
    own: [...own, ...peoples.filter((label) => all.includes(label))],
    touched: touched.filter((each) => each !== key),
    removedServices: removedServices.filter((id) => id !== service),
  };
}

function namesManager(each: Judged, policy: Policy): boolean {
  return managerNamed(each, policy) !== null;
}

/** The user name that a command gives for the engagement manager, in lower case. */
function managerNamed({ order }: Judged, policy: Policy): string | null {
  if (order?.kind !== 'lead' && order?.kind !== 'assign' && order?.kind !== 'answer') return null;
  const field = roleField(policy, 'em');
  const said = order.answers.find((answer) => answer.field === field);
  return said ? said.text.trim().replace(/^@/u, '').toLowerCase() : null;
}

/**
 * Whom a person assigned after the command: who has joined since we last looked, else who is left where the
 * named one was taken off. Without memory the one who is assigned comes first, as ruling 23 has it.
 */
function findRival(hearing: Hearing): Heard['manager'] | undefined {
  const { issue, memory, policy, known } = hearing;
  const command = hearing.judged.findLast((each) => managerNamed(without(each, policy), policy));
  if (!command) return null;
  const named = managerNamed(command, policy);
  const listed = policy.people.engagementManagers.map(({ username }) => username.toLowerCase());
  const others = issue.assignees.filter(({ username }) => {
    const name = username.toLowerCase();
    return name !== named && listed.includes(name);
  });
  const isHere = issue.assignees.some(({ username }) => username.toLowerCase() === named);
  const rival = (person: Person | undefined): Heard['manager'] =>
    person ? { person, reason: 'assigned to this issue after a command had named another' } : null;
  if (command.fresh) {
    if (memory.known || isHere || others.length === 0) return null;
    const events = known.labelEvents();
    if (events === undefined) return undefined;
    const lost = events.some(({ userId }) => userId === known.facts.bot.id);
    return lost ? rival(others[0]) : null;
  }
  const before = memory.here ?? issue.assignees.map(({ id }) => id);
  const joined = others.find(({ id }) => !before.includes(id));
  if (joined) return rival(joined);
  const id = named === null ? undefined : known.remembered(named)?.id;
  const takenOff = id !== undefined && !isHere && before.includes(id);
  const placed = new Set(Object.keys(memory.placed).map(Number));
  return takenOff ? rival(others.find((other) => !placed.has(other.id))) : null;
}
