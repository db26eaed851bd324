/** Facts from the directory, asked for by whoever needs them and collected when they are not here yet. */
import type {
  AssigneeEvent,
  Facts,
  LabelEvent,
  Load,
  Lookup,
  OtherIssue,
  Person,
  PersonFacts,
} from '../model.ts';
import { fold } from '../read/fold.ts';
import { type KnownPerson, keyedHash, type Memory, type RememberedPerson } from './memory.ts';
import type { OpenlyNamed } from './openly-named.ts';
import { type Trouble, troubleOf } from './trouble.ts';

/** Somebody who was named; `trouble` says why they cannot be assigned or called. */
export interface Standing {
  readonly person: Person | null;
  readonly trouble: Trouble | null;
}

/** What else is needed to tell what is remembered from what has to be asked again. */
export interface Asking {
  readonly absent: Memory['absent'];
  /** ISO time. */
  readonly now: string;
  /** For the names in memory, which are kept as hashes. */
  readonly key: string;
  /** Of whom memory holds the names. */
  readonly open: OpenlyNamed;
}

/** Instead of a user name that memory does not hold: its keyed hash after a sign that no user name has. */
const HASHED = '#';

/** How sure it has to be that somebody can still be asked. */
export type Sure = 'daily' | 'now';

const DAY_MS = 86_400_000;

const everybody: OpenlyNamed = { username: () => true, name: () => true };

/** `undefined` always means "not looked up yet": the need has been noted and the plan will be made again. */
export class Known {
  readonly needs: Lookup[] = [];
  readonly facts: Facts;
  /** What the next look is to know, so that it need not ask. */
  readonly people: Record<string, RememberedPerson> = {};
  readonly absent: Record<string, Memory['absent'][string]> = {};
  readonly now: string;
  private readonly memory: Memory['people'];
  private readonly asking: Asking;
  private readonly seen: ReadonlyMap<string, Person>;

  /** `seen`: people whom the issue itself shows (assignees, author, authors of notes). */
  constructor(
    facts: Facts,
    remembered: Memory['people'],
    seen: readonly Person[],
    asking: Asking = { absent: {}, now: '', key: '', open: everybody },
  ) {
    this.facts = facts;
    this.memory = remembered;
    this.asking = asking;
    this.now = asking.now;
    this.seen = new Map(seen.map((person) => [person.username.toLowerCase(), person]));
  }

  /** Who this is: from the issue, from memory, or from the directory; remembered. Null: no such user. */
  person(username: string): Person | null | undefined {
    const found = this.find(username);
    return found && this.keep(this.keyOf(username), found);
  }

  /** The same without remembering it. */
  find(username: string): Person | null | undefined {
    const name = username.toLowerCase();
    const found = this.seen.get(name) ?? this.facts.people.get(name) ?? this.remembered(username);
    if (found) return found;
    if (this.facts.people.has(name)) return null;
    this.needs.push({ kind: 'person', username });
    return undefined;
  }

  /**
   * Who this is and whether they can be asked; looked up when the name is new, once a day when they cannot, and
   * once they have been known for a day: people are blocked and leave without a word on the issue.
   */
  standing(username: string, sure: Sure = 'daily'): Standing | undefined {
    const key = this.keyOf(username);
    const facts = this.facts.people.get(username.toLowerCase());
    if (facts !== undefined) {
      const trouble = troubleOf(facts);
      if (trouble) this.absent[key] = { why: trouble, at: this.now };
      return { person: facts && this.keep(key, facts), trouble };
    }
    const person = this.remembered(username);
    const nameless = username.startsWith(HASHED);
    if (sure === 'now' && !nameless) {
      this.needs.push({ kind: 'person', username });
      return undefined;
    }
    const absent = this.recallAbsent(key);
    if (absent) {
      this.absent[key] = absent;
      return { person: person && this.keep(key, person), trouble: absent.why as Trouble };
    }
    const again = Object.hasOwn(this.asking.absent, key);
    if (person && !again && (nameless || !this.isDue(key))) {
      return { person: this.keep(key, person), trouble: null };
    }
    this.needs.push({ kind: 'person', username, ...(person && !again ? { seen: true } : {}) });
    return undefined;
  }

  /**
   * Why somebody whom the issue itself shows cannot be asked any more; `standing` is what remembers it. They were
   * there when GitLab let them be assigned or write, so nothing is asked before they have been known for a day.
   */
  troubleSince(username: string, sure: Sure): Trouble | null | undefined {
    const key = this.keyOf(username);
    const facts = this.facts.people.get(username.toLowerCase());
    if (facts !== undefined) return troubleOf(facts);
    const person = this.recall(key);
    if (sure === 'daily') {
      const absent = this.recallAbsent(key);
      if (absent) return absent.why as Trouble;
      if (!person || !this.isDue(key)) return null;
    }
    if (!person) return null;
    this.needs.push({ kind: 'person', username, ...(sure === 'daily' ? { seen: true } : {}) });
    return undefined;
  }

