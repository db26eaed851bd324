/** Tells our own notes from people's: marker and author, or a signature made for that author (`rulings.md` 29). */
import type { IssueState, Note, Person } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Memory } from './memory.ts';
import { hasMarker, readMemory } from './memory-note.ts';

export interface SortedNotes {
  /** The status comment to edit: the oldest of ours. */
  readonly status: Note | null;
  /** What it remembers; null when there is none or the signature is not ours. */
  readonly memory: Memory | null;
  /** Further status comments of ours, and replies and warnings that say again what an earlier one says: merged away. */
  readonly surplus: readonly Note[];
  /** Notes of people: everything that carries no marker of ours and was not written by us. */
  readonly people: readonly Note[];
  /** Ids of notes that we have answered with a reply of our own. */
  readonly replied: ReadonlySet<number>;
  /** Keyed hashes of what our internal notes have warned of. */
  readonly warned: ReadonlySet<string>;
  /** A status comment of ours stands there whose memory cannot be read. */
  readonly unread: boolean;
}

const statusMarker = '<!-- scoping-bot:status ';
const warningMarker = /<!-- scoping-bot:warning ([0-9a-f ]+) -->/;
const replyMarker = /<!-- scoping-bot:reply note=(\d+) -->/;

/** The hidden line that tells what a warning was about. */
export function writeWarningMarker(hashes: readonly string[]): string {
  return `<!-- scoping-bot:warning ${hashes.join(' ')} -->`;
}

/** The hidden line that ties a reply to the note it answers. */
export function writeReplyMarker(noteId: number): string {
  return `<!-- scoping-bot:reply note=${noteId} -->`;
}

/** Whether a note carries our status mark, genuine or not. */
export function isStatus({ body }: Pick<Note, 'body'>): boolean {
  return body.includes(statusMarker);
}

/** Tells whether a note was written by the bot: by its present user, or an earlier one of the policy's `bot_usernames`. */
export function oursBy(bot: Person, policy: Policy): (note: Note) => boolean {
  const earlier = new Set(policy.botUsernames.map((username) => username.toLowerCase()));
  return ({ author }) => author.id === bot.id || earlier.has(author.username.toLowerCase());
}

export function sortNotes(
  issue: IssueState,
  bot: Person,
  policy: Policy,
  key: string,
): SortedNotes {
  const isOurs = oursBy(bot, policy);
  const status: { note: Note; memory: Memory | null }[] = [];
  const people: Note[] = [];
  const replied = new Set<number>();
  const warned = new Set<string>();
  /** A write that GitLab finished after we had given it up, and done again. */
  const twice: Note[] = [];
  for (const note of issue.notes) {
    if (!hasMarker(note.body)) {
      if (!isOurs(note)) people.push(note);
      continue;
    }
    const signed = readMemory(note.body, issue.ref, key);
    // Everybody who can read the source of our comment can copy its state into one of their own.
    const memory = isOurs(note) || signed?.by === note.author.id ? signed : null;
    if (isStatus(note) && (isOurs(note) || memory)) status.push({ note, memory });
    const reply = isOurs(note) ? replyMarker.exec(note.body)?.[1] : undefined;
    const hashes = (isOurs(note) ? warningMarker.exec(note.body)?.[1] : undefined)?.split(' ');
    const saidBefore =
      (reply && replied.has(Number(reply))) || hashes?.every((hash) => warned.has(hash));
    if (saidBefore && !isStatus(note)) twice.push(note);
    if (reply) replied.add(Number(reply));
    for (const hash of hashes ?? []) warned.add(hash);
  }
  // Only a note of the present token's user can be edited and deleted; an earlier user's is left standing.
  const isEditable = ({ author }: Note): boolean => author.id === bot.id;
  const editable = status.filter(({ note }) => isEditable(note));
  const remembered = status.findLast(({ memory }) => memory !== null);
  return {
    status: editable[0]?.note ?? null,
    memory: editable[0]?.memory ?? remembered?.memory ?? null,
    surplus: [...editable.slice(1).map(({ note }) => note), ...twice.filter(isEditable)],
    people,
    replied,
    warned,
    unread: status.length > 0 && !remembered,
  };
}
