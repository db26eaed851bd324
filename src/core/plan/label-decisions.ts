/** What people decided about the labels that the bot manages (`rulings.md` 30). */
import type { LabelEvent } from '../model.ts';
import type { LabelFamily, Policy } from '../policy.ts';
import type { Known } from './lookups.ts';
import type { Memory } from './memory.ts';
import { findOverruled } from './scopes.ts';

export interface LabelDecisions {
  /** Managed labels on the issue that a person put there. */
  readonly peoples: readonly string[];
  /** Managed labels on the issue that are ours. */
  readonly own: readonly string[];
  /** Families (scoped) and labels (plain) that a person changed since we last looked. */
  readonly touched: readonly string[];
  /** When they did, by the same keys. */
  readonly when: ReadonlyMap<string, string>;
  readonly removedServices: readonly string[];
  /** Labels on the issue that a later one of the same scope has replaced, where GitLab lets both stand (Free). */
  readonly overruled: readonly string[];
}

/** The family a label belongs to; undefined for labels that are none of our business. */
export function familyOf(policy: Policy, label: string): LabelFamily | undefined {
  return policy.labels.find(({ names }) => [...names.values()].includes(label));
}

/** Key under which a decision on this label is kept: the family when only one of it can stand, else the label. */
export function decisionKey(family: LabelFamily, label: string): string {
  return family.scoped ? family.id : label;
}

/**
 * Compares the managed labels with what memory says was last there. Any difference is a person's doing,
 * unless GitLab's label events show that it was ours (we were stopped between the write and the comment).
 * Undefined when label events have to be fetched first.
 */
export function readDecisions(
  policy: Policy,
  labels: readonly string[],
  memory: Memory,
  botId: number,
  known: Known,
): LabelDecisions | undefined {
  const managed = labels.filter((label) => familyOf(policy, label));
  const overruled = findOverruled(policy, managed, known);
  if (overruled === undefined) return undefined;
  const now = managed.filter((label) => !overruled.has(label));
  const added = now.filter((label) => !memory.labels.includes(label));
  const removed = memory.labels.filter((label) => !now.includes(label));
  const changed = [...added, ...removed];
  const events = changed.length > 0 ? known.labelEvents() : [];
  if (events === undefined) return undefined;
  const eventOf = (label: string): LabelEvent | undefined =>
    overruled.get(label) ?? lastEvent(events, label);
  const byPerson = changed.filter((label) => !isOurs(eventOf(label), policy, botId));
  const own = now.filter(
    (label) =>
      (memory.own.includes(label) && !byPerson.includes(label)) ||
      (added.includes(label) && !byPerson.includes(label)),
  );
  return {
    peoples: now.filter((label) => !own.includes(label)),
    own,
    touched: [...new Set(byPerson.flatMap((label) => keyOf(policy, label)))],
    when: lastTimes(
      byPerson.flatMap((label) =>
        keyOf(policy, label).map((key): [string, string] => [key, eventOf(label)?.at ?? '']),
      ),
    ),
    removedServices: removedServices(policy, memory, now, byPerson),
    overruled: [...overruled.keys()],
  };
}

function keyOf(policy: Policy, label: string): string[] {
  const family = familyOf(policy, label);
  return family ? [decisionKey(family, label)] : [];
}

/** The latest for each key. */
function lastTimes(times: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map(times.toSorted(([, a], [, b]) => (a < b ? -1 : 1)));
}

function lastEvent(events: readonly LabelEvent[], label: string): LabelEvent | undefined {
  return events.findLast((event) => event.label === label);
}

/** Ours under today's user or an earlier one of the policy's `bot_usernames` (`rulings.md` 29). */
export function isOurs(
  event: Pick<LabelEvent, 'userId' | 'username'> | undefined,
  policy: Policy,
  botId: number,
): boolean {
  if (event === undefined) return false;
  const name = event.username?.toLowerCase();
  return event.userId === botId || policy.botUsernames.some((own) => own.toLowerCase() === name);
}

/** A type that a person took off stays off until a person puts it on again. */
function removedServices(
  policy: Policy,
  memory: Memory,
  now: readonly string[],
  byPerson: readonly string[],
): readonly string[] {
  const names = policy.labels.find(({ id }) => id === 'service')?.names ?? new Map();
  return [...names].flatMap(([id, label]) => {
    if (now.includes(label)) return [];
    const takenOff = byPerson.includes(label) && memory.labels.includes(label);
    return takenOff || memory.removedServices.includes(id) ? [id] : [];
  });
}

/** The stage that the labels say, the newest by label event when there are several; undefined: ask first. */
export function readStage(
  policy: Policy,
  labels: readonly string[],
  known: Known,
): { readonly id: string | null; readonly several: boolean } | undefined {
  const present = policy.stages.filter(({ label }) => labels.includes(label));
  if (present.length <= 1) return { id: present[0]?.id ?? null, several: false };
  const events = known.labelEvents();
  if (events === undefined) return undefined;
  const newest = events.findLast(
    ({ action, label }) => action === 'add' && present.some((stage) => stage.label === label),
  );
  const stage = present.find(({ label }) => label === newest?.label) ?? present.at(-1);
  return { id: stage?.id ?? null, several: true };
}