  /** The member who is shown by this name; looked up when the name is new, and once a day while it is not clear. */
  member(name: string): Person | null | 'several' | undefined {
    const key = `name:${keyedHash(fold(name), this.asking.key)}`;
    const found = this.facts.names.get(fold(name));
    if (found !== undefined) {
      if (found && found !== 'several') return this.keep(key, found);
      this.absent[key] = { why: found ?? 'nobody', at: this.now };
      return found;
    }
    const absent = this.recallAbsent(key);
    if (absent) {
      this.absent[key] = absent;
      return absent.why === 'several' ? 'several' : null;
    }
    const person = this.rememberedMember(key, name);
    if (person) return this.keep(key, person);
    this.needs.push({ kind: 'member_name', name });
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

  /** `again`: they were searched for before, so an answer of the last hours is new enough. */
  sameCustomer(name: string, again: boolean): readonly OtherIssue[] | undefined {
    const found = this.facts.customers.get(fold(name));
    if (found === undefined)
      this.needs.push({ kind: 'same_customer', name, ...(again ? { seen: true } : {}) });
    return found;
  }

  labelEvents(): readonly LabelEvent[] | undefined {
    if (this.facts.labelEvents === null) this.needs.push({ kind: 'label_events' });
    return this.facts.labelEvents ?? undefined;
  }

  assigneeEvents(): readonly AssigneeEvent[] | undefined {
    if (this.facts.assigneeEvents === null) this.needs.push({ kind: 'assignee_events' });
    return this.facts.assigneeEvents ?? undefined;
  }

  /** Whether what was asked at `at` is to be asked again: a day later. */
  isOld(at: string): boolean {
    return Date.parse(this.now) - Date.parse(at) >= DAY_MS;
  }

  /** As they are to be remembered; when they were asked about is renewed once a day only, so that a quiet look writes nothing. */
  asRemembered(key: string, { id, username, name }: Person): RememberedPerson {
    const before = this.recall(key);
    const facts = key.startsWith('name:') ? this.facts.names : this.facts.people;
    const asked = before === null || facts.has(fold(name)) || facts.has(username.toLowerCase());
    const at = before?.id === id && !(asked && this.isDue(key)) ? before.at : this.now;
    return { id, username, name, ...(at === undefined ? {} : { at }) };
  }

  /** Whom memory holds under this user name. Whoever is named openly by now is looked up again, names and all. */
  remembered(username: string): Person | null {
    const kept = this.recall(this.keyOf(username));
    const seen = this.seen.get(username.toLowerCase());
    if (!kept || kept.username !== undefined) return kept && asPerson(kept);
    return (
      seen ?? (this.asking.open.username(username) ? null : { id: kept.id, username, name: '' })
    );
  }

  private rememberedMember(key: string, shown: string): Person | null {
    const kept = this.recall(key);
    if (!kept || kept.username !== undefined) return kept && asPerson(kept);
    const seen = [...this.seen.values()].find(({ id }) => id === kept.id);
    if (seen) return seen;
    const as = kept.as ?? '';
    const old = Object.hasOwn(this.asking.absent, as) && !this.recallAbsent(as);
    // Without a user name to ask about, they are found again by how they are shown.
    if (old || this.isDue(key) || this.asking.open.name(shown)) return null;
    return { id: kept.id, username: HASHED + as, name: '' };
  }

  /** Under which a user name is kept. */
  keyOf(username: string): string {
    if (username.startsWith(HASHED)) return username.slice(HASHED.length);
    return keyedHash(`user ${username.toLowerCase()}`, this.asking.key);
  }

  private keep(key: string, person: Person): Person {
    this.people[key] = this.asRemembered(key, person);
    const { id, username, name } = person;
    return { id, username, name };
  }

  private isDue(key: string): boolean {
    const at = this.recall(key)?.at;
    return at === undefined || this.isOld(at);
  }

  private recall(key: string): KnownPerson | null {
    return (Object.hasOwn(this.memory, key) ? this.memory[key] : null) ?? null;
  }

  private recallAbsent(key: string): Memory['absent'][string] | null {
    const found = Object.hasOwn(this.asking.absent, key) ? this.asking.absent[key] : undefined;
    return found && !this.isOld(found.at) ? found : null;
  }
}

function asPerson({ id, username = '', name = '' }: KnownPerson): Person {
  return { id, username, name };
}
