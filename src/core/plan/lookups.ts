/** Facts from the directory, asked for by whoever needs them and collected when they are not here yet. */
import type { Facts, LabelEvent, Load, Lookup, Person, PersonFacts } from '../model.ts';
import type { Memory } from './memory.ts';

/** `undefined` always means "not looked up yet": the need has been noted and the plan will be made again. */
export class Known {
  readonly needs: Lookup[] = [];
  readonly facts: Facts;
  private readonly remembered: Memory['people'];
  private readonly seen: ReadonlyMap<string, Person>;

  /** `seen`: people whom the issue itself shows (assignees, author, authors of notes). */
  constructor(facts: Facts, remembered: Memory['people'], seen: readonly Person[]) {
    this.facts = facts;
    this.remembered = remembered;
    this.seen = new Map(seen.map((person) => [person.username.toLowerCase(), person]));
  }

  /** Who this is: from the issue, from memory, or from the directory. Null: no such user. */
  person(username: string): Person | null | undefined {
    const key = username.toLowerCase();
    const seen = this.seen.get(key) ?? this.facts.people.get(key);
    if (seen !== undefined) return seen;
    if (Object.hasOwn(this.remembered, key)) {
      const kept = this.remembered[key];
      if (kept) return kept;
    }
    this.needs.push({ kind: 'person', username });
    return undefined;
  }

  /** The same with status and membership, always from the directory. */
  personFacts(username: string): PersonFacts | null | undefined {
    const found = this.facts.people.get(username.toLowerCase());
    if (found === undefined) this.needs.push({ kind: 'person', username });
    return found;
  }

  role(userId: number): number | null | undefined {
    const found = this.facts.roles.get(userId);
    if (found === undefined) this.needs.push({ kind: 'role', userId });
    return found;
  }

  load(username: string): Load | undefined {
    const found = this.facts.loads.get(username.toLowerCase());
    if (found === undefined) this.needs.push({ kind: 'load', username });
    return found;
  }

  labelEvents(): readonly LabelEvent[] | undefined {
    if (this.facts.labelEvents === null) this.needs.push({ kind: 'label_events' });
    return this.facts.labelEvents ?? undefined;
  }
}
